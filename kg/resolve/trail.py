"""What the next build must know of each node to tell what a change of some papers touches.

Nodes that may ever be compared, that may bear one IRI, or of which one stands in the case of the other share a key.  So
what papers say is divided into parts that share none: each is resolved as if there were no others, but for the things
that it names (``kg.resolve.basis``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain

from kg.resolve.conflicts import Finding
from kg.resolve.nodes import Node
from kg.resolve.projects import meeting_keys
from kg.resolve.resolution import Resolved
from kg.terms import OF_VALUE

RuleUse = tuple[str, int, float]
"""Name, version and confidence of a rule."""


@dataclass(frozen=True, slots=True)
class NodeTrail:
    """``keys``: the hashes of its keys; ``said``: kind, identity and name of each thing that it names, counted;
    ``rules``: by which its claims were read, counted; ``findings``: issues between papers that are put down to it."""

    node: str
    iri: str
    keys: frozenset[int]
    said: Counter[tuple[str, str, str]]
    rules: Counter[RuleUse]
    findings: tuple[Finding, ...]


def trace(resolved: Resolved) -> Iterator[NodeTrail]:
    """The trail of each node that was resolved, in order."""
    keys = {id: _own_keys(id, resolved) for id in resolved.nodes}
    for node in resolved.nodes.values():
        for target in _cases(node):
            if target in keys:
                keys[node.id].add(f"node\n{target}")
                keys[target].add(f"node\n{target}")
    rules: dict[str, Counter[RuleUse]] = {}
    stated = (c.claim for c in resolved.resolution.claims if c.property not in OF_VALUE)
    # a number that is not the organisation's is no fact
    numbers = (claim for _, claim in resolved.basis.numbers(resolved.nodes.values()))
    for claim in chain(stated, numbers):
        words = claim.evidence
        of = rules.setdefault(f"{words.document}#{claim.subject}", Counter())
        of[words.rule, words.rule_version, words.confidence] += 1
    findings: dict[str, list[Finding]] = {}
    for finding in resolved.findings:
        findings.setdefault(finding.node, []).append(finding)
    for id, node in resolved.nodes.items():
        yield NodeTrail(
            id,
            resolved.work.iris[id],
            frozenset(map(hash_key, keys[id])),
            resolved.basis.sayings.count(node),
            rules.get(id, Counter()),
            tuple(findings.get(id, ())),
        )


def _own_keys(node: str, resolved: Resolved) -> set[str]:
    keys = {f"iri\n{level}" for own in resolved.work.owns[node] for level in own.levels()}
    if node in resolved.facts:
        keys |= meeting_keys(resolved.facts[node])
    return keys


def _cases(node: Node) -> Iterator[str]:
    """The projects and acts in whose case the node stands."""
    if node.kind != "project":
        yield from node.targets("project")
        yield from node.targets("decision")


def hash_key(key: str) -> int:
    """63 bits: that two keys share them makes parts larger than need be, and nothing wrong."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1
