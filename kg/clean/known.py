"""Papers of which the reader knows some blocks (tables, headings, page heads) and lines tell the rest.

So are PDF, Word and OpenDocument files read: their tables are certain, while a heading is often no more than a short
line, and a label with its value is a line with a colon.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.clean.assemble import Draft
from kg.clean.layout import Known, lay_out
from kg.clean.lexicon import layout_words
from kg.clean.lines import plain
from kg.clean.markup import lay_out_marks
from kg.clean.words import LETTER, is_amount
from kg.model import RawDocument

# Forms whose lines are paragraphs: nothing in them wraps.
_UNWRAPPED = frozenset(
    {
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
        "application/rtf",
    }
)
_YEAR = re.compile(r"(?:19|20)\d\d")


def lay_out_known(raw: RawDocument, base: str) -> list[Draft]:
    """The blocks of a paper with marks: those that the marks tell of, and between them what the lines tell."""
    pages = [mark for mark in raw.marks if mark.kind == "page"]
    heads = [(mark.start, mark.end) for mark in raw.marks if mark.kind == "furniture"]
    marks = tuple(mark for mark in raw.marks if mark.kind not in ("page", "skip", "furniture"))
    islands = lay_out_marks(raw.text, base, marks)
    spans = [(mark.start, mark.end) for mark in marks if mark.kind != "cell"]
    for draft in islands:
        if draft.kind == "table":
            _find_head(base, draft)
    drafts = lay_out(base, Known(islands, spans, heads, wrapped=raw.media_type not in _UNWRAPPED))
    if pages:
        starts = [page.start for page in pages]
        for draft in drafts:
            draft.page = pages[max(0, bisect_right(starts, _start(draft)) - 1)].level
    return drafts


def _start(draft: Draft) -> int:
    return next(cell[0][0] for row in draft.rows for cell in row if cell)


def _find_head(base: str, draft: Draft) -> None:
    """Mark the first full row as the head where its words say so and the reader knows of none."""
    if any(header for row in draft.columns for _, header in row):
        return
    texts = [[" ".join(plain(base, a, b) for a, b, _ in cell) for cell in row] for row in draft.rows]
    for r, row in enumerate(texts[:-1]):
        filled = [text for text in row if text]
        if len(filled) < 2:
            continue
        if any(is_amount(text) and not _YEAR.fullmatch(text) for text in filled[1:]):
            return
        words = layout_words()
        known = sum(text.casefold().rstrip(":") in words.heads | words.labels for text in filled)
        if (known and all(LETTER.search(t) for t in filled)) or any(is_amount(other[-1]) for other in texts[r + 1 :]):
            for k, other in enumerate(texts):
                if k == r or other == row:  # a head may come again on the next page
                    draft.columns[k] = [(column, True) for column, _ in draft.columns[k]]
        return
