"""The anchors that stand in the paper itself: heads of matters, headings, labels, tables, verbs, language."""

from __future__ import annotations

import re

from kg.extract.columns import table_columns
from kg.extract.context import Paper
from kg.extract.sections import section_at
from kg.extract.tables import Grid, cell_text, column_roles
from kg.extract.view import View
from kg.forms.language import tell_language
from kg.lexicon import Lexicon

_LABELLED = re.compile(r"(?:[•*–-]\s*)?([^:\t.\n]{2,40}):\s+(?=\S)")
_YEAR_HEAD = re.compile(r"(?:år\s+)?(?:19|20)\d\d")
_NOT_LABELS = frozenset({"missing", "sum_rows", "granted_words", "rejected_words", "other_words"})
PROSE = ("paragraph", "list_item")


def seen_anchors(view: View, lexicon: Lexicon, paper: Paper) -> set[str]:
    """The anchors of the kinds outside ``SAID``."""
    found = {f"head:{matter.style}" for matter in paper.matters}
    found |= {f"section:{kind}" for s in paper.sections for kind in s.kinds if s.heading is not None}
    found |= {f"label:{group}" for group in _labels(view, lexicon, paper.grids)}
    found |= {f"table:{table_kind(view, lexicon, grid)}" for grid in paper.grids}
    found |= {f"verb:{place}" for place in _verb_places(paper)}
    code, _, _ = tell_language(lexicon, read_prose(view))
    return found | ({f"language:{code}"} if code else set())


def read_prose(view: View) -> str:
    """The paper's paragraphs and list items."""
    return "\n".join(view.document.block_text(b) for b in view.blocks if b.kind in PROSE)


def _labels(view: View, lexicon: Lexicon, grids: list[Grid]) -> set[str]:
    labels = lexicon.labels("labels")
    found: set[str] = set()
    for block in view.blocks:
        if block.kind == "field" and block.cells:
            found.update(labels.match(view.text[block.cells[0].start : block.cells[0].end]))
        elif block.kind in PROSE and (m := _LABELLED.match(view.document.block_text(block))):
            found.update(labels.match(m.group(1)))
    for grid in grids:
        for cell in grid.rows[grid.head] if grid.head >= 0 else ():
            found.update(column_roles(lexicon, cell_text(view, cell)))
    return found - _NOT_LABELS


def table_kind(view: View, lexicon: Lexicon, grid: Grid) -> str:
    """``projects``, ``financing``, ``costs``, ``years`` or ``other``."""
    if table_columns(view, lexicon, grid):
        return "projects"
    heads = [cell_text(view, c) for c in grid.rows[grid.head]] if grid.head >= 0 else []
    caption = grid.caption.rpartition("·")[2].strip()
    roles = {r for head in [*heads[:1], caption] for r in column_roles(lexicon, head)}
    for role, kind in (("funder", "financing"), ("cost_item", "costs")):
        if role in roles:
            return kind
    if sum(bool(_YEAR_HEAD.fullmatch(h)) for h in heads) >= 2:
        return "years"
    return "other"


def _verb_places(paper: Paper) -> set[str]:
    found = set()
    for trigger in paper.triggers:
        kinds = section_at(paper.sections, trigger.start).kinds
        found.add(next((k for k in ("decision", "proposal", "history") if k in kinds), "elsewhere"))
    return found
