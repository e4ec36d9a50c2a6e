"""Which priority of a strategy or programme a project contributes to: "Prioriterat område: ...", "insatsområde 2: ...".

The value is the name of the priority, without its number, so that papers which write the number and papers which do
not say the same; where a paper gives a number alone, the value is the word and the number, with the strategy where it
stands beside them: "Insatsområde 1 i det regionala strukturfondsprogrammet".  Parts of a priority ("delprioritering")
are not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from kg.extract.context import Paper
from kg.extract.rules import ClaimBook
from kg.extract.view import View
from kg.lexicon import fold, load_lexicon, shape
from kg.model import Block, Value
from kg.phrases import places_of, words_of

LONGEST = 100
"""A name of more characters is a sentence."""

_LEAD = shape("priorities", "lead")
_WITH_NUMBER = shape("priorities", "with_number")
_NUMBER_ALONE = shape("priorities", "number_alone")
_BEFORE_NAME = shape("priorities", "before_name")
_SAID_TO_BE = shape("priorities", "said_to_be")
_BROKEN = shape("priorities", "broken")
_NAME_END = shape("priorities", "name_end")
_CAPITAL = shape("priorities", "capital")
_DENIED = shape("priorities", "denied")
_QUOTES = '"”»’“«'

# The words, where the value begins and ends, and the value.
Told = tuple[int, int, str]


def state_priorities(paper: Paper, book: ClaimBook, nodes: Mapping[str, str]) -> None:
    """Adds the priorities of the projects that have a node (``nodes``: by the id of the project)."""
    view = paper.view
    for start, end, value, rule in [*_labelled(view), *_told(view)]:
        if any(low <= start < high for low, high in paper.outside):
            continue
        unit = view.unit_at(start)
        project = paper.topics.of(unit) or paper.topics.owner(unit)
        if project is not None and project.id in nodes:
            book.add(nodes[project.id], "priority", Value("text", value), start, end, rule)


def _labelled(view: View) -> Iterator[tuple[int, int, str, str]]:
    """Fields, and lines that are a label, a colon and a value."""
    labels, numbered = _labels()
    if places_of(view.text).keys().isdisjoint(_first_words()):
        return
    for block in view.blocks:
        cut = _divide(view, block)
        if cut is None or (label := fold(view.text[block.start : cut[0]]).strip(" :•*–-")) not in labels:
            continue
        for start, end in _split(view.text, *cut):
            value = _name_of(view, start, end)
            if value is None and label in numbered and view.text[start:end].strip("() ").replace(".", "").isalnum():
                if len(view.text[start:end]) <= 6:
                    value = f"{label[0].upper()}{label[1:]} {view.line(start, end)}"
            if value is not None:
                yield block.start, end, value, "priority.label"


def _divide(view: View, block: Block) -> tuple[int, int] | None:
    """Where the value of a field or labelled line begins and ends; None for another block."""
    if block.kind == "field" and len(block.cells) == 2:
        return block.cells[1].start, block.cells[1].end
    if block.kind in ("paragraph", "list_item") and block.end - block.start < 2 * LONGEST:
        colon = view.text.find(": ", block.start, min(block.end, block.start + 60))
        return (colon + 2, block.end) if colon > 0 else None
    return None


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for part in text[start:end].split(";"):
        low = start + len(part) - len(part.lstrip())
        high = start + len(part.rstrip())
        if low < high:
            yield low, high
        start += len(part) + 1


def _name_of(view: View, start: int, end: int) -> str | None:
    """The name in the value of a label, without its number and quotes; None where it is a word of outcome or a rank."""
    lead = _LEAD.match(view.text, start, end)
    words = view.line(lead.end() if lead else start, end).strip(_QUOTES + " .")
    if not words or fold(words) in _outcomes():
        return None
    return _tidy(words) if len(words) <= LONGEST and _CAPITAL.match(words) else None


def _told(view: View) -> Iterator[tuple[int, int, str, str]]:
    """Sentences that name a priority."""
    for unit in view.units_with(_WITH_NUMBER, _BEFORE_NAME, _NUMBER_ALONE, _SAID_TO_BE):
        if view.blocks[unit.block].kind in ("table", "furniture", "field"):
            continue
        taken = unit.start
        for start, end, value in sorted(_in_sentence(view, unit.start, unit.end)):
            if start >= taken and not _DENIED.search(view.text, unit.start, start):
                yield start, end, value, "priority.phrase"
                taken = end


def _in_sentence(view: View, low: int, high: int) -> Iterator[Told]:
    named: set[int] = set()
    for pattern in (_WITH_NUMBER, _BEFORE_NAME):
        for found in pattern.finditer(view.text, low, high):
            name = _name_at(view, found.end(), high)
            if name is not None:
                named.add(found.start())
                yield found.start(), name[1], name[0]
    for found in _NUMBER_ALONE.finditer(view.text, low, high):
        if found.start() not in named:
            yield found.start(), found.end(), _number_words(view.line(found.start(), found.end()))
    for found in _SAID_TO_BE.finditer(view.text, low, high):
        if _CAPITAL.match(found["name"]):
            yield found.start(), found.end(), _tidy(view.line(*found.span("name")))


def _number_words(words: str) -> str:
    """ "insatsområde ett inom programmet" as "Insatsområde 1 i programmet"."""
    numbers = load_lexicon().get("priorities", "numbers")
    told = [numbers.get(fold(word), word) for word in _BROKEN.sub("", words).replace(" inom ", " i ").split()]
    told[0] = told[0][0].upper() + told[0][1:]
    return _tidy(" ".join(told))


def _name_at(view: View, start: int, high: int) -> tuple[str, int] | None:
    """The name that begins at ``start``, and where it ends; it begins with a capital."""
    quoted = view.text[start] in _QUOTES
    start += quoted
    stop = _NAME_END.search(view.text, start + 1, high)
    end = stop.start() if stop else high
    words = view.line(start, end).strip(_QUOTES + " ,")
    if not words or len(words) > LONGEST or not _CAPITAL.match(words):
        return None
    return _tidy(words), end


def _tidy(words: str) -> str:
    """Dashes between words are written in one way, so that papers that write them otherwise name the same."""
    return words.replace(" - ", " – ").replace(" — ", " – ")


@cache
def _labels() -> tuple[frozenset[str], frozenset[str]]:
    lexicon = load_lexicon()
    return frozenset(lexicon.words("priorities", "labels")), frozenset(lexicon.words("priorities", "numbered"))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(words_of(label)[0] for label in _labels()[0])


@cache
def _outcomes() -> frozenset[str]:
    """Words that say under the label "Prioritering" what became of an application."""
    lexicon = load_lexicon()
    return frozenset(map(fold, (*lexicon.words("labels", "granted_words"), *lexicon.words("labels", "rejected_words"))))
