"""Resolved claims as facts: triples, each with the claim that it rests on.

A paper says of a decision much that is true of its project (period, places, partners) or of its application (the
amount sought); ``kg.terms.CARRIED`` says which, and the fact is stated where it belongs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.errors import ValidationError
from kg.graph.nodes import Namer, date, decimal, integer, text
from kg.model import Claim, Entity, Resolution, ResolvedClaim
from kg.terms import CARRIED, CODES, OF_VALUE, PATHS, PREDICATES, SCHEME_OF_PROPERTY, code_iri

_LITERALS = {"text": text, "integer": integer, "decimal": decimal, "date": date}


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple and one claim for it.  ``subject`` and ``thing`` (the object where it is a thing, else None) are
    relative to the base; ``predicate`` is a prefixed name; ``act`` is the decision in whose case the words stand,
    where that is not the subject."""

    subject: str
    predicate: str
    object: NamedNode | Literal
    thing: str | None
    claim: Claim
    act: str | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """The triple as strings that do not depend on the base."""
        return self.subject, self.predicate, self.thing if self.thing is not None else str(self.object)

    @property
    def order(self) -> tuple[str, str, str, str, int, int, str]:
        """Facts sort by this: the triple, then where the words stand."""
        words = self.claim.evidence
        return *self.key, words.document, words.start, words.end, words.rule


class Index:
    """What the mapping must look up in a resolution: entities by IRI, the project of each decision, the application."""

    def __init__(self, resolution: Resolution) -> None:
        self.entities: dict[str, Entity] = {}
        for entity in resolution.entities:
            if entity.type not in PATHS:
                hint = f"one of {', '.join(PATHS)}"
                raise ValidationError(f"an entity of the unknown class {entity.type!r}", where=entity.iri, hint=hint)
            self.entities[entity.iri] = entity
        self._projects: dict[str, set[str]] = {}
        self._project_in_case: dict[tuple[str, str], str] = {}
        self._earlier: dict[str, set[str]] = {}
        for claim in resolution.claims:
            if claim.object is None or self.type_of(claim.subject) != "Decision":
                continue
            if claim.property == "project":
                self._projects.setdefault(claim.subject, set()).add(claim.object)
                case = (claim.claim.evidence.document, claim.claim.subject)
                self._project_in_case.setdefault(case, claim.object)
            elif claim.property in ("decides", "amends"):
                self._earlier.setdefault(claim.subject, set()).add(claim.object)

    def type_of(self, iri: str) -> str:
        """The class of an entity.  Raises ValidationError for one that the resolution lacks."""
        entity = self.entities.get(iri)
        if entity is None:
            raise ValidationError("a claim about a thing that resolution does not list", where=iri)
        return entity.type

    def project_of(self, claim: ResolvedClaim) -> str | None:
        """The project of the decision that the claim is about: of its own case where the case names one."""
        own = self._project_in_case.get((claim.claim.evidence.document, claim.claim.subject))
        return own or min(self._projects.get(claim.subject, ()), default=None)

    def application_of(self, decision: str) -> str:
        """The application of a decision: one for the whole chain of proposal, decision and amendments."""
        seen = {decision}
        while True:
            earlier = min((d for d in self._earlier.get(decision, ()) if d not in seen), default=None)
            if earlier is None:
                return f"application/{decision.partition('/')[2]}"
            seen.add(earlier)
            decision = earlier


def state_facts(resolution: Resolution, index: Index, name: Namer) -> Iterator[Fact]:
    """A fact for every claim, and a second one where a continuation is also something that it builds on.

    Raises ValidationError for a property that ``kg.terms.PREDICATES`` does not list or a value of the wrong kind.
    """
    for claim in resolution.claims:
        if claim.property in OF_VALUE:
            yield from _state_number(claim, index)
            continue
        kind = index.type_of(claim.subject)
        subject, act = claim.subject, None
        carried = CARRIED.get(claim.property) if kind == "Decision" else None
        if carried == "Project":
            project = index.project_of(claim)
            subject, act = project or claim.subject, claim.subject if project else None
            kind = carried
        elif carried == "Application":
            subject, act = index.application_of(claim.subject), claim.subject
            kind = carried
        predicate = _predicate(claim, kind, index)
        value = _object(claim, name)
        yield Fact(subject, predicate, value, claim.object, claim.claim, act)
        if predicate == "bg:continues":
            yield Fact(subject, "bg:buildsOn", value, claim.object, claim.claim, act)


def _state_number(claim: ResolvedClaim, index: Index) -> Iterator[Fact]:
    """The number of the organisation that the claim names, unless papers or the registers give it another."""
    number = claim.value.number
    if number is not None and claim.object is not None and index.entities[claim.object].number == number:
        yield state_number(claim.object, claim.claim)


def state_number(thing: str, claim: Claim) -> Fact:
    """That a thing has the number that a claim gives it."""
    return Fact(thing, OF_VALUE[claim.property], text(claim.value.number or ""), None, claim)


def _predicate(claim: ResolvedClaim, kind: str, index: Index) -> str:
    predicate = PREDICATES.get(kind, {}).get(claim.property)
    if predicate is None:
        raise ValidationError(f"the property {claim.property!r} means nothing on a {kind}", where=claim.subject)
    if claim.property == "name" and claim.value.lexical != index.entities[claim.subject].label:
        return "skos:altLabel"
    return predicate


def _object(claim: ResolvedClaim, name: Namer) -> NamedNode | Literal:
    if claim.object is not None:
        return name(claim.object)
    value = claim.value
    if value.kind == "code":
        scheme = SCHEME_OF_PROPERTY.get(claim.property, "")
        if value.lexical not in CODES.get(scheme, ()):
            raise ValidationError(f"{value.lexical!r} is no code of {claim.property}", where=claim.subject)
        return NamedNode(code_iri(scheme, value.lexical))
    literal = _LITERALS.get(value.kind)
    if literal is None:
        raise ValidationError(f"the {value.kind} {value.lexical!r} was not resolved to a thing", where=claim.subject)
    return literal(value.lexical)
