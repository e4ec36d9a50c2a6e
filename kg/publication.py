"""Who publishes the graph, where, and on what terms: the table ``[publish]`` of the settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from kg.errors import UsageError

_EU = "http://publications.europa.eu/resource/authority/"
SWEDEN = _EU + "country/SWE"

LICENCES: dict[str, str] = {
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "ODC-By 1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "ODbL 1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}
"""Licences that may be given by name, each with its IRI."""

PUBLISHER_TYPES = (
    "Academia-ScientificOrganisation", "Company", "IndustryConsortium", "LocalAuthority", "NationalAuthority",
    "NonGovernmentalOrganisation", "NonProfitOrganisation", "RegionalAuthority", "StandardisationBody",
    "SupraNationalAuthority",
)  # fmt: skip
"""The kinds of publisher that ADMS lists, without private persons."""

Texts = tuple[tuple[str, str], ...]
"""A text by language: pairs of ``sv`` or ``en`` and the text."""

_TITLE = (("sv", "Beslutsgraf: offentliga finansieringsbeslut"), ("en", "Beslutsgraf: public funding decisions"))
_DESCRIPTION = (
    (
        "sv",
        "Vem som sökte, beviljades eller nekades hur mycket, för vilket projekt, läst ur beslutshandlingar; "
        "varje uppgift med de ord som den vilar på.",
    ),
    (
        "en",
        "Who sought, was granted or was refused how much, for which project, read from decision papers; "
        "every fact with the words that it rests on.",
    ),
)


@dataclass(frozen=True, slots=True)
class Publication:
    """What a catalogue, the foot of each page and the dumps say of the graph beside what is counted in it.

    ``public_url``: where the site stands, without a stroke at its end; empty: where it is asked.  ``title``,
    ``description``: by language.  ``publisher``: a name, empty where none is given; ``publisher_iri``,
    ``publisher_type`` (of ``PUBLISHER_TYPES``): of it.  ``contact``: a ``mailto:`` or web address.  ``licence``: its
    IRI, empty where none is given.  ``landing_page``: empty for the front page of the site.  ``spatial``: IRIs of the
    area that the decisions are of.  ``temporal``: first and last year, empty where the decisions tell.
    ``frequency``: how often the graph is built, as a code of the EU (IRREG, DAILY, MONTHLY and so on).
    """

    public_url: str = ""
    title: Texts = _TITLE
    description: Texts = _DESCRIPTION
    publisher: str = ""
    publisher_iri: str = ""
    publisher_type: str = ""
    contact: str = ""
    licence: str = ""
    landing_page: str = ""
    spatial: tuple[str, ...] = (SWEDEN,)
    temporal: tuple[str, ...] = ()
    frequency: str = "IRREG"

    @property
    def publisher_name(self) -> str:
        """The name of the publisher, that of the project where none is given: a catalogue must have one."""
        return self.publisher or "Beslutsgraf"

    @property
    def licence_iri(self) -> str:
        """The IRI of the licence; CC0 where none is given."""
        return self.licence or LICENCES["CC0 1.0"]

    @property
    def licence_name(self) -> str:
        """The name of the licence, or its IRI where it has none here."""
        return next((name for name, iri in LICENCES.items() if iri == self.licence_iri), self.licence_iri)

    @property
    def missing(self) -> tuple[str, ...]:
        """What a publisher must say and no default can: the keys that are not given."""
        return tuple(key for key in ("publisher", "contact", "licence") if not getattr(self, key))

    def text(self, key: str, language: str) -> str:
        """Title or description in the language, else in the one that it has."""
        found: Texts = getattr(self, key)
        return dict(found).get(language) or found[0][1]


UNSTATED = Publication()
"""Where the settings tell nothing."""


def read_publication(table: object, where: str) -> Publication:
    """The table ``[publish]``.  Raises UsageError for an unknown key or a value of a wrong form."""
    if not isinstance(table, dict):
        raise _wrong("publish", "a table [publish]", table, where)
    known = [f.name for f in fields(Publication)]
    unknown = sorted(set(table) - set(known))
    if unknown:
        what = f"unknown setting {', '.join(map(repr, unknown))} in [publish]"
        raise UsageError(what, where=where, hint=f"one of {', '.join(known)}")
    checks: Mapping[str, Callable[[str, object, str], Any]] = {
        "public_url": check_site,
        "title": _texts,
        "description": _texts,
        "publisher": _line,
        "publisher_iri": _web,
        "publisher_type": _publisher_type,
        "contact": _contact,
        "licence": _licence,
        "landing_page": _web,
        "spatial": _places,
        "temporal": _years,
        "frequency": _frequency,
    }
    return Publication(**{key: checks[key](f"publish.{key}", table[key], where) for key in known if key in table})


def check_site(key: str, value: object, where: str) -> str:
    """The address of a site without a stroke at its end; raises UsageError where it is none."""
    text = _web(key, value, where)
    if "?" in text or "#" in text:
        raise _wrong(key, 'the address of a site, such as "https://data.example.se"', value, where)
    return text.rstrip("/")


def _wrong(key: str, wanted: str, value: object, where: str) -> UsageError:
    return UsageError(f"the setting '{key}' is {value!r}", where=where, hint=f"give {wanted}")


def _line(key: str, value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise _wrong(key, "a text of one line in quotes", value, where)
    return value.strip()


def _texts(key: str, value: object, where: str) -> Texts:
    if isinstance(value, str):
        text = _line(key, value, where)
        return ("sv", text), ("en", text)
    if not isinstance(value, dict) or not value or not set(value) <= {"sv", "en"}:
        raise _wrong(key, 'a text, or one for each language: { sv = "...", en = "..." }', value, where)
    return tuple((language, _line(key, value[language], where)) for language in ("sv", "en") if language in value)


def _web(key: str, value: object, where: str) -> str:
    text = _line(key, value, where)
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        good = good and "@" not in parts.netloc
    except ValueError:
        good = False
    if not good or not text.isascii() or re.search(r'[\s<>"{}|\\^`]', text):
        raise _wrong(key, 'a web address, such as "https://data.example.se"', value, where)
    return text


def _contact(key: str, value: object, where: str) -> str:
    text = _line(key, value, where).removeprefix("mailto:")
    if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", text, re.ASCII):
        return f"mailto:{text}"
    if "@" in text:
        raise _wrong(key, 'a mail address, such as "data@example.se", or a web address', value, where)
    return _web(key, value, where)


def _licence(key: str, value: object, where: str) -> str:
    text = _line(key, value, where)
    plain = {name.lower().replace(" ", "-"): iri for name, iri in LICENCES.items()}
    found = plain.get(text.lower().replace(" ", "-"))
    if found is not None:
        return found
    if not text.startswith(("https://", "http://")):
        raise _wrong(key, f"the web address of a licence, or one of {', '.join(LICENCES)}", value, where)
    return _web(key, value, where)


def _publisher_type(key: str, value: object, where: str) -> str:
    if value not in PUBLISHER_TYPES:
        raise _wrong(key, f"one of {', '.join(PUBLISHER_TYPES)}", value, where)
    return str(value)


def _places(key: str, value: object, where: str) -> tuple[str, ...]:
    found = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(_web(key, place, where) for place in found)) or (SWEDEN,)


def _years(key: str, value: object, where: str) -> tuple[str, ...]:
    years = [str(year) for year in value] if isinstance(value, list) else []
    if len(years) != 2 or any(re.fullmatch(r"[12]\d{3}", year) is None for year in years) or years[0] > years[1]:
        raise _wrong(key, "the first and the last year, such as [2014, 2025]", value, where)
    return tuple(years)


def _frequency(key: str, value: object, where: str) -> str:
    text = _line(key, value, where).upper()
    if re.fullmatch(r"[A-Z0-9_]+", text) is None:
        raise _wrong(key, "a code of the EU, such as IRREG, DAILY, WEEKLY, MONTHLY or ANNUAL", value, where)
    return text
