"""Entries that stand in groups under the name of a county or a municipality: 'Skåne län', then its projects."""

from __future__ import annotations

from kg.extract.acts import Act
from kg.extract.frame import found_span
from kg.extract.view import View
from kg.model import Block, TypedSpan

_LONGEST = 60


def fill_place_groups(view: View, acts: list[Act]) -> None:
    """Give each entry the place that stands alone above it, where at least two such lines divide the paper."""
    placed = [view.blocks[index] for index in view.blocks_of("county", "municipality")]
    groups = [(block, span) for block in placed if (span := _place_alone(view, block)) is not None]
    if len({fold_name(span) for _, span in groups}) < 2:
        return
    for act in acts:
        if act.lists.get("county") or not act.inherit:
            continue
        above = [(block, span) for block, span in groups if block.start < act.start]
        if not above or _is_ended(view, above[-1][0], _title_start(act)):
            continue
        block, span = above[-1]
        act.append(span.kind, found_span(span.kind, span, "place.phrase", start=block.start))


def fold_name(span: TypedSpan) -> str:
    return str(span.value.canonical).casefold()


def _title_start(act: Act) -> int:
    matter = act.matter
    return matter.heading[0] if matter is not None and matter.heading is not None else act.start


def _place_alone(view: View, block: Block) -> TypedSpan | None:
    """The county or municipality that is all that a heading or a short line says."""
    if block.kind not in ("heading", "paragraph") or block.end - block.start > _LONGEST:
        return None
    words = view.line(block.start, block.end).strip(" :.")
    for span in view.spans_in(block.start, block.end, "county", "municipality"):
        if view.line(span.start, span.end).strip() == words:
            return span
    return None


def _is_ended(view: View, group: Block, low: int) -> bool:
    """Whether another heading of the group's rank, or of a higher one, stands between it and an entry."""
    if group.kind != "heading":
        return False
    between = view.blocks[view.block_index(group.start) + 1 : view.block_index(low)]
    return any(b.kind == "heading" and 0 < b.level <= group.level for b in between)
