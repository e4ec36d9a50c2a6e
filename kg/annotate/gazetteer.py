"""All that annotation and extraction look up in the registers, by the name under which they look.

Two sets of registers that agree on a name give the same for every paper in which no other name stands.  So a change of
the registers touches only the papers that may hold a name on which the old and the new ones differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from kg.annotate.known import Entry, all_acronyms, list_entries
from kg.lexicon import Lexicon
from kg.registers import Organisation, Registers, normal_form

# Lists of the lexicon of which all that is made is what ``list_lookups`` tells; tests hold this against the code.
LISTS = (
    ("names", "funds", "skip"),
    ("names", "organisations", "acronyms"),
    ("names", "organisations", "ambiguous"),
    ("names", "organisations", "known"),
    ("names", "places", "county_names"),
)


def list_lookups(registers: Registers, lexicon: Lexicon) -> dict[str, str]:
    """Name -> a hash of what each way of looking finds under it; a name that is not there finds nothing.

    What finds it: the matcher over all spellings (``known``), the lookup of names that have the form of one, the
    acronyms that a paper introduces, and the names of places that are no short forms.  What is found takes in
    all that is asked of the record then: the places that bear the name, the authority that a place stands for in a
    list, and the municipality behind a key.
    """
    found: dict[str, list[object]] = {}
    places = _Places(registers, lexicon)
    for spelling, entries in list_entries(registers, lexicon).items():
        found.setdefault(spelling, []).append(("spelling", [places.describe(entry) for entry in entries]))
    for form, records in registers.by_form():
        told = [(type(r).__name__, _describe(r, places) if isinstance(r, Organisation) else None) for r in records]
        found.setdefault(form, []).append(("form", told))
    for acronym, organisations in all_acronyms(registers).items():
        found.setdefault(acronym, []).append(("acronym", [o.id for o in organisations]))
    for short in {*(m.short_name for m in registers.municipalities), *(c.short_name for c in registers.counties)}:
        found.setdefault(short.casefold(), []).append(("place",))
    return {name: blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
            for name, told in found.items()}  # fmt: skip


def _describe(organisation: Organisation, places: _Places) -> tuple[object, ...]:
    return organisation.id, organisation.label, organisation.kind, places.behind(organisation.id)


class _Places:
    """What is asked of a place, or of the key of one, once its name is found."""

    def __init__(self, registers: Registers, lexicon: Lexicon) -> None:
        self._registers = registers
        self._forms: dict[str, str] = lexicon.get("names", "places", "organisations_of")
        self._counties = {normal_form(c.short_name): (c.short_name, c.id) for c in registers.counties}
        for name, code in lexicon.get("names", "places", "county_names").items():
            if (county := registers.county(code)) is not None:
                self._counties[normal_form(name)] = (county.short_name, county.id)
        self._municipalities = {normal_form(m.short_name): (m.short_name, m.id) for m in registers.municipalities}

    def describe(self, entry: Entry) -> tuple[object, ...]:
        mine = (entry.kind, entry.spelling, entry.canonical, entry.register_id, entry.mode)
        return (*mine, self.behind(entry.register_id), *self._settled(entry))

    def _settled(self, entry: Entry) -> Iterator[object]:
        if entry.kind in ("county", "municipality"):
            key = normal_form(entry.canonical)
            yield self._counties.get(key)
            yield self._municipalities.get(key)
            for form in self._forms.values():
                known = self._registers.lookup_organisation(form.format(entry.canonical))
                yield None if known is None else (known.label, known.id)

    def behind(self, key: str | None) -> tuple[object, ...]:
        """The municipality of a key, be it that of the place or of its organisation, and who governs it."""
        record = key and (self._registers.municipality_of(key) or self._registers.municipality(key))
        if not record:
            return ()
        governing = self._registers.organisation(record.organisation_id)
        return record.short_name, record.id, governing and (governing.id, governing.label)
