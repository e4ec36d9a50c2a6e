"""Cutting a paper into matters (a § item, an item A/B, a numbered item, a headed section) and sections.

A section is what stands under one heading; its kind tells whether its words propose, decide, tell of the past or
lie outside.  A matter is one case: facts do not leak between matters; what stands before the first matter is
common to all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.view import View
from kg.lexicon import Lexicon, fold
from kg.model import Block

_PARAGRAPH_SIGN = re.compile(r"^\s*§+\s*(\d+)\s*[.:]?\s*")
_LETTERED = re.compile(
    r"^\s*(?:ärende|punkt|fråga)\s+([A-ZÅÄÖ]|\d+)\s*[:.)]?\s*|^\s*([A-F])[.)]\s+(?=[A-ZÅÄÖ0-9])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*(\d{1,2})[.)]\s+(?=\S)")
_NUMBERING = re.compile(r"^\s*(?:§+\s*\d+\s*[.:]?|\d{1,2}(?:\.\d{1,2})*[.)]?|[A-Fa-f][.)]|#+)\s+")
_BRACKETED = re.compile(r"\s*\([^()]{1,12}\)\s*$")

# Which kinds of section heading bear on whether something is decided.
KINDS = (
    "proposal",
    "decision",
    "history",
    "debate",
    "grounds",
    "conditions",
    "partners",
    "outside",
    "generic",
)


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading: ``kinds`` of the heading (empty: not in the lexicon), offsets, and the heading."""

    kinds: tuple[str, ...]
    start: int
    end: int
    heading: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Matter:
    """One case of the paper, with the heading that opens it (None where the whole paper is one)."""

    index: int
    start: int
    end: int
    heading: tuple[int, int] | None
    style: str


def strip_numbering(text: str) -> str:
    return _NUMBERING.sub("", text, count=1).strip()


def heading_kinds(lexicon: Lexicon, text: str) -> tuple[str, ...]:
    """The kinds of a heading by the lexicon."""
    found = lexicon.labels("headings").match(_BRACKETED.sub("", strip_numbering(text)))
    return tuple(k for k in KINDS if k in found)


def cut_sections(view: View, lexicon: Lexicon) -> list[Section]:
    """Sections in order, covering the paper.  A paragraph that leads a list ("Styrelsen beslutar att") opens one too."""
    starts: list[tuple[int, tuple[str, ...], tuple[int, int] | None]] = [(0, (), None)]
    for index, block in enumerate(view.blocks):
        text = view.document.block_text(block)
        if block.kind == "heading":
            kinds = heading_kinds(lexicon, text)
            if not kinds and outcome_heading(lexicon, text):
                continue
            starts.append((block.start, kinds, (block.start, block.end)))
        elif block.kind in ("paragraph", "field") and len(text) < 160:
            kinds = heading_kinds(lexicon, text)
            opens = kinds and ("proposal" in kinds or "decision" in kinds or len(text) < 40)
            following = view.blocks[index + 1] if index + 1 < len(view.blocks) else None
            if opens and (
                following is None or following.kind == "list_item" or text.rstrip().endswith(":") or len(text) < 40
            ):
                starts.append((block.start, kinds, (block.start, block.end)))
    starts.sort(key=lambda row: row[0])
    starts = _keep_proposing(view, starts)
    ends = [s[0] for s in starts[1:]] + [len(view.text)]
    return [
        Section(kinds, start, end, heading)
        for (start, kinds, heading), end in zip(starts, ends, strict=True)
        if end > start
    ]


_LEADS = re.compile(r"\b(?:beslutar|beslutade|föreslår|beslutas|besluta)\b", re.IGNORECASE)


def _keep_proposing(
    view: View, starts: list[tuple[int, tuple[str, ...], tuple[int, int] | None]]
) -> list[tuple[int, tuple[str, ...], tuple[int, int] | None]]:
    """'Nämnden beslutar att' right below 'Förslag till beslut' leads the list that is proposed: no decision yet."""
    kept: list[tuple[int, tuple[str, ...], tuple[int, int] | None]] = []
    for start, kinds, heading in starts:
        if kept and "decision" in kinds and "proposal" in kept[-1][1] and heading is not None:
            words = view.text[heading[0] : heading[1]]
            between = view.text[kept[-1][2][1] : start] if kept[-1][2] else ""
            if _LEADS.search(words) and len(between) < 400:
                kinds = ("proposal",)
        kept.append((start, kinds, heading))
    return kept


def cut_matters(view: View, lexicon: Lexicon, acts: list[int]) -> list[Matter]:
    """Matters in order; ``acts`` are offsets of decision verbs, which tell real matters from mere numbering."""
    styles: dict[str, list[tuple[int, int]]] = {"sign": [], "letter": [], "number": [], "title": []}
    for block in view.blocks:
        text = view.document.block_text(block)
        if block.kind in ("heading", "list_item", "paragraph") and _PARAGRAPH_SIGN.match(text) and len(text) < 200:
            styles["sign"].append((block.start, block.end))
        elif block.kind == "heading":
            if _LETTERED.match(text):
                styles["letter"].append((block.start, block.end))
            elif _NUMBERED.match(text) and not heading_kinds(lexicon, text):
                styles["number"].append((block.start, block.end))
            elif not heading_kinds(lexicon, text) and not outcome_heading(lexicon, text) and _may_title(view, block):
                styles["title"].append((block.start, block.end))
    one_labelled = _labelled_projects(view, lexicon) == 1
    for style, heads in styles.items():
        if not heads or (style == "title" and one_labelled):
            continue
        ends = [h[0] for h in heads[1:]] + [len(view.text)]
        living = [(h, e) for h, e in zip(heads, ends, strict=True) if any(h[0] <= a < e for a in acts)]
        if style == "title" and view.document.media_type != "text/html":
            living = [(h, e) for h, e in living if _is_named_again(view, h, e)]
        alive = len(living)
        if style == "sign" or (style == "letter" and len(heads) >= 2 and alive >= 1) or alive >= 2:
            return _matters(view, heads, ends, style)
    return [Matter(0, 0, len(view.text), None, "whole")]


def _may_title(view: View, block: Block) -> bool:
    text = view.document.block_text(block).rstrip()
    return not text.endswith((":", "?")) and block.end - block.start < 160


def _is_named_again(view: View, head: tuple[int, int], end: int) -> bool:
    """Whether the heading's first words stand again below it, as those of a matter named after its project do."""
    words = re.split(r"[,:(–]", view.text[head[0] : head[1]])[0].strip().casefold()
    return len(words) > 3 and words in view.text[head[1] : end].casefold()


def _labelled_projects(view: View, lexicon: Lexicon) -> int:
    labels = lexicon.labels("labels")
    fields = [b for b in view.blocks if b.kind == "field" and len(b.cells) == 2]
    return sum("project" in labels.match(view.text[b.cells[0].start : b.cells[0].end]) for b in fields)


def _matters(view: View, heads: list[tuple[int, int]], ends: list[int], style: str) -> list[Matter]:
    found = [Matter(i, h[0], e, h, style) for i, (h, e) in enumerate(zip(heads, ends, strict=True))]
    return found


def outcome_heading(lexicon: Lexicon, text: str) -> bool:
    """Whether a heading only names the outcome ("AVSLAG:"); it goes on with the section above."""
    words = fold(text).rstrip(":. ")
    return any(words in lexicon.words("labels", key) for key in ("granted_words", "rejected_words", "other_words"))


def section_at(sections: list[Section], offset: int) -> Section:
    for section in sections:
        if section.start <= offset < section.end:
            return section
    return sections[-1]


def is_generic_heading(lexicon: Lexicon, text: str) -> bool:
    return bool(heading_kinds(lexicon, text)) or outcome_heading(lexicon, text) or len(fold(strip_numbering(text))) < 3
