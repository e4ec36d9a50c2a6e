"""Lists that tell of each receiver what it gets and what for: 'Ängby IF får 12 500 kronor till ny belysning.'

What it is for is the project: the name behind a noun such as 'projektet' or in quotes, else the words up to the end of
the phrase.  Money for a receiver's running work is no project.  Two such sentences at least, each opening a paragraph
or an item of a list, make a list; a single one is left to the rules for sentences.
"""

from __future__ import annotations

from kg.extract.frame import Found
from kg.extract.money import kronor
from kg.extract.names import scan_name
from kg.extract.pieces import is_sentence, trim
from kg.extract.records import Record, read_party
from kg.extract.view import View
from kg.lexicon import Lexicon, shape
from kg.model import Block, TypedSpan, Value

_OPENS = shape("givenfor", "opens")
_AIM = shape("givenfor", "aim")
_GOES_ON = shape("givenfor", "goes_on")
_NAMED = shape("givenfor", "named")
_STOP = shape("givenfor", "stop")
_RUNNING = shape("givenfor", "running")
_OWN = shape("givenfor", "own")
_BARE = shape("givenfor", "bare")
_LEAST, _MOST_WORDS = 2, 14
_REACH, _BACK = 110, 12


def given_records(view: View, lexicon: Lexicon) -> list[Record]:
    """The receivers of such lists, with their projects; none where there are fewer than two."""
    found = []
    for index in view.blocks_of("money"):
        block = view.blocks[index]
        if not _may_list(view, index):
            continue
        opening = _OPENS.match(view.text, block.start, block.end)
        record = _read(view, lexicon, block, opening.span("party"), opening.end()) if opening is not None else None
        if opening is None and (bare := _without_verb(view, lexicon, block)) is not None:
            record = _read(view, lexicon, block, *bare)
            if record is not None:
                record.outcome, record.caption = None, _lead(view, index)
        if record is not None:
            found.append(record)
    return found if len(found) >= _LEAST else []


def _without_verb(view: View, lexicon: Lexicon, block: Block) -> tuple[tuple[int, int], int] | None:
    """Who receives and where the sum begins in 'OV Ängby 75 000 kr för projektet Lek för alla'."""
    first = next(iter(view.spans_in(block.start, min(block.end, block.start + _REACH), "money")), None)
    m = _BARE.fullmatch(view.text, block.start, first.start) if first is not None else None
    if m is None or first is None or is_sentence(view, lexicon, *m.span("party")):
        return None
    return m.span("party"), first.start


def _lead(view: View, index: int) -> str:
    """The words that lead the list."""
    for above in reversed(view.blocks[max(0, index - _BACK) : index]):
        if above.kind == "heading" or above.kind == "paragraph" and view.text[above.end - 1] == ":":
            return view.document.block_text(above)
    return ""


def _may_list(view: View, index: int) -> bool:
    """Whether a block may be a line of such a list: what stands right below a title tells of the project titled."""
    block = view.blocks[index]
    above = view.blocks[index - 1] if index else None
    if block.kind == "list_item":
        return True
    titled = above is not None and above.kind == "heading" and not view.text[above.start : above.end].endswith(":")
    return block.kind == "paragraph" and not titled


def _read(view: View, lexicon: Lexicon, block: Block, party: tuple[int, int], low: int) -> Record | None:
    money = view.starting(low, "money")
    unit = view.unit_at(low)
    high = min(unit.end, block.end)
    if money is None or money.end > high or kronor(money.value) is None:
        return None
    aim = _AIM.match(view.text, money.end, high)
    name = _name(view, lexicon, aim.end(), high) if aim is not None else None
    if name is None or view.spans_in(*name, "money"):
        return None
    words = view.line(*name)
    record = Record(name, block.start, block.end, "act.record", outcome="grant", title=words[:1].upper() + words[1:])
    read_party(view, record.slots, *party, lexicon)
    record.slots["amount_sek"] = _sum(money)
    return record


def _sum(money: TypedSpan) -> Found:
    value = Value("integer", str(kronor(money.value)))
    return Found(value, money.start, money.end, "amount.sentence", money.start, money.end)


def _name(view: View, lexicon: Lexicon, low: int, high: int) -> tuple[int, int] | None:
    """The name behind the noun that introduces it, or in quotes; else the purpose up to where its phrase ends."""
    named = _NAMED.match(view.text, low, high)
    start = named.end() if named is not None else low
    if named is not None or not view.text[start].islower():
        found = scan_name(view, lexicon, start, high, verbal=True)
        if named is None and found is not None and _GOES_ON.match(view.text, found[1], high):
            stop = _STOP.search(view.text, found[1], high)  # 'Låna ett äventyr'
            found = trim(view.text, start, stop.start() if stop is not None else high)
        return found
    if (own := _OWN.match(view.text, start, high)) is not None:
        start = own.end()
    if _RUNNING.match(view.text, start, high):
        return None
    stop = _STOP.search(view.text, start, high)
    span = trim(view.text, start, stop.start() if stop is not None else high)
    return span if 1 <= len(view.text[slice(*span)].split()) <= _MOST_WORDS and span[1] - span[0] > 4 else None
