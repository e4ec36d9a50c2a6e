"""The identity of every organisation and fund that papers name, before anything else is resolved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.lexicon import load_lexicon
from kg.model import Claim, Judgement, Value
from kg.registers import Organisation, Programme, Registers, normal_form
from kg.resolve.clusters import Clusters
from kg.resolve.directory import Directory, directory_of
from kg.resolve.gathering import NameTable, join_names
from kg.resolve.minting import Own
from kg.resolve.names import is_acronym, make_slug, organisation_key, short_hash
from kg.resolve.nodes import Node, value_key
from kg.resolve.past import Past
from kg.resolve.rulings import Bench, Ruling

_FUNDS = frozenset({"fund", "programme"})
ORGANISATION = "organisation"
TERRITORIES = frozenset({"county", "municipality"})
# Divides the parts of what a paper says.
_MARK = "\x1f"


class Identities:
    """Answers for each value of a node which organisation, or which fund, it means."""

    def __init__(self, nodes: Iterable[Node], registers: Registers | None, rulings: Iterable[Ruling] = ()) -> None:
        self._prepare(registers)
        nodes = list(nodes)
        self.read(nodes)
        found: dict[str, set[str]] = {}
        claims = [(node, c) for node in nodes for c in node.all_claims() if c.value.kind == ORGANISATION]
        for node, claim in claims:
            found.setdefault(self.say(claim.value, node), set()).add(claim.value.lexical)
        self._settle(found, rulings)
        for node, claim in claims:
            self.words.setdefault(self.own(claim.value, node), claim)

    @classmethod
    def of_sayings(cls, names: Mapping[str, Iterable[str]], registers: Registers | None) -> Identities:
        """The same from what all papers say (``say``), with the names for it; ``words`` stays empty."""
        made = cls.__new__(cls)
        made._prepare(registers)
        made._settle(names, ())
        return made

    def read(self, nodes: Iterable[Node]) -> None:
        """Takes up the organisation numbers that papers give; to be called with all nodes of a paper before any value
        of it is asked for."""
        self._told.update(_read_numbers(nodes))

    def forget(self) -> None:
        """Lets go of what ``read`` took up and of answers that were kept: of many papers they fill the memory."""
        self._told.clear()
        self._keys.clear()

    def _prepare(self, registers: Registers | None) -> None:
        self._registers = registers
        self._directory: Directory | None = directory_of(registers) if registers is not None else None
        self._dated = {p.id for p in registers.name_periods} if registers is not None else set()
        self._funds: dict[tuple[str, str | None], str] = {}
        self._keys: dict[tuple[str, str, str], str] = {}
        lexicon = load_lexicon()
        self._never = frozenset(lexicon.words("names", "organisations", "ambiguous"))
        self._acronyms = frozenset(lexicon.words("names", "organisations", "acronyms"))
        self.words: dict[str, Claim] = {}
        self._told: dict[tuple[str, str], str] = {}
        self._namesakes: set[str] = set()

    def _settle(self, said: Mapping[str, Iterable[str]], rulings: Iterable[Ruling]) -> None:
        self._namesakes = _find_namesakes(said)
        names: dict[str, str] = {}
        numbers: dict[str, set[str]] = {}
        for saying, written in said.items():
            ident, given = self.ident(saying), given_number(saying)
            if given:
                numbers.setdefault(ident, set()).add(given)
            if not ident.startswith("fund:"):
                names[ident] = min((*written, names[ident]) if ident in names else written)
        past = self._registers.own_names if self._registers is not None else {}
        self.owns = {ident: (*own_names(ident), *past_names(ident, past)) for ident in names}
        self.bench = Bench([r for r in rulings if r.left.startswith("organisation/")], self.owns)
        self.clusters = Clusters(names, self.bench.tags())
        for left, right in self.bench.pairs(self.clusters):
            self.clusters.join(left, right)
        self.names = names
        judged = join_names(NameTable(names, {i: min(n) for i, n in numbers.items() if len(n) == 1}), self.clusters)
        self._numbers = self._gather_numbers(numbers)
        self.judgements: list[Judgement] = [*judged, *self.bench.state()]

    def of(self, value: Value, node: Node) -> str:
        """``id:KEY``, ``name:KEY`` or ``fund:KEY``: the same for all values that mean one thing."""
        if value.kind in TERRITORIES and value.key is None and self._directory is not None:
            # a name that is a word too ("Mark") is read without a key where a column of places holds it
            key = self._directory.find(value.lexical).key
            return f"id:{key[1]}" if key is not None and key[0] == value.kind else value_key(value)
        if value.kind != ORGANISATION:
            return value_key(value)
        own = self.own(value, node)
        return self.clusters.find(own) if own in self.clusters else own

    def fund_of(self, value: Value) -> str:
        """The key of the fund that a value given as an organisation means; empty where it means none."""
        place = (value.lexical, value.key)
        if place not in self._funds:
            self._funds[place] = self._find_fund(value)
        return self._funds[place]

    def _find_fund(self, value: Value) -> str:
        if self._registers is None:
            return ""
        if value.key is not None:
            record = self._registers.organisation(value.key)
            if record is not None and record.kind not in _FUNDS:
                return ""
            if self._registers.programme(value.key) is not None or record is not None:
                return value.key
        found = self._registers.lookup(value.lexical)
        if any(isinstance(r, Organisation) and r.kind not in _FUNDS for r in found):
            return ""
        same = (r for r in found if isinstance(r, Programme) or (isinstance(r, Organisation) and r.kind in _FUNDS))
        return next((r.id for r in same), "")

    def own(self, value: Value, node: Node) -> str:
        """The identity that one paper gives an organisation, before names are compared."""
        return self.ident(self.say(value, node))

    def say(self, value: Value, node: Node) -> str:
        """What one paper says of an organisation, whatever others say: who it is by the registers or the name, the
        number that the paper gives the name, and that which this claim gives (``ident`` and ``given_number`` tell)."""
        number = ""
        if value.key is None:
            number = self._told.get((node.document, value_key(value)), "")
        own, given = self._own(value, node, number), value.number or ""
        return _MARK.join((own, number, given)) if number or given else own

    def ident(self, saying: str) -> str:
        """The identity: of namesakes with different numbers the number is part of it."""
        own, _, rest = saying.partition(_MARK)
        number = rest.partition(_MARK)[0]
        return f"{own} {number}" if number and own in self._namesakes else own

    def _own(self, value: Value, node: Node, number: str) -> str:
        if self.fund_of(value):
            return f"fund:{self.fund_of(value)}"
        if value.key is None:
            known = self._find_key(value.lexical, node.date, number)
            return f"id:{known}" if known else value_key(value)
        if value.key in self._dated and self._directory is not None:
            date = node.date
            held = self._directory.find(value.lexical, date=date).key if date else None
            if held is not None and held[0] == ORGANISATION and self._same_name(held[1], value.lexical):
                return f"id:{held[1]}"
        return value_key(value)

    def _find_key(self, name: str, date: str, number: str) -> str:
        """The key of the organisation that a name means by the registers; empty where it means none, or is a word or an
        acronym that names one only where a paper introduces it.  A number of the registers decides."""
        if self._directory is None or (name in self._never and not number):
            return ""
        place = (name, date if self._dated else "", number)
        if place not in self._keys:
            numbered = self._directory.find_number(number)
            key = numbered or (None if name in self._never else self._directory.find(name, date=date).key)
            bare = numbered is None and is_acronym(name) and name not in self._acronyms
            self._keys[place] = key[1] if key is not None and key[0] == ORGANISATION and not bare else ""
        return self._keys[place]

    def number_of(self, ident: str) -> str | None:
        """The organisation number that papers give an identity; None where they give none, or several."""
        return self._numbers.get(self.clusters.find(ident)) if ident in self.clusters else None

    def _gather_numbers(self, numbers: dict[str, set[str]]) -> dict[str, str]:
        found: dict[str, set[str]] = {}
        for ident, given in numbers.items():
            if ident in self.clusters:
                found.setdefault(self.clusters.find(ident), set()).update(given)
        return {root: min(given) for root, given in found.items() if len(given) == 1}

    def _same_name(self, key: str, name: str) -> bool:
        record = self._registers.organisation(key) if self._registers is not None else None
        return record is not None and normal_form(record.label) == normal_form(name)


def _read_numbers(nodes: Iterable[Node]) -> dict[tuple[str, str], str]:
    """The organisation number of each name by paper and name, where the paper gives one."""
    found: dict[tuple[str, str], set[str]] = {}
    for node in nodes:
        for claim in node.all_claims():
            value = claim.value
            if value.kind == ORGANISATION and value.key is None and value.number is not None:
                found.setdefault((node.document, value_key(value)), set()).add(value.number)
    return {place: min(numbers) for place, numbers in found.items() if len(numbers) == 1}


def given_number(saying: str) -> str:
    """The organisation number that a claim gives what it names; empty where it gives none."""
    return saying.rpartition(_MARK)[2] if _MARK in saying else ""


def _find_namesakes(said: Mapping[str, Iterable[str]]) -> set[str]:
    """The names to which papers give more than one number."""
    found: dict[str, set[str]] = {}
    for saying, names in said.items():
        number = saying.partition(_MARK)[2].partition(_MARK)[0]
        if number:
            for name in names:
                found.setdefault(value_key(Value(ORGANISATION, name)), set()).add(number)
    return {name for name, numbers in found.items() if len(numbers) > 1}


def own_names(ident: str) -> tuple[Own, ...]:
    """The names that an identity of an organisation gives it: a register's key, or the normal form of the name."""
    kind, _, key = ident.partition(":")
    if kind == "id":
        return (Own((0, ""), f"organisation/{key}", fixed=True),)
    slug = make_slug(key)
    return (Own((len(slug), slug), f"organisation/{slug}", (ident,)),)


def past_names(ident: str, past: Past) -> tuple[Own, ...]:
    """The names that an identity of an organisation gave it before a register of the user's own had it."""
    kind, _, key = ident.partition(":")
    found = dict.fromkeys(organisation_key(name) for name in (past.get(key, ()) if kind == "id" else ()))
    return tuple(replace(own, former=True) for name in found for own in own_names(f"name:{name}"))


def reserved_names(registers: Registers | None) -> set[str]:
    """The IRIs of the things that the registers hold, which no other name may have."""
    if registers is None:
        return set()
    return {
        *(f"organisation/{o.id}" for o in registers.organisations),
        *(f"fund/{p.id}" for p in registers.programmes),
        *(f"fund/{o.id}" for o in registers.organisations if o.kind in _FUNDS),
    }


def fund_names(ident: str) -> tuple[Own, ...]:
    """The names that an identity of a fund gives it."""
    kind, _, key = ident.partition(":")
    if kind == "id":
        return (Own((0, ""), f"fund/{key}", fixed=True),)
    slug = make_slug(key)
    return (Own((len(slug), slug), f"fund/{slug}", (short_hash(ident),)),)
