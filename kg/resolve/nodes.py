"""The nodes of the papers, gathered from their claims: what each says of a project, an act, a financing
line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from kg.model import Claim, Extraction, Value
from kg.resolve.directory import Directory
from kg.resolve.mentions import Mention
from kg.resolve.names import board_key, is_acronym, loose_key, name_forms, name_key, organisation_key, squeeze
from kg.resolve.numbers import number_key


def value_key(value: Value) -> str:
    """What tells one thing from another: the register's id where there is one, else the normal form of the
    name."""
    if value.key:
        return f"id:{value.key}"
    key_of = organisation_key if value.kind == "organisation" else name_key
    return f"name:{key_of(value.lexical)}"


class Identifier(Protocol):
    """What knows which thing a value means."""

    def of(self, value: Value, node: Node) -> str: ...


@dataclass(slots=True)
class Node:
    """A node of one paper: its id (``DOCUMENT#project/1``) and its claims by property, in the order of the
    paper.  ``who``: what knows the organisations, once it is known; ``date``: of the act, or of the act that a
    financing line belongs to; ``start``: of the first of its words in the paper."""

    id: str
    document: str
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    who: Identifier | None = None
    date: str = ""
    start: int = 0

    @property
    def kind(self) -> str:
        """``project``, ``decision`` or ``financing``."""
        return self.id.split("#", 1)[1].split("/", 1)[0]

    def values(self, property: str) -> list[Value]:
        return [c.value for c in self.claims.get(property, ())]

    def first(self, property: str) -> Value | None:
        claims = self.claims.get(property)
        return claims[0].value if claims else None

    def keys(self, property: str) -> set[str]:
        """The identities of the things that a property names."""
        if self.who is None:
            return {value_key(v) for v in self.values(property)}
        return {self.who.of(v, self) for v in self.values(property)}

    def own_keys(self, property: str) -> list[str]:
        """The same, of what this paper writes alone, sorted."""
        return sorted({value_key(v) for v in self.values(property)})

    def targets(self, property: str) -> list[str]:
        """The nodes that a property names, as ``DOCUMENT#node``."""
        return [f"{self.document}#{v.lexical}" for v in self.values(property) if v.kind == "node"]

    def all_claims(self) -> Iterable[Claim]:
        for claims in self.claims.values():
            yield from claims


def gather_nodes(extractions: Iterable[Extraction]) -> dict[str, Node]:
    """All nodes that are the subject or the object of a claim, by id, sorted."""
    nodes: dict[str, Node] = {}

    def node(document: str, name: str) -> Node:
        id = f"{document}#{name}"
        if id not in nodes:
            nodes[id] = Node(id, document)
        return nodes[id]

    for extraction in extractions:
        for claim in extraction.claims:
            node(extraction.document, claim.subject).claims.setdefault(claim.property, []).append(claim)
            if claim.value.kind == "node":
                node(extraction.document, claim.value.lexical)
    for found in nodes.values():
        found.date = _date_of(found, nodes)
        found.start = min((claim.evidence.start for claim in found.all_claims()), default=0)
    return dict(sorted(nodes.items()))


def _date_of(node: Node, nodes: dict[str, Node]) -> str:
    own = node.first("date")
    if own is not None:
        return own.lexical
    acts = (nodes[t] for t in node.targets("decision") if t in nodes)
    return next((v.lexical for act in acts if (v := act.first("date")) is not None), "")


_NOTHING: frozenset[str] = frozenset()


@dataclass(slots=True)
class ProjectFacts:
    """What is known of a project, or of several nodes held to be one: names, and the context that tells
    namesakes apart."""

    nodes: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    wholes: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    introduced: set[str] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    markers: set[frozenset[str]] = field(default_factory=set)
    years: set[frozenset[str]] = field(default_factory=set)
    authorities: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)
    funders: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    amounts: set[str] = field(default_factory=set)
    neighbours: set[str] = field(default_factory=set)
    starts: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    deals: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    dossiers: set[tuple[str, str]] = field(default_factory=set)
    counties: set[str] = field(default_factory=set)

    def absorb(self, other: ProjectFacts) -> None:
        for name in ProjectFacts.__slots__:
            getattr(self, name).update(getattr(other, name))

    def settle(self) -> None:
        """To be called when nothing is added any more: what is empty, which is most, takes no memory of its own."""
        for name in ProjectFacts.__slots__:
            if not getattr(self, name):
                setattr(self, name, _NOTHING)

    def share(self, known: dict[frozenset[Any], frozenset[Any]]) -> None:
        """The same, with one object for all sets that are equal: projects of one authority, fund or paper have many."""
        for name in ProjectFacts.__slots__:
            found = frozenset(getattr(self, name))
            setattr(self, name, known.setdefault(found, found))


def project_facts(nodes: dict[str, Node]) -> dict[str, ProjectFacts]:
    """The facts on each project node, by its id."""
    facts: dict[str, ProjectFacts] = {}
    for node in nodes.values():
        if node.kind == "project":
            facts[node.id] = _own_facts(node)
    for node in nodes.values():
        for target in node.targets("project"):
            if target in facts:
                _add_context(facts[target], node)
    _drop_shared_dossiers(facts)
    for node in nodes.values():
        if node.kind != "project":
            continue
        for property in ("builds_on", "continues", "related"):
            for target in node.targets(property):
                if target in facts:
                    facts[node.id].neighbours |= facts[target].wholes
                    facts[target].neighbours |= facts[node.id].wholes
    return facts


def _drop_shared_dossiers(facts: dict[str, ProjectFacts]) -> None:
    """A diary number under which one paper has several projects is that of a list, and tells nothing of each."""
    bearers: dict[tuple[str, str, str], list[ProjectFacts]] = {}
    for of in facts.values():
        for authority, text in of.dossiers:
            for document in of.documents:
                bearers.setdefault((document, authority, number_key(text)), []).append(of)
    for (_, authority, key), sharers in bearers.items():
        if len(sharers) > 1:
            for of in sharers:
                of.dossiers -= {d for d in of.dossiers if d[0] == authority and number_key(d[1]) == key}


def _own_facts(node: Node) -> ProjectFacts:
    facts = ProjectFacts(nodes={node.id}, documents={node.document})
    for property in ("name", "alias"):
        for value in node.values(property):
            _add_name(facts, value.lexical, alias=property == "alias")
    return facts


def _add_name(facts: ProjectFacts, name: str, *, alias: bool = False) -> None:
    forms = name_forms(name)
    if not forms.whole:
        return
    facts.wholes.add(forms.whole)
    facts.parts |= forms.parts
    facts.introduced |= forms.introduced
    if is_acronym(name) and name.strip().isupper():
        # A word in mixed case ("BioKust") is coined, and says enough by itself.
        facts.acronyms.add(forms.whole)
    if alias:
        facts.introduced.add(forms.whole)
        return
    facts.markers.add(forms.markers)
    facts.years.add(forms.years)
    if loose_key(name):
        facts.loose.add(loose_key(name))


def mention_facts(mention: Mention, directory: Directory) -> ProjectFacts:
    """The facts on a project that one mention states."""
    facts = ProjectFacts()
    _add_name(facts, mention.name)
    if mention.authority:
        known = directory.find(mention.authority, date=mention.date).key
        name = f"id:{known[1]}" if known else f"name:{organisation_key(mention.authority)}"
        facts.authorities.add(name)
    authority = min(facts.authorities, default="")
    if mention.diary_number:
        facts.dossiers.add((authority, mention.diary_number))
        facts.numbers.add(number_key(mention.diary_number))
    if mention.case_id:
        facts.cases.add(squeeze(mention.case_id))
        facts.numbers.add(number_key(mention.case_id))
    if mention.county:
        county = directory.find(mention.county).keys
        facts.counties |= {key[1] for key in county if key[0] == "county"} or {mention.county.casefold()}
    facts.starts |= {mention.start} - {""}
    facts.ends |= {mention.end} - {""}
    return facts


def _add_context(facts: ProjectFacts, node: Node) -> None:
    facts.authorities |= node.keys("authority")
    facts.owners |= node.keys("beneficiary")
    facts.funders |= node.keys("funder")
    facts.numbers |= {number_key(v.lexical) for p in ("diary_number", "case_id") for v in node.values(p)}
    of = min(node.keys("authority"), default="")
    facts.dossiers |= {(of, v.lexical) for v in node.values("diary_number")}
    facts.amounts |= {v.lexical for p in ("amount_sek", "total_budget_sek") for v in node.values(p)}
    facts.starts |= {v.lexical for v in node.values("start")}
    facts.ends |= {v.lexical for v in node.values("end")}
    facts.cases |= {squeeze(v.lexical) for v in node.values("case_id")}
    facts.counties |= node.keys("county")
    facts.deals |= _deals(node)


def _deals(node: Node) -> set[str]:
    """What a decision grants, to whom, by whom and for which period, where it states all of these."""
    parts = [node.first(p) for p in ("amount_sek", "beneficiary", "authority", "start", "end")]
    values = [v for v in parts if v is not None]
    if len(values) < len(parts):
        return set()
    return {"\n".join(value_key(v) if node.who is None else node.who.of(v, node) for v in values)}


@dataclass(slots=True)
class ActFacts:
    """What is known of a decision, or of several nodes held to be one act.  Every set holds the stated
    values."""

    project: str
    outcome: str
    nodes: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    authorities: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    diaries: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    amounts: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)

    def absorb(self, other: ActFacts) -> None:
        for name in ActFacts.__slots__[2:]:
            getattr(self, name).update(getattr(other, name))


def act_facts(node: Node, project: str) -> ActFacts:
    """The facts of one decision node; ``project`` is the project that it became."""
    outcome = node.first("outcome")
    return ActFacts(
        project=project,
        outcome=outcome.lexical if outcome else "",
        nodes={node.id},
        documents={node.document},
        authorities=node.keys("authority"),
        bodies={board_key(v.lexical) for v in node.values("deciding_body")},
        dates={v.lexical for v in node.values("date")},
        diaries={v.lexical for v in node.values("diary_number")},
        cases={squeeze(v.lexical) for v in node.values("case_id")},
        amounts={v.lexical for v in node.values("amount_sek")},
        owners=node.keys("beneficiary"),
        changed={v.lexical for v in node.values("new_amount_sek")},
    )
