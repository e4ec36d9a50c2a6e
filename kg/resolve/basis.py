"""What all papers together make of the things that they name, before any project or act is resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.model import Claim, Entity, Judgement
from kg.registers import Registers
from kg.resolve.conflicts import MACHINE, Finding, find_doubts
from kg.resolve.identities import Identities
from kg.resolve.nodes import Node
from kg.resolve.rulings import Ruling
from kg.resolve.saying import Forms, Said, Sayings, add_up, names_of_organisations
from kg.resolve.things import Things
from kg.terms import OF_VALUE


@dataclass(frozen=True, slots=True)
class Layer:
    """The things that papers name.  ``told``: what papers say under one name -> identity among all, IRI, label and
    organisation number; ``replaced``, ``judgements`` and ``findings``: those about things."""

    entities: tuple[Entity, ...]
    told: dict[Said, tuple[str, str, str, str]]
    replaced: tuple[tuple[str, str], ...]
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """Organisations and funds with their identity, all things with their IRI, and ``forms``, of which they are made."""

    forms: Forms
    identities: Identities
    sayings: Sayings
    things: Things

    @classmethod
    def of_nodes(cls, nodes: Iterable[Node], registers: Registers | None, rulings: list[Ruling]) -> Basis:
        """As the nodes of all papers say.  From now on the nodes know who is who."""
        nodes = list(nodes)
        identities = Identities(nodes, registers, rulings)
        for node in nodes:
            node.who = identities
        sayings = Sayings(identities, registers)
        forms = add_up(map(sayings.count, nodes))
        return cls(forms, identities, sayings, Things(forms, sayings, registers, identities, rulings))

    @classmethod
    def of_forms(cls, forms: Forms, registers: Registers | None) -> Basis:
        """The same from what all papers say, added up, where no person has judged."""
        identities = Identities.of_sayings(names_of_organisations(forms), registers)
        sayings = Sayings(identities, registers)
        return cls(forms, identities, sayings, Things(forms, sayings, registers, identities))

    def doubted(self) -> set[str]:
        """The identities whose words ``layer`` needs."""
        open_ = (j for j in self.identities.judgements if j.verdict == "undecided" and j.author == MACHINE)
        return {side for judgement in open_ for side in (judgement.left, judgement.right)}

    def layer(self, words: Mapping[str, Claim]) -> Layer:
        """``words``: the claim that names each identity that is doubted."""
        things = self.things
        entities = tuple(sorted(things.entities, key=lambda e: e.iri))
        known = {entity.iri: (entity.label, entity.number or "") for entity in entities}
        told = {}
        for said in self.forms:
            place, iri = things.told(said)
            told[said] = (place, iri, *known[iri])
        judgements = tuple(self.place(j) for j in (*self.identities.judgements, *things.judgements))
        findings = find_doubts(self.identities.judgements, {}, str, words)
        return Layer(entities, told, tuple(sorted(set(things.replaced))), judgements, tuple(findings))

    def numbers(self, nodes: Iterable[Node]) -> Iterator[tuple[str, Claim]]:
        """The claims of these nodes that give a thing the organisation number that it has, each with its IRI."""
        known = {entity.iri: entity.number for entity in self.things.entities}
        for node in nodes:
            for claim in node.all_claims():
                if claim.property in OF_VALUE and claim.value.number is not None:
                    iri = self.things.iri(claim.value, node)
                    if known[iri] == claim.value.number:
                        yield iri, claim

    def place(self, judgement: Judgement) -> Judgement:
        """A judgement on names with the things that its sides became."""
        left, right = judgement.left, judgement.right
        iris = self.things.iri_of(left), self.things.iri_of(right)
        names = self.things.own_iri(left), self.things.own_iri(right)
        return replace(judgement, left=names[0], right=names[1], left_thing=iris[0], right_thing=iris[1])
