"""Which papers have nearly the same text, where some papers have changed (``kg.resolve.copies``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.model import Extraction, Judgement
from kg.pipeline.notes import Notes
from kg.resolve.copies import ALIKE, MANY, PROBES, Told, estimate_likeness, judge_pair, tell_papers
from kg.resolve.nodes import gather_nodes


def count_holders(notes: Notes, sketches: Iterable[tuple[int, ...]]) -> dict[int, int]:
    """How many papers have each of the hashes by which papers are looked up."""
    return {probe: len(notes.holders(probe)) for sketch in sketches for probe in sketch[:PROBES]}


def uncovered(notes: Notes, before: dict[int, int]) -> set[str]:
    """The papers that have a hash which has come to be, or ceased to be, one of too many; ``before``: what
    ``count_holders`` gave before the change."""
    found: set[str] = set()
    for probe, count in before.items():
        holders = notes.holders(probe)
        if (count > MANY) != (len(holders) > MANY):
            found.update(holders)
    return found


def judge_again(notes: Notes, documents: Iterable[str], load: Callable[[str], Extraction]) -> Iterator[Judgement]:
    """The judgements on each pair of papers of which one is among ``documents``."""
    told: dict[str, Told] = {}

    def tell(document: str) -> Told:
        if document not in told:
            iris = notes.nodes_of(document)
            told[document] = tell_papers(gather_nodes([load(document)]), iris).get(document, Told())
        return told[document]

    for left, right in sorted({tuple(sorted((d, o))) for d in documents for o in _near(notes, d)}):
        likeness = estimate_likeness(notes.sketch(left), notes.sketch(right))
        if likeness >= ALIKE:
            yield judge_pair(left, right, likeness, tell(left), tell(right))


def _near(notes: Notes, document: str) -> set[str]:
    groups = map(notes.holders, notes.sketch(document)[:PROBES])
    return {other for group in groups if len(group) <= MANY for other in group} - {document}
