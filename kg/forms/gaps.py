"""What in a paper alone shows that its words were not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.columns import head_roles
from kg.extract.context import Paper
from kg.extract.tables import Grid, cell_text, is_sum_row
from kg.extract.view import View
from kg.forms.anchors import Finding
from kg.forms.language import ENOUGH, HARDLY_ANY, MANY_WORDS, WORDS_NEEDED, tell_language
from kg.forms.seen import read_prose, table_kind
from kg.lexicon import Lexicon
from kg.model import Cell, Extraction

_MONEY_ROLES = frozenset({"granted", "proposed", "applied", "total", "share"})
_MONEY_RULES = ("amount.", "applied.", "total.", "financing.")
_YEAR_HEAD = re.compile(r"(?:år\s+)?(?:19|20)\d\d")
_LEAST_SECTION = 40
# Proposals that tell what others seek have seven of nine.
_LEAST_LOST = 5
_LOST = 0.8
_LEAST_AMOUNTS = 3
# A bare number is a sum from here on, unless the table says that it counts in thousands.
_LEAST_SUM = 2200


def find_gaps(view: View, lexicon: Lexicon, paper: Paper, extraction: Extraction) -> Iterator[Finding]:
    """The findings, those that tell most first."""
    yield from _silent_section(view, paper, extraction)
    yield from _silent_matters(view, lexicon, paper, extraction)
    yield from _homeless_verbs(view, paper, extraction)
    yield from _unknown_heads(view, lexicon, paper, extraction)
    yield from _lost_amounts(extraction)
    yield from _strange_words(view, lexicon)


def _decides(extraction: Extraction) -> bool:
    return any(c.property == "outcome" for c in extraction.claims)


def _silent_section(view: View, paper: Paper, extraction: Extraction) -> Iterator[Finding]:
    """A heading says that here is decided, nothing below any such heading was understood, and no decision but what is
    proposed elsewhere in the paper.  (A table, or 'i enlighet med förslaget', decides without a verb below it.)"""
    sections = [
        s
        for s in paper.sections
        if "decision" in s.kinds and s.heading is not None and s.end - s.heading[1] >= _LEAST_SECTION
    ]
    decided = any(c.property == "outcome" and not c.value.lexical.startswith("proposed") for c in extraction.claims)
    understood = any(s.start <= t.start < s.end for s in sections for t in paper.triggers)
    if sections and not decided and not understood:
        low, high = sections[0].heading or (0, 0)
        yield Finding(
            "silent_decision",
            f"a decision section is there ({_quoted(view.line(low, high))}) but no decision verb was understood in it",
            "look which verb decides there and add it to data/lexicon/decisions.toml",
            moves=True,
        )


def _silent_matters(view: View, lexicon: Lexicon, paper: Paper, extraction: Extraction) -> Iterator[Finding]:
    """Matters of a project with a sum and a section that decides, of which nothing was understood while others were."""
    acts = [c.evidence.start for c in extraction.claims if c.property == "outcome"]
    silent = []
    for matter in paper.matters if acts else ():
        deciding = [
            s
            for s in paper.sections
            if "decision" in s.kinds and s.heading is not None and matter.start <= s.heading[0] < matter.end
        ]
        told = [t.start for t in paper.triggers] + acts
        if not deciding or matter.heading is None or any(matter.start <= at < matter.end for at in told):
            continue
        if not lexicon.pattern("forms", "matters", "application").search(view.text, matter.start, matter.end):
            continue
        if any(s.value.currency is not None for s in view.spans_in(matter.start, matter.end, "money")):
            silent.append(matter.heading)
    if silent:
        more = f" and {len(silent) - 1} more" if len(silent) > 1 else ""
        yield Finding(
            "silent_matter",
            f"a matter with a sum and a decision section of which no decision was understood:"
            f" {_quoted(view.line(*silent[0]))}{more}",
            "look which verb decides there and add it to data/lexicon/decisions.toml",
            moves=True,
        )


def _homeless_verbs(view: View, paper: Paper, extraction: Extraction) -> Iterator[Finding]:
    # Who pays is told on many pages that decide nothing.
    deciding = [t for t in paper.triggers if t.voice not in ("pay", "receive") or t.governed]
    if deciding and not _decides(extraction):
        first = deciding[0]
        yield Finding(
            "homeless_verb",
            f"a decision verb was understood ({_quoted(view.line(first.start, first.end))})"
            " but no project that it is about",
            "look how the paper names its projects; add the label or word before the name to data/lexicon",
            moves=True,
        )


def _unknown_heads(view: View, lexicon: Lexicon, paper: Paper, extraction: Extraction) -> Iterator[Finding]:
    """Columns of sums under a head that no rule knows, in tables of which no sum was used."""
    # A claim on the row as a whole, such as that it is a decision, rests on its sums without reading them.
    used = [e.start for e in extraction.ledger if e.fate == "claim" and e.reason.startswith(_MONEY_RULES)]
    for grid in paper.grids:
        if grid.head < 0 or table_kind(view, lexicon, grid) == "costs":
            continue
        heads = {c.column: cell_text(view, c) for c in grid.rows[grid.head]}
        roles = {column: head_roles(lexicon, head) for column, head in heads.items()}
        if any(_MONEY_ROLES & set(r) for r in roles.values()):
            continue
        if any(grid.block.start <= low < grid.block.end for low in used):
            continue
        for column, head in sorted(heads.items()):
            if not head or roles[column] or _YEAR_HEAD.fullmatch(head):
                continue
            if _holds_sums(view, lexicon, grid, column):
                yield Finding(
                    "unknown_head",
                    f"a table with a column of sums whose head is unknown: {_quoted(head)}",
                    "add the head to data/lexicon/labels.toml under what it holds (granted, applied, total ...)",
                    moves=True,
                )


def _holds_sums(view: View, lexicon: Lexicon, grid: Grid, column: int) -> bool:
    below = [row for row in grid.rows[grid.head + 1 :] if row]
    rows = [row for row in below if not is_sum_row(lexicon, cell_text(view, row[0]))]
    cells = [c for row in rows for c in row if c.column == column and cell_text(view, c)]
    sums = sum(_is_sum(view, grid, cell) for cell in cells)
    return sums >= 2 and sums * 5 >= len(cells) * 3


def _is_sum(view: View, grid: Grid, cell: Cell) -> bool:
    for span in view.spans_in(cell.start, cell.end, "money", "number"):
        if span.kind == "money" and span.value.currency is not None:
            return True
        if span.value.amount >= _LEAST_SUM or grid.scale > 1:
            return True
    return False


def _lost_amounts(extraction: Extraction) -> Iterator[Finding]:
    foreign = {(i.start, i.end) for i in extraction.issues if i.code == "foreign_currency"}
    money = [e for e in extraction.ledger if e.kind == "money" and (e.start, e.end) not in foreign]
    lost = [e for e in money if e.fate == "issue"]
    if len(lost) >= _LEAST_LOST and len(lost) >= _LOST * len(money):
        yield Finding(
            "lost_amounts",
            f"{len(lost)} of {len(money)} amounts have no role, such as {_quoted(lost[0].quote)}",
            "kg extract --ledger lists them; look which word tells what they are",
            moves=True,
        )
    elif len(money) >= _LEAST_AMOUNTS and not _decides(extraction):
        yield Finding(
            "no_decision",
            f"{len(money)} amounts stand there but no decision was understood",
            "check that the paper decides or proposes at all; if it does, look which words say so",
        )


def _strange_words(view: View, lexicon: Lexicon) -> Iterator[Finding]:
    code, share, words = tell_language(lexicon, read_prose(view))
    if code in ("sv", "en"):
        return
    if code:
        yield Finding(
            "language",
            f"the paper is written in {lexicon.get('forms', 'names', code)}; the rules read Swedish and English",
            "look for a Swedish or English version",
        )
    elif words >= WORDS_NEEDED and share < (HARDLY_ANY if words < MANY_WORDS else ENOUGH / 2):
        yield Finding(
            "language",
            f"hardly any common words in its prose ({round(share * 100)} in a hundred):"
            " a bad scan, or another language",
            "look at the text; scan it again, or take the paper as HTML or text from its publisher",
        )


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line if len(line) <= 60 else line[:59] + '…'}'"
