"""What the next build must know of each node to tell what a change of some papers touches.

Nodes that may ever be compared, that may bear one IRI, or of which one stands in the case of the other share a key.  So
what papers say is divided into parts that share none: each is resolved as if there were no others, but for the things
that it names (``kg.resolve.basis``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain

from kg.resolve.conflicts import Finding
from kg.resolve.lines import resolve_lines
from kg.resolve.minting import Own
from kg.resolve.nodes import Node, ProjectFacts
from kg.resolve.past import Past
from kg.resolve.projects import meeting_keys
from kg.resolve.resolution import Gathered, Resolved, cases_of
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
    keys = _find_keys(resolved.nodes, resolved.facts, resolved.work.owns)
    for trail in trace_outcome(resolved):
        said = resolved.basis.sayings.count(resolved.nodes[trail.node])
        yield replace(trail, keys=frozenset(map(hash_key, keys[trail.node])), said=said)


def trace_outcome(resolved: Resolved) -> Iterator[NodeTrail]:
    """The same without keys and without what the nodes say."""
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
    for id in resolved.nodes:
        iri = resolved.work.iris[id]
        yield NodeTrail(id, iri, frozenset(), Counter(), rules.get(id, Counter()), tuple(findings.get(id, ())))


def trace_keys(part: Gathered, past: Past) -> dict[str, frozenset[int]]:
    """The keys of each node of whole papers, before they are resolved."""
    _, line_owns = resolve_lines(part.nodes, lambda _: None, part.project_owns, part.act_owns, past)
    keys = _find_keys(part.nodes, part.facts, {**part.project_owns, **part.act_owns, **line_owns})
    return {id: frozenset(map(hash_key, of)) for id, of in keys.items()}


def _find_keys(
    nodes: Mapping[str, Node], facts: Mapping[str, ProjectFacts], owns: Mapping[str, tuple[Own, ...]]
) -> dict[str, set[str]]:
    keys = {id: {f"iri\n{level}" for own in owns[id] for level in own.levels()} for id in nodes}
    for id in keys.keys() & facts.keys():
        keys[id] |= meeting_keys(facts[id])
    for node in nodes.values():
        for target in cases_of(node):
            if target in keys:
                keys[node.id].add(f"node\n{target}")
                keys[target].add(f"node\n{target}")
    return keys


def hash_key(key: str) -> int:
    """63 bits: that two keys share them makes parts larger than need be, and nothing wrong."""
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1
