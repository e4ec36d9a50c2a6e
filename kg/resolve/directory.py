"""Which thing of the registers a name means: an organisation, a county or a municipality."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from kg.lexicon import load_lexicon
from kg.registers import County, Municipality, Organisation, Registers, check_org_number, normal_form
from kg.resolve.names import is_acronym
from kg.resolve.orgnames import OrgName, fold_letters, take_apart

Key = tuple[str, str]  # ("organisation", "ltu"), ("county", "25"), ("municipality", "2580")

_ORG_NUMBER = re.compile(r"(?<!\d)(?:16)?\d{6}-\d{4}(?!\d)")
# A word so long is told by all its letters but one.
_LONG = 9
_FUNDS = frozenset({"fund", "programme"})
# Bodies under public law have no legal form: "Luleå kommun AB" is not the municipality.
_PUBLIC = frozenset({"region", "county_board", "municipality", "state_agency", "eu"})


@dataclass(frozen=True, slots=True)
class Found:
    """The things that a name may mean, best reading only: one is an answer, several are ambiguous."""

    keys: frozenset[Key]
    how: str

    @property
    def key(self) -> Key | None:
        return next(iter(self.keys)) if len(self.keys) == 1 else None


NOTHING = Found(frozenset(), "")


@dataclass(slots=True)
class Directory:
    """All names of the registers.  ``find`` answers for one name; nothing changes after it is made."""

    registers: Registers
    _exact: dict[str, set[Key]] = field(default_factory=dict)
    _acronyms: dict[str, set[Key]] = field(default_factory=dict)
    _bags: dict[tuple[str, ...], set[Key]] = field(default_factory=dict)
    _plain: dict[tuple[str, ...], set[Key]] = field(default_factory=dict)
    _numbers: dict[str, Key] = field(default_factory=dict)
    _slips: dict[tuple[str, ...], set[tuple[tuple[str, ...], Key]]] = field(default_factory=dict)
    _made: list[tuple[Key, str]] = field(default_factory=list)
    _since: dict[tuple[Key, str], str] = field(default_factory=dict)
    _ambiguous: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self._ambiguous = frozenset(load_lexicon().words("resolve", "organisations", "ambiguous"))
        counties = {b.id: c for c in self.registers.counties for b in self._boards_of(c)}
        for record in self.registers.organisations:
            self._add_organisation(record, counties.get(record.id))
        for county in self.registers.counties:
            self._add_county(county)
        for municipality in self.registers.municipalities:
            self._add(("municipality", municipality.id), municipality.short_name)
        for text, code in load_lexicon().get("names", "places", "county_names").items():
            self._add(("county", code), text)
        for key, name in self._made:
            # A name made up here gives way to one that the registers state.
            if normal_form(name) not in self._exact or key in self._exact[normal_form(name)]:
                self._add(key, name)
        for dated in self.registers.name_periods:
            self._since[("organisation", dated.id), normal_form(dated.name)] = dated.since

    def _boards_of(self, county: County) -> Iterator[Organisation]:
        return (o for o in self.registers.organisations if o.kind == "county_board" and county.name in o.name)

    def _add_organisation(self, record: Organisation, county: County | None) -> None:
        key = ("organisation", record.id)
        if record.org_number:
            self._numbers[record.org_number.replace("-", "")] = key
        for acronym in record.acronyms:
            self._acronyms.setdefault(acronym.upper(), set()).add(key)
        for name in (record.name, record.label, *record.names):
            if name not in record.acronyms or not is_acronym(name):
                self._add(key, name)
                first, _, rest = name.partition(" ")
                if first in record.acronyms and len(rest.split()) > 1:
                    self._made.append((key, rest))
        if county is not None:
            written, english = load_lexicon().words("resolve", "organisations", "county_boards")
            for place in (county.short_name, county.name):
                self._made.append((key, written.format(place)))
            self._made.append((key, english.format(county.short_name)))
        place_of = self.registers.municipality_of(record.id)
        if place_of is not None and record.kind == "municipality":
            for head in load_lexicon().words("resolve", "organisations", "municipal_heads"):
                self._made.append((key, f"{place_of.short_name} {head}"))

    def _add_county(self, county: County) -> None:
        for name in (county.name, county.name_en, county.short_name, county.nuts3, county.iso3166_2):
            self._add(("county", county.id), name)
        if county.region_id:
            region = ("organisation", county.region_id)
            places = (county.short_name, county.name)
            self._made += [(region, f"{head} {place}") for head in ("Landstinget", "Region") for place in places]
            self._made.append((region, f"{county.short_name} County Council"))

    def _add(self, key: Key, name: str) -> None:
        form = normal_form(name)
        if not form:
            return
        self._exact.setdefault(form, set()).add(key)
        parts = take_apart(name)
        self._bags.setdefault(parts.bag, set()).add(key)
        self._plain.setdefault(tuple(fold_letters(s) for s in parts.bag), set()).add(key)
        for place in _slip_places(parts.bag):
            self._slips.setdefault(place, set()).add((parts.bag, key))

    # --- finding ---

    def find(self, name: str, *, org_number: str = "", date: str = "") -> Found:
        """The thing that ``name`` means at ``date``.  A right organisation number of the registers decides."""
        digits = read_org_number(org_number) or find_org_number(name)
        if digits in self._numbers:
            return Found(frozenset({self._numbers[digits]}), "the organisation number")
        name = _ORG_NUMBER.sub(" ", name).replace("()", " ").strip() if find_org_number(name) else name
        parts = take_apart(name)
        if parts.inside and normal_form(name) not in self._exact:
            return self._find_bracketed(parts.outside, parts.inside, date)
        if "," in name:
            pieces = [self._find_plain(p, date) for p in name.split(",") if p.strip()]
            if pieces and all(p.key and p.key == pieces[0].key for p in pieces):
                return pieces[0]
        return self._find_plain(name, date)

    def find_number(self, org_number: str) -> Key | None:
        """The organisation of the registers that has the number."""
        return self._numbers.get(read_org_number(org_number)) if org_number else None

    def _find_bracketed(self, outside: str, inside: tuple[str, ...], date: str) -> Found:
        """A name with brackets: the long name decides, and a bracket that means another thing speaks against it."""
        whole = self._find_plain(outside, date)
        within = [self._find_plain(part, date) for part in inside]
        short = is_acronym(outside)
        if short:
            return next((w for w in within if w.keys), NOTHING)
        clash = any(w.key and whole.key and w.key != whole.key for w in within)
        return NOTHING if clash else whole

    def _find_plain(self, name: str, date: str) -> Found:
        name = name.strip()
        acronym = name.removesuffix(":s")
        if is_acronym(acronym):
            bearers = self._acronyms.get(acronym.upper(), set())
            if acronym in self._ambiguous:
                return Found(frozenset(bearers | {("acronym", acronym)}), "an acronym that several bear")
            if bearers:
                return Found(frozenset(bearers), "the register's acronym")
        form = normal_form(name)
        keys = self._exact.get(form, set())
        if keys:
            return Found(self._choose(keys, form, date), "the register's name")
        parts = take_apart(name)
        keys = self._fitting(self._bags.get(parts.bag, ()), parts.form, form)
        if keys:
            return Found(self._choose(keys, form, date), "the register's name, inflected")
        if form.isascii() and (len(parts.stems) > 1 or len(form) >= _LONG):
            keys = self._fitting(self._plain.get(parts.bag, ()), parts.form, form)
            if keys:
                return Found(frozenset(keys), "the register's name without the marks of its letters")
        return self._find_doubled(name, date) or self._find_slip(parts)

    def _find_doubled(self, name: str, date: str) -> Found | None:
        """A name with its own acronym before or behind it ("LTU Luleå tekniska universitet")."""
        words = name.split()
        for acronym, rest in ((words[0], words[1:]), (words[-1], words[:-1])) if len(words) > 2 else ():
            bearers = self._acronyms.get(acronym.upper(), set()) if is_acronym(acronym) else set()
            whole = self._find_plain(" ".join(rest), date) if bearers else NOTHING
            if whole.key is not None and whole.key in bearers:
                return whole
        return None

    def _find_slip(self, parts: OrgName) -> Found:
        """A name of which one long word differs from the register's by one letter, and that is near to one alone."""
        near = {
            key
            for place in _slip_places(parts.bag)
            for bag, key in self._slips.get(place, ())
            if len(bag) == len(parts.bag) and sum(Levenshtein.distance(a, b) for a, b in zip(bag, parts.bag)) == 1
        }
        keys = self._fitting(near, parts.form, "")
        return Found(frozenset(keys), "the register's name with a slip of the pen") if len(keys) == 1 else NOTHING

    def _fitting(self, keys: Iterable[Key], legal: str, form: str) -> set[Key]:
        """Those that can bear the legal form of the name."""
        return {k for k in keys if not legal or self._may_bear(k, legal, form)}

    def _may_bear(self, key: Key, legal: str, form: str) -> bool:
        record = self.registers.organisation(key[1]) if key[0] == "organisation" else None
        if record is None or record.kind in _PUBLIC | _FUNDS:
            return False
        stated = {take_apart(n).form for n in (record.name, *record.names)} - {""}
        if record.kind == "university":
            return legal in stated
        return not stated or legal in stated

    def _choose(self, keys: Iterable[Key], form: str, date: str) -> frozenset[Key]:
        """Of several bearers of a name those that bore it at the date; without a date, the one that bears it now."""
        found = set(keys)
        if len(found) > 1 and date:
            held = {k for k in found if date >= self._since.get((k, form), "")}
            dated = {k for k in held if (k, form) in self._since}
            found = dated or held or found
        if len(found) > 1:
            # A predecessor that bore the same name gives way to its successor.
            heirs = {("organisation", o.parent) for k in found if (o := self._organisation(k)) and o.parent}
            found = (found & heirs) or found
        return frozenset(found)

    def _organisation(self, key: Key) -> Organisation | None:
        return self.registers.organisation(key[1]) if key[0] == "organisation" else None


def _slip_places(bag: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Where a name is looked for that may hold a slip: all words but a long one, and the beginning or end of that."""
    for i, word in enumerate(bag):
        if len(word) >= _LONG and word.isalpha():
            others = (*bag[:i], *bag[i + 1 :])
            yield (*others, f"{word[:4]}…")
            yield (*others, f"…{word[-4:]}")


def read_org_number(text: str) -> str:
    """The ten digits of an organisation number, with or without hyphen and the century "16"; empty where the check
    digit is wrong."""
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    return digits if check_org_number(digits) else ""


def find_org_number(text: str) -> str:
    """The organisation number that stands in a name ("Byn AB (556036-2138)"); empty where none does."""
    return next((n for m in _ORG_NUMBER.findall(text) if (n := read_org_number(m))), "")


def label_of(key: Key, registers: Registers) -> str:
    """The register's name of a thing."""
    record: Organisation | County | Municipality | None = None
    if key[0] == "organisation":
        record = registers.organisation(key[1])
    elif key[0] == "county":
        record = registers.county(key[1])
    elif key[0] == "municipality":
        record = registers.municipality(key[1])
    return record.name if record is not None else key[1]


@lru_cache(maxsize=4)
def directory_of(registers: Registers) -> Directory:
    """The directory of the names in ``registers``, made once."""
    return Directory(registers)
