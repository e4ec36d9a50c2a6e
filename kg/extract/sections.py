"""Cutting a paper into matters (a § item, an item A/B, a numbered item, a headed section) and sections.

A section is what stands under one heading; its kind tells whether its words propose, decide, tell of the past or
lie outside.  A matter is one case: facts do not leak between matters; what stands before the first matter is
common to all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.cuewords import cue_pattern
from kg.extract.outcomes import outcome_names
from kg.extract.view import View
from kg.lexicon import ONE_PAPER, Lexicon, fold, shape
from kg.model import Block

_PARAGRAPH_SIGN = shape("sections", "paragraph_sign")
_LETTERED = shape("sections", "lettered")
_NUMBERED = re.compile(r"^\s*(\d{1,2})[.)]\s+(?=\S)")
_DOTTED = re.compile(r"^\s*\d{1,3}\.\d{1,2}[.)]?\s+(?=\S)")
_ONLY_NUMBER = shape("sections", "only_number")
_NUMBERING = shape("sections", "numbering")
_PROPOSED_TO = shape("sections", "proposed_to")
_DEPARTMENT = shape("sections", "department")
_BRACKETED = re.compile(r"\s*\([^()]{1,12}\)\s*$")

MARKED = ("text/html", "text/markdown")  # forms whose headings are marked as such

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
    "agenda",
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
    m = _NUMBERING.match(text)
    return (text[m.end() :] if m else text).strip()


def _without_bracket(text: str) -> str:
    return _BRACKETED.sub("", text) if ")" in text else text


@lru_cache(maxsize=ONE_PAPER)
def heading_kinds(lexicon: Lexicon, text: str) -> tuple[str, ...]:
    """The kinds of a heading by the lexicon."""
    found = lexicon.labels("headings").match(_without_bracket(strip_numbering(text)))
    return tuple(k for k in KINDS if k in found)


def cut_sections(view: View, lexicon: Lexicon) -> list[Section]:
    """Sections in order, covering the paper.  A paragraph that leads a list opens one too."""
    starts: list[tuple[int, tuple[str, ...], tuple[int, int] | None]] = [(0, (), None)]
    for index, block in enumerate(view.blocks):
        text = view.document.block_text(block)
        if block.kind == "heading":
            kinds = heading_kinds(lexicon, text)
            if not kinds and outcome_heading(lexicon, text):
                continue
            starts.append((block.start, kinds, (block.start, block.end)))
        elif block.kind == "list_item" and starts[-1][1] and _opens_item(view, lexicon, index):
            starts.append((block.start, (), None))
        elif (
            block.kind == "paragraph"
            and ":" in text
            and (led := _RUN_IN.match(text))
            and _proposes(lexicon, led.group(1))
        ):
            starts.append((block.start, ("proposal",), (block.start, block.start + led.end(1))))
            starts.append((block.end, (), None))
        elif (
            block.kind == "field"
            and len(block.cells) == 2
            and _proposes(lexicon, view.text[block.cells[0].start : block.cells[0].end])
        ):
            starts.append((block.start, ("proposal",), (block.start, block.cells[0].end)))
            starts.append((block.end, (), None))
        elif block.kind in ("paragraph", "field") and len(text) < 160:
            kinds = heading_kinds(lexicon, text)
            opens = kinds and ("proposal" in kinds or "decision" in kinds or len(text) < 40)
            following = view.blocks[index + 1] if index + 1 < len(view.blocks) else None
            if opens and (
                following is None
                or following.kind == "list_item"
                or text.rstrip().endswith(":")
                or len(text) < (60 if _PROPOSED_TO.search(text) else 40)
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


# a heading on the line of what it heads: 'Förslag till beslut: Projektet beviljas 300 000 kr.'
_RUN_IN = re.compile(r"([A-ZÅÄÖ][^:.\t\n]{5,44}):\s+(?=[A-ZÅÄÖa-zåäö])")


def _proposes(lexicon: Lexicon, label: str) -> bool:
    return "proposal" in heading_kinds(lexicon, label)


def _opens_item(view: View, lexicon: Lexicon, index: int) -> bool:
    """Whether a list item is the title of a matter of its own, at which the section above it ends."""
    if view.document.block_text(view.blocks[index]).rstrip().endswith("."):
        return False  # a sentence
    style = _head_style(view, lexicon, view.blocks[index], [])
    following = view.blocks[index + 1] if index + 1 < len(view.blocks) else None
    return (
        style not in (None, "title") and following is not None and following.kind in ("paragraph", "field", "heading")
    )


_LEADS = shape("sections", "leads")


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
    """Matters in order; ``acts`` are offsets of decision verbs, which tell real matters from mere numbering.

    Heads are titles with a number, letter or paragraph sign; a matter may lie within another (§ 61, then 61.1).
    Titles without a number are heads where several of them stand above decisions.
    """
    heads = [(block, style) for block in view.blocks if (style := _head_style(view, lexicon, block, acts)) is not None]
    numbered = [(b, s) for b, s in heads if s != "title"]
    living = _living(view, lexicon, numbered, acts)
    styles = {s for _, s in living}
    if any(s == "sign" for _, s in numbered):
        styles.add("sign")
    kept = _without_repeats(view, [(b, s) for b, s in numbered if s in styles], acts)
    if kept and ("sign" in styles or len(living) >= 2):
        return _matters(view, lexicon, kept)
    if _labelled_projects(view, lexicon) != 1:
        titles = [(b, s) for b, s in heads if s == "title"]
        living = _living(view, lexicon, titles, acts)
        announced = len(living) >= 2 and _announces(view, lexicon, living[0][0])
        if view.document.media_type != "text/html" and not announced and not _is_newsletter(view, lexicon):
            ends = {b.start: e for b, _, e in _extents(view, titles)}
            marked = view.document.media_type in MARKED
            living = [
                (b, s)
                for b, s in living
                if _is_named(view, b, ends[b.start]) or marked and _names_project(view, lexicon, b)
            ]
        if len(living) >= 2:
            return _matters(view, lexicon, titles)
    return [Matter(0, 0, len(view.text), None, "whole")]


def _names_project(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Whether a heading says of what project it is: 'Medfinansiering av projektet X'."""
    return next(cue_pattern(lexicon).finditer(view.text, block.start, block.end), None) is not None


_SEVERAL = shape("titles", "several")


def _announces(view: View, lexicon: Lexicon, first: Block) -> bool:
    """Whether the first title, or what stands above it, says that projects which got money follow."""
    if _SEVERAL.search(view.text, first.start, first.end):
        return True
    granted = lexicon.pattern("lists", "granted")
    return bool(_SEVERAL.search(view.text, 0, first.start) and granted.search(view.text, 0, first.start))


_MASTHEAD = 500


def _is_newsletter(view: View, lexicon: Lexicon) -> bool:
    """Whether the head of a text says that it holds news, each under its title."""
    words = lexicon.words("lists", "newsletters")
    head = view.text[:_MASTHEAD].casefold()
    return any(word in head for word in words)


def _without_repeats(view: View, heads: list[tuple[Block, str]], acts: list[int]) -> list[tuple[Block, str]]:
    """Heads without the bare numbers ('RS § 214', 'AU § 150') that stand below a head of the same matter."""
    kept: list[tuple[Block, str]] = []
    for block, style in heads:
        if style == "sign" and kept and not strip_numbering(view.document.block_text(block)):
            above = kept[-1][0]
            apart = view.block_index(block.start) - view.block_index(above.start)
            if apart <= 10 and not any(above.end <= a < block.start for a in acts):
                continue
        kept.append((block, style))
    return kept


def _head_style(view: View, lexicon: Lexicon, block: Block, acts: list[int]) -> str | None:
    """How a block may head a matter: ``sign dotted letter number title``; None where it cannot."""
    if block.kind not in ("heading", "list_item", "paragraph") or block.end - block.start > 220:
        return None
    text = view.document.block_text(block)
    if _PARAGRAPH_SIGN.match(text) and (block.kind == "heading" or block.end - block.start < 120):
        return "sign"
    kinds = heading_kinds(lexicon, text)
    if kinds and kinds != ("agenda",) or outcome_heading(lexicon, text) or not _may_title(view, block, acts):
        return None
    for style, pattern in (("dotted", _DOTTED), ("letter", _LETTERED), ("number", _NUMBERED)):
        if pattern.match(text) and len(strip_numbering(text)) > 2:
            return style
    return "title" if block.kind == "heading" else None


def _extents(view: View, heads: list[tuple[Block, str]]) -> list[tuple[Block, str, int]]:
    ends = [b.start for b, _ in heads[1:]] + [len(view.text)]
    return [(b, s, e) for (b, s), e in zip(heads, ends[: len(heads)], strict=True)]


def _living(view: View, lexicon: Lexicon, heads: list[tuple[Block, str]], acts: list[int]) -> list[tuple[Block, str]]:
    """The heads below which something is decided, or an applicant or sum is labelled."""
    labels = lexicon.labels("labels")
    fields = [
        b.start
        for b in view.blocks
        if b.kind == "field"
        and {"beneficiary", "applied"} & set(labels.match(view.text[b.cells[0].start : b.cells[0].end]))
    ]
    return [
        (b, s)
        for b, s, e in _extents(view, heads)
        if any(b.end <= a < e for a in acts) or any(b.end <= f < e for f in fields)
    ]


def _may_title(view: View, block: Block, acts: list[int]) -> bool:
    """Whether a block reads as a title: short, no sentence, no decision verb, a capital or digit first."""
    text = view.document.block_text(block).rstrip()
    bare = strip_numbering(text).lstrip('"”“»')
    if text.endswith((":", "?", ".", ",", ";")) or block.end - block.start > 170 or not bare:
        return False
    if bare == text and _DEPARTMENT.fullmatch(bare):
        return False
    return (bare[0].isupper() or bare[0].isdigit()) and not any(block.start <= a < block.end for a in acts)


def _is_named(view: View, block: Block, end: int) -> bool:
    """Whether the title's first words stand again below it, or it is printed in capitals, as matters named after
    their project are."""
    text = view.document.block_text(block)
    words = re.split(r"[,:(–]", text)[0].strip()
    return len(words) > 3 and (words.casefold() in view.text[block.end : end].casefold() or words.isupper())


def _matters(view: View, lexicon: Lexicon, heads: list[tuple[Block, str]]) -> list[Matter]:
    """Matters from their heads; numbers printed on lines of their own above a head belong to it."""
    starts = [_with_numbers_above(view, b) for b, _ in heads]
    if heads and starts[0] == heads[0][0].start and _ends_with_number(view, lexicon, heads, starts):
        starts = [b.start for b, _ in heads]
    ends = [*starts[1:], len(view.text)]
    ends = [min(e, _end_by_level(view, b, s, e)) for (b, s), e in zip(heads, ends, strict=True)]
    matters = [Matter(i, starts[i], ends[i], (b.start, b.end), s) for i, (b, s) in enumerate(heads)]
    return _resume_paragraphs(view, lexicon, matters)


def _ends_with_number(view: View, lexicon: Lexicon, heads: list[tuple[Block, str]], starts: list[int]) -> bool:
    """Whether numbers close the matters, and open none: no head has one above it that closes no sentence, and the text
    of the first matter that one follows ends in its number: 'Dnr 2019/31.'"""
    above = [view.block_at(s) for s, (b, _) in zip(starts, heads, strict=True) if s != b.start]
    return bool(above) and all(view.document.block_text(b).rstrip().endswith(".") for b in above)


def _resume_paragraphs(view: View, lexicon: Lexicon, matters: list[Matter]) -> list[Matter]:
    """Matters with the last of a paragraph's items ended where the paragraph goes on below its list: at the first
    heading of a section, 'Nämnden beslutar', where no item before it holds one; what follows is the paragraph's."""
    cut: list[Matter] = []
    paragraph: Matter | None = None
    for index, matter in enumerate(matters):
        last = index + 1 == len(matters) or matters[index + 1].style == "sign"
        paragraph = matter if matter.style == "sign" else paragraph
        cut.append(matter)
        items = [m for m in cut if paragraph is not None and m.start > paragraph.start and m.style == matter.style]
        if not last or paragraph is None or matter is paragraph or len(items) < 2:
            continue
        if any(_first_section(view, lexicon, m) is not None for m in items[:-1]):
            continue
        resumed = _first_section(view, lexicon, matter)
        if resumed is not None:
            cut[-1] = replace(matter, end=resumed)
            cut.append(replace(paragraph, start=resumed, end=matter.end))
    return [replace(m, index=i) for i, m in enumerate(cut)]


def _first_section(view: View, lexicon: Lexicon, matter: Matter) -> int | None:
    """Where the first heading of a section stands within a matter."""
    for block in view.blocks[view.block_index(matter.start) :]:
        if block.start >= matter.end:
            return None
        if block.kind == "heading" and heading_kinds(lexicon, view.document.block_text(block)):
            return block.start
    return None


def _end_by_level(view: View, head: Block, style: str, end: int) -> int:
    """Where a heading stands that is above the matter's own: 'Fakta om stödet' ends a page's list before it, and
    '7. Ändringar' ends 6.4."""
    paged = view.document.media_type in MARKED
    if head.kind != "heading" or not head.level or not (paged or style == "dotted"):
        return end
    for block in view.blocks[view.block_index(head.start) + 1 :]:
        if block.start >= end:
            break
        above = block.kind == "heading" and 0 < block.level < head.level
        if above and (paged or _NUMBERED.match(view.document.block_text(block))):
            return block.start
    return end


def _with_numbers_above(view: View, head: Block) -> int:
    index = view.block_index(head.start)
    start = head.start
    for back in range(1, 3):
        if index - back < 0:
            break
        above = view.blocks[index - back]
        short = above.kind in ("paragraph", "field") and above.end - above.start < 50
        if not short or not (
            view.spans_in(above.start, above.end, "diary_number", "case_id")
            or _ONLY_NUMBER.fullmatch(view.document.block_text(above))
        ):
            break
        start = above.start
    return start


def _labelled_projects(view: View, lexicon: Lexicon) -> int:
    labels = lexicon.labels("labels")
    fields = [b for b in view.blocks if b.kind == "field" and len(b.cells) == 2]
    return sum("project" in labels.match(view.text[b.cells[0].start : b.cells[0].end]) for b in fields)


def outcome_heading(lexicon: Lexicon, text: str) -> bool:
    """Whether a heading only names the outcome ("AVSLAG:"); it goes on with the section above."""
    return len(text) <= _LONGEST_OUTCOME and fold(text).rstrip(":. ") in outcome_names(lexicon)


_LONGEST_OUTCOME = 60  # characters: no list of outcomes holds a longer one


def section_at(sections: list[Section], offset: int) -> Section:
    for section in sections:
        if section.start <= offset < section.end:
            return section
    return sections[-1]


def is_generic_heading(lexicon: Lexicon, text: str) -> bool:
    return bool(heading_kinds(lexicon, text)) or outcome_heading(lexicon, text) or len(fold(strip_numbering(text))) < 3
