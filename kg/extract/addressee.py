"""To whom a decision letter is written: the name that stands alone in its head, 'Till X', or above an address."""

from __future__ import annotations

from itertools import pairwise

from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Block, TypedSpan
from kg.phrases import find_words, places_of

HEAD = 14
_TO = shape("addressee", "to")
_TITLE = shape("addressee", "title")
_A_DEPARTMENT = shape("addressee", "a_department")
_POSTAL = shape("addressee", "postal")
_RUN_ON_ADDRESS = shape("addressee", "run_on_address")


def find_addressee(view: View, lexicon: Lexicon) -> TypedSpan | None:
    """The organisation that the paper is addressed to; None where it is no letter."""
    foot = view.blocks[-2:] if len(view.blocks) > 8 else ()
    blocks = [b for b in view.blocks[:HEAD] if b.kind != "table" and b not in foot]
    places = places_of(view.text)
    spoken = sum(len(places.get(word, ())) for word in lexicon.words("parties", "addressee", "spoken_to")) >= 2
    for index, block in enumerate(blocks):
        span = _led_by_to(view, lexicon, block) or _above_address(view, lexicon, blocks, index)
        if span is not None:
            return span
        if spoken and index > 0 and block.kind == "paragraph" and (alone := _alone(view, block)) is not None:
            if not any(_alone(view, b) is None and b.kind == "heading" for b in blocks[:index]):
                return alone
    for block, below in pairwise(blocks[1:]):
        alone = _alone(view, block)
        if alone is not None and is_title(view, below) and is_receiver(view, alone.value.canonical):
            return alone
        if alone is not None and is_title(view, below) and _heads_letter(view, alone, block):
            return alone
    return None


_OF_LETTER = shape("addressee", "of_letter")


def _heads_letter(view: View, alone: TypedSpan, block: Block) -> bool:
    """Whether the name stands below the day or number of a decision's letterhead, which is another organisation's."""
    above = view.blocks[: view.block_index(block.start)]
    first = next(iter(view.spans_in(0, block.start, "organisation")), None)
    if first is None or fold(first.value.canonical) == fold(alone.value.canonical):
        return False
    numbered = any(view.spans_in(b.start, b.end, "date", "diary_number", "case_id") for b in above[-3:])
    return numbered and _OF_LETTER.search(fold(view.text[: block.end + 90])) is not None


def is_title(view: View, block: Block) -> bool:
    """Whether a block is the title of a decision, at which the head of a letter ends."""
    return block.kind == "heading" and _TITLE.search(fold(view.line(block.start, block.end))) is not None


def is_receiver(view: View, name: str) -> bool:
    """Whether the text names somebody again as whoever receives, seeks or pays back."""
    text = view.text
    return any(
        _BEHIND_RECEIVER.match(text, high) or _BEFORE_RECEIVER.search(text, max(0, low - 30), low)
        for low, high in find_words(text, name)
    )


_BEFORE_RECEIVER = shape("addressee", "before_receiver")
_BEHIND_RECEIVER = shape("addressee", "behind_receiver")


def _alone(view: View, block: Block) -> TypedSpan | None:
    """The organisation that is all that the block says."""
    span = view.starting(block.start, "organisation")
    return span if span is not None and block.end - span.end < 4 else None


def _led_by_to(view: View, lexicon: Lexicon, block: Block) -> TypedSpan | None:
    if block.kind == "field" and len(block.cells) == 2:
        label = fold(view.text[block.cells[0].start : block.cells[0].end]).rstrip(":")
        if label not in lexicon.words("parties", "addressee", "fields"):
            return None
        spans = view.spans_in(block.cells[1].start, block.cells[1].end, "organisation")
        return spans[-1] if spans else None
    m = _TO.match(view.text, block.start, block.end)
    if m is None or block.end - block.start > 90:
        return None
    return view.starting(m.end(), "organisation")


def _above_address(view: View, lexicon: Lexicon, blocks: list[Block], index: int) -> TypedSpan | None:
    block = blocks[index]
    for span in view.spans_in(block.start, block.end, "organisation"):
        if _RUN_ON_ADDRESS.match(view.text[span.end : span.end + 24]):
            return span
    alone = _alone(view, block)
    if alone is None or index + 1 >= len(blocks):
        return None
    below = view.text[blocks[index + 1].start : blocks[index + 1].end]
    if _A_DEPARTMENT.match(below) and index + 2 < len(blocks):
        below = view.text[blocks[index + 2].start : blocks[index + 2].end]
    words = fold(below)
    if _POSTAL.match(below) or words.startswith(lexicon.words("parties", "addressee", "below")):
        return alone
    return None
