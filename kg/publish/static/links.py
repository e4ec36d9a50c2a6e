"""Links among static files: relative, so that the site works below any address."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, unquote

from kg.publication import UNSTATED, Publication
from kg.publish.interface import LANGUAGES
from kg.publish.pages.links import other_language
from kg.publish.site import Site

# What the site has beside pages of things, browsing and questions.
PAGES = ("/", "/search", "/browse", "/questions", "/sparql", "/about")
_SAFE = "/:@!$&'()*+,;=~-._"


def page_file(path: str, language: str) -> str:
    """The file of a page, relative to the top of the site: ``/browse`` in English is ``browse.en.html``."""
    stem = path.strip("/") or "index"
    return f"{stem}.html" if language == LANGUAGES[0] else f"{stem}.{language}.html"


def thing_file(site: Site, iri: str, form: str, language: str = LANGUAGES[0]) -> str:
    """The file of a form of a thing of the site."""
    path = site.path_of(iri)
    assert path is not None, "only things of the site are published"
    # a stroke at the end of an IRI stays: without it, it is another thing
    stem = unquote(path.partition("#")[0]).lstrip("/")
    ending = "html" if form == "html" and language == LANGUAGES[0] else f"{language}.html" if form == "html" else form
    return f"{stem}.{ending}"


@dataclass(frozen=True, slots=True)
class StaticLinks:
    """The links of the page that is the file ``here`` (relative to the top); ``path``: of the page among others of the
    site, or the IRI of a thing; ``holds``: whether a thing has a page."""

    site: Site
    language: str
    here: str
    holds: Callable[[str], bool]
    turned_file: str
    publication: Publication = UNSTATED

    @property
    def static(self) -> bool:
        return True

    def thing(self, iri: str) -> str | None:
        if not self.holds(iri):
            return None
        fragment = (self.site.path_of(iri) or "").partition("#")[2]
        return self.to(thing_file(self.site, iri, "html", self.language)) + (f"#{fragment}" if fragment else "")

    def data(self, iri: str, form: str) -> str | None:
        return self.to(thing_file(self.site, iri, form)) if form in DATA_FORMS else None

    def page(self, path: str, **parameters: str) -> str:
        # what the server takes as parameters, scripts of the page read from the fragment
        found = self.to(page_file(path, self.language))
        return found + (f"#{quote(next(iter(parameters.values())), safe='')}" if parameters else "")

    def asset(self, name: str) -> str:
        return self.to(posixpath.normpath(f"assets/{name}"))

    def turned(self) -> str:
        return self.to(self.turned_file)

    def to(self, file: str) -> str:
        """From this page to a file of the site."""
        # through the top: longer than needed, but the same for all pages of a folder, and quick
        return "../" * self.here.count("/") + _quote(posixpath.normpath(file))


@lru_cache(100_000)
def _quote(file: str) -> str:
    return quote(file, safe=_SAFE)


DATA_FORMS = ("ttl", "jsonld")
"""The forms of data that each thing has as a file."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of a static site share."""

    site: Site
    holds: Callable[[str], bool]
    publication: Publication = UNSTATED

    def page(self, path: str, language: str) -> StaticLinks:
        """The links of a page of the site."""
        here, turned = (page_file(path, name) for name in (language, other_language(language)))
        return StaticLinks(self.site, language, here, self.holds, turned, self.publication)

    def thing(self, iri: str, language: str) -> StaticLinks:
        """The links of the page of a thing."""
        here, turned = (thing_file(self.site, iri, "html", name) for name in (language, other_language(language)))
        return StaticLinks(self.site, language, here, self.holds, turned, self.publication)
