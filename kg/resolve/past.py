"""The names that things had in a graph that was built before an organisation came into a register of the user's own.

A row of such a register gives an organisation a key, which then stands in the IRIs of what names it.  The IRIs of
before lead on, and judgements on them are heard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice, product

from kg.model import Claim, Value
from kg.resolve.names import organisation_key
from kg.resolve.nodes import Node, value_key

KeyOf = Callable[[Value], str]
"""What tells one thing from another, as ``kg.resolve.nodes.value_key``."""
Past = Mapping[str, tuple[str, ...]]
"""The keys that a user's own registers give, each with the names that it gives them to."""

# What of an organisation stands in the IRIs of others.
NAMING = ("authority", "beneficiary", "funder")
# Of so many organisations at once, written in so many ways, the past is told.
_MOST = 16


def past_keys(nodes: Iterable[Node], past: Past) -> list[KeyOf]:
    """For each graph of the past, which knew some of the organisations that ``nodes`` name by their names alone, what
    told one thing from another there; ``value_key`` is not among them."""
    if not past:
        return []
    names: dict[str, set[str]] = {}
    for node in nodes:
        for claim in (c for property in NAMING for c in node.claims.get(property, ())):
            key = claim.value.key
            if key in past and key is not None:
                names.setdefault(key, set()).update(_written(claim, past[key]))
    ways = [[(key, ""), *((key, name) for name in sorted(names[key]))] for key in sorted(names)]
    return [_key_of(dict(chosen)) for chosen in islice(product(*ways), 1, _MOST + 1)]


def _key_of(names: Mapping[str, str]) -> KeyOf:
    def key_of(value: Value) -> str:
        name = names.get(value.key or "", "") if value.kind == "organisation" else ""
        return f"name:{name}" if name else value_key(value)

    return key_of


def _written(claim: Claim, names: tuple[str, ...]) -> set[str]:
    """The names that stand in the words of a claim, in normal form; all where none does."""
    quote = claim.evidence.quote.casefold()
    found = [name for name in names if name.casefold() in quote]
    return {organisation_key(name) for name in found or names}

