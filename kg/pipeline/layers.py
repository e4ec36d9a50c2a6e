"""The things that papers name as the notes of a build hold them (``kg.pipeline.notes``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple
from typing import Any

from kg.model import Claim, Entity, Evidence, Extraction, Issue, Judgement, Value
from kg.resolve.basis import Basis, Layer
from kg.resolve.conflicts import Finding
from kg.resolve.identities import ORGANISATION
from kg.resolve.nodes import gather_nodes

Words = dict[str, tuple[str, Claim]]
"""Identity -> the first node that names it, and the claim that does."""


def dump_layer(layer: Layer) -> dict[str, Any]:
    """As JSON holds it."""
    return {
        "entities": [astuple(entity) for entity in layer.entities],
        "told": [[*said, *told] for said, told in layer.told.items()],
        "replaced": layer.replaced,
        "judgements": [astuple(judgement) for judgement in layer.judgements],
        "findings": [[f.document, *astuple(f.issue)] for f in layer.findings],
    }


def load_layer(table: Mapping[str, Any]) -> Layer:
    """What ``dump_layer`` gave."""
    return Layer(
        tuple(
            Entity(iri, kind, label, tuple(labels), key, tuple(nodes), number)
            for iri, kind, label, labels, key, nodes, number in table["entities"]
        ),
        {(kind, own): (place, iri, label, number) for kind, own, place, iri, label, number in table["told"]},
        tuple((old, new) for old, new in table["replaced"]),
        tuple(Judgement(*row) for row in table["judgements"]),
        tuple(Finding("", document, Issue(*row)) for document, *row in table["findings"]),
    )


def dump_words(words: Words) -> dict[str, Any]:
    """As JSON holds it."""
    return {ident: [node, claim.subject, claim.property, *astuple(claim.value), *astuple(claim.evidence)]
            for ident, (node, claim) in words.items()}  # fmt: skip


def load_words(table: Mapping[str, Any]) -> Words:
    """What ``dump_words`` gave."""
    return {
        ident: (row[0], Claim(row[1], row[2], Value(*row[3:7]), Evidence(*row[7:]))) for ident, row in table.items()
    }


def words_of(basis: Basis) -> Words:
    """The words that a basis of nodes needs for its layer."""
    found = basis.identities.words
    return {i: (f"{found[i].evidence.document}#{found[i].subject}", found[i]) for i in sorted(basis.doubted())}


def find_words(
    basis: Basis, users: Callable[[str], Iterable[str]], known: Words, load: Callable[[str], Extraction]
) -> Words:
    """The same for a basis of forms.  ``users``: the nodes that name an identity; ``known``: words of before, which
    hold where the first node is the same; ``load`` gives a paper."""
    found: Words = {}
    for ident in sorted(basis.doubted()):
        first = min(users(ident))
        if ident in known and known[ident][0] == first:
            found[ident] = known[ident]
            continue
        nodes = gather_nodes([load(first.partition("#")[0])])
        basis.identities.read(nodes.values())
        node = nodes[first]
        claims = (c for c in node.all_claims() if c.value.kind == ORGANISATION)
        found[ident] = first, next(c for c in claims if basis.identities.own(c.value, node) == ident)
    return found
