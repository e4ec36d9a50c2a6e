"""What stands once for all of a paper: whose it is, which board's, of which day, under which number."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kg.extract.addressee import find_addressee
from kg.extract.deciders import find_short_decider, find_told_decider
from kg.extract.found import Found, found_span, to_value
from kg.extract.headnumbers import letterhead_number
from kg.extract.view import View
from kg.extract.years import meeting_date
from kg.lexicon import ONE_PAPER, Lexicon, fold, shape
from kg.model import Block, TypedSpan, Value

__all__ = [
    "HEAD_BLOCKS",
    "Found",
    "Frame",
    "found_span",
    "head_blocks",
    "is_authority",
    "is_unowned",
    "may_be_authority",
    "read_frame",
    "to_value",
]

HEAD_BLOCKS = 9
_ALONE = 90
_COUNTY_BOARD = shape("frame", "county_board")
_COUNTY = shape("frame", "county")
_MUNICIPAL = shape("frame", "municipal")
_REGIONAL = shape("frame", "regional")
_LEADER_NAME = shape("frame", "leader_name")
_LEADER = shape("frame", "leader")
_IN_ROW = shape("frame", "in_row")
_GIVEN_BY = shape("frame", "given_by")
_CAPITALS = re.compile(r"[A-ZÅÄÖÉÜ][A-ZÅÄÖÉÜ .–-]+")


@dataclass(slots=True)
class Frame:
    """The paper's own facts; None where it does not say."""

    authority: Found | None = None
    body: Found | None = None
    date: Found | None = None
    diary_number: Found | None = None
    fund: Found | None = None
    unowned: bool = False
    addressee: TypedSpan | None = None
    owner: TypedSpan | None = None  # whoever's page it is, where it tells of projects of its own
    case_ids: tuple[TypedSpan, ...] = ()


@lru_cache(maxsize=ONE_PAPER)
def is_authority(lexicon: Lexicon, name: str) -> bool:
    """Whether an organisation of this name is of the kind that decides on public money."""
    folded = fold(name)
    return (
        folded in lexicon.words("parties", "authority", "names")
        or folded.startswith(lexicon.words("parties", "authority", "starts"))
        or folded.endswith(lexicon.words("parties", "authority", "ends"))
    )


@lru_cache(maxsize=ONE_PAPER)
def may_be_authority(lexicon: Lexicon, name: str) -> bool:
    """Whether an organisation of this name may give money, such as a foundation: its paper has to show that it does."""
    folded = fold(name)
    return (
        folded.startswith(lexicon.words("parties", "authority", "loose_starts"))
        or folded.split(" ")[0].endswith(lexicon.words("parties", "authority", "loose_first"))
        or folded.endswith(lexicon.words("parties", "authority", "loose_ends"))
    )


def is_unowned(lexicon: Lexicon, body: str) -> bool:
    return fold(body).startswith(lexicon.words("parties", "authority", "unowned"))


def head_blocks(view: View) -> list[Block]:
    """The head of the paper: its first blocks and the page heads."""
    first = list(view.blocks[:HEAD_BLOCKS])
    return first + [b for b in view.blocks[HEAD_BLOCKS:] if b.kind == "furniture"]


def read_frame(view: View, lexicon: Lexicon) -> Frame:
    frame = Frame()
    head = head_blocks(view)
    frame.addressee = find_addressee(view, lexicon)
    frame.body = _letterhead_body(view, lexicon, head, frame.addressee)
    frame.unowned = frame.body is not None and is_unowned(lexicon, frame.body.value.lexical)
    frame.authority = None if frame.unowned else _authority(view, lexicon, head, frame)
    frame.date = meeting_date(view, lexicon, head)
    frame.case_ids = _own_cases(view, head)
    frame.diary_number = letterhead_number(view, lexicon, head)
    return frame


_SEEKS, _APPLIES = shape("frame", "seeks"), shape("frame", "applies")
_DECIDES = shape("frame", "decides")
_OF_BOARD = shape("frame", "of_board")
_ITS_APPLICATION = shape("frame", "its_application")


@lru_cache(maxsize=8)
def _sign_patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands behind and before the name of an organisation whose paper it is."""
    behind, before = (lexicon.pattern("parties", "authority", key).pattern for key in ("signs", "signs_before"))
    return (
        re.compile(rf"s?\s*(?:\([^)]*\))?\s*,?\s*(?:\w+\s+){{0,1}}(?:{behind})", re.IGNORECASE),
        re.compile(rf"(?:{before})\s*:?\s*$", re.IGNORECASE),
    )


def _authority(view: View, lexicon: Lexicon, head: list[Block], frame: Frame) -> Found | None:
    """The organisation whose paper it is: letterhead first, then who decides, then who is named most."""
    signs, before = (lexicon.pattern("parties", "authority", key) for key in ("signs", "signs_before"))
    signed, before_name = _sign_patterns(lexicon)
    before_party = lexicon.joined(("parties", "beneficiary_after"), ("labels", "beneficiary"), ("labels", "partner"))
    if (county := _two_line_county(view, lexicon, head)) is not None:
        return county
    weights: Counter[str] = Counter()
    first: dict[str, TypedSpan] = {}
    positions = {b.start: i for i, b in enumerate(head)}
    counted: Counter[str] = Counter()
    addressed = fold(frame.addressee.value.canonical) if frame.addressee is not None else ""
    body = fold(frame.body.value.lexical) if frame.body is not None else ""
    for span in view.kind("organisation"):
        name = span.value.canonical
        known = is_authority(lexicon, name)
        if not known and not may_be_authority(lexicon, name):
            continue
        block = view.block_at(span.start)
        tail = view.text[span.end : span.end + 60]
        lead = view.text[max(0, span.start - 40) : span.start]
        weight = 1.0 if counted[name] < 5 else 0.0
        counted[name] += 1
        if not known:
            weight = 0.0
        if positions.get(block.start) == 0 and block.kind == "table" and known:
            # a letterhead in columns, read as a table: the name is all of its cell
            alone_in_cell = any(c.start == span.start and c.end <= span.end + 1 for c in block.cells)
            weight += 8 if alone_in_cell else 0
        if block.start in positions and block.kind != "table":
            position = positions[block.start]
            alone = block.end - block.start < _ALONE and not (block.kind == "list_item" and tail.rstrip()[-1:] == ".")
            weight += (
                (8 if position < 2 else 5 if position < 5 else 3)
                if alone and (known or position < 2)
                else 1.5
                if known
                else 0
            )
            if block.kind == "furniture":
                weight += 4
        if (signs.search(view.text, span.end, span.end + 60) and signed.match(tail)) or (
            before.search(view.text, max(0, span.start - 40), span.start) and before_name.search(lead)
        ):
            weight += 3
        if _DECIDES.match(tail):
            weight += 2
        board = view.covering(max(0, span.start - 4), "board")
        owned = view.starting(span.end + 1, "board")  # 'Region Skånes kulturnämnd', where that is the paper's own
        weight += 5.0 * (owned is not None and fold(owned.value.canonical) == body)
        if board is not None and _OF_BOARD.fullmatch(view.text[board.end : span.start]):
            weight += 5
        if (
            _SEEKS.match(tail)
            or before_party.search(view.text, span.start - len(re.split(r"\.\s", lead)[-1]), span.start)
            or _ITS_APPLICATION.match(tail)
        ):
            weight -= 4
        weight -= 12.0 * bool(_APPLIES.match(tail))
        if block.kind == "table":
            weight -= 0.5
        if _IN_ROW.match(tail) and not _GIVEN_BY.search(lead):
            weight -= 4
        if _MUNICIPAL.search(name.casefold()):
            weight -= 1.5
        if not counted[name] > 1:
            weight += _kinship(fold(name), body)
            weight -= 8 if fold(name) == addressed else 0
        weights[name] += weight  # type: ignore[assignment]
        first.setdefault(name, span)
    if (
        body == "lag"
        and not any(_LEADER_NAME.match(fold(n)) for n in weights)
        and (area := _leader_area(view)) is not None
    ):
        return area
    if weights:
        name, weight = max(weights.items(), key=lambda kv: (kv[1], -first[kv[0]].start))
        if weight >= 2:
            return found_span("organisation", first[name], "authority.letterhead")
    return _capital_letterhead(view, lexicon, head) or _leader_area(view)


def _two_line_county(view: View, lexicon: Lexicon, head: list[Block]) -> Found | None:
    """A county board printed on two lines: 'Länsstyrelsen' above 'Västra Götaland'."""
    for (low, mid), (start, high) in _line_pairs(view, head[:7]):
        above = fold(view.text[low:mid])
        if max(len(above), high - start) > _ALONE or not _COUNTY_BOARD.search(above):
            continue
        words = _COUNTY.sub("", fold(view.line(start, high)).removeprefix("i "))
        for county in lexicon.get("parties", "authority", "counties"):
            if fold(county).startswith(words) and _COUNTY.fullmatch(fold(county), len(words)):
                value = Value("organisation", lexicon.get("parties", "authority", "county_board").format(county))
                return Found(value, low, high, "authority.letterhead", low, high)
    return None


_COLUMNS = 3  # blocks that the columns of one line may make


def _line_pairs(view: View, blocks: list[Block]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Blocks close below each other, and the first cells of the rows of a letterhead that is a table."""

    pairs = [
        ((a.start, a.end), (b.start, b.end)) for i, a in enumerate(blocks) for b in blocks[i + 1 : i + 1 + _COLUMNS]
    ]
    for block in blocks[:2]:
        cells = [c for c in block.cells if c.column == 0] if block.kind == "table" else []
        pairs += [((a.start, a.end), (b.start, b.end)) for a, b in pairwise(cells)]
    return pairs


def _leader_area(view: View) -> Found | None:
    """The Leader area of a paper of its LAG: 'Leader Älv & Ås', named in the head."""
    if not any(s.value.canonical.startswith("LAG") for s in view.kind("board")):
        return None
    m = _LEADER.search(view.text, 0, 600)
    if m is None:
        return _leader_in_capitals(view) or _leader_of_group(view)
    return Found(
        Value("organisation", view.line(*m.span())), m.start(), m.end(), "authority.letterhead", m.start(), m.end()
    )


_GROUP_NAMED = shape("frame", "group_named")


def _leader_of_group(view: View) -> Found | None:
    """The Leader area whose group heads the paper by its name: 'LAG Folkungaland'; as 'Leader Folkungaland' where the
    paper says so."""
    for block in view.blocks[:4]:
        m = _GROUP_NAMED.match(view.text, block.start, block.end)
        if m is None:
            continue
        area = next((f for f in _LEADER.finditer(view.text) if f.group().endswith(m.group(1))), m)
        value = Value("organisation", view.line(*area.span()))
        return Found(value, area.start(), area.end(), "authority.letterhead", area.start(), area.end())
    return None


_IN_LOWER_CASE = shape("frame", "in_lower_case")
_LEADER_IN_CAPITALS = shape("frame", "leader_in_capitals")


def _leader_in_capitals(view: View) -> Found | None:
    """A Leader area printed only in capitals in one of the first lines: 'LEADER NEDRE ÄLVEN'."""
    for block in view.blocks[:3]:
        words = view.line(block.start, block.end)
        if _LEADER_IN_CAPITALS.fullmatch(words):
            name = " ".join(w.lower() if _IN_LOWER_CASE.fullmatch(w) else w.capitalize() for w in words.split())
            value = Value("organisation", name)
            return Found(value, block.start, block.end, "authority.letterhead", block.start, block.end)
    return None


def _kinship(name: str, body: str) -> float:
    """A regional board belongs to a region, a municipal one to a municipality."""
    pairs = (
        ("region", _REGIONAL.search(name)),
        ("kommun", _MUNICIPAL.search(name)),
    )
    return next((1.5 for stem, fits in pairs if fits and body.startswith(stem)), 0.0)


def _capital_letterhead(view: View, lexicon: Lexicon, head: list[Block]) -> Found | None:
    """A head printed only in capitals whose last word is that of an authority: 'SJÖSTADS KOMMUN'."""
    for block in head[:4]:
        if block.kind == "table" or block.end - block.start > _ALONE:
            continue
        m = _CAPITALS.match(view.text, block.start, block.end)
        words = m.group().strip(" .-–") if m else ""
        ends = [e.strip() for e in lexicon.words("parties", "authority", "ends")]
        end = next((e for e in sorted(ends, key=len, reverse=True) if fold(words).endswith(" " + e)), None)
        if end is None:
            continue
        stem = words[: -len(end)].strip()
        if not 1 <= len(stem.split()) <= 4:
            continue
        name = " ".join([*(part.capitalize() for part in stem.split()), end])
        high = block.start + len(words)
        return Found(Value("organisation", name), block.start, high, "authority.letterhead", block.start, high)
    return None


_OFFICER = shape("frame", "officer")
_BELONGS_TO = shape("frame", "belongs_to")


def _letterhead_body(view: View, lexicon: Lexicon, head: list[Block], addressee: TypedSpan | None) -> Found | None:
    short_bodies = set(lexicon.words("parties", "body", "short"))
    labels = lexicon.labels("labels")
    for block in view.blocks:
        if block.kind == "field" and {"deciding_body", "outcome", "decision_date"} & set(
            labels.match(view.text[block.cells[0].start : block.cells[0].end])
        ):
            for span in view.spans_in(block.cells[1].start, block.cells[1].end, "board"):
                return found_span("board", span, "body.label", start=block.start)
            named = view.starting(block.cells[0].start, "board")  # 'LAG-beslut: 2021-09-22'
            if named is not None and fold(named.value.canonical) in lexicon.folded("names", "boards", "local_groups"):
                return found_span("board", named, "body.label")
    told = find_told_decider(view, lexicon)
    if told is not None:
        return found_span("board", told, "body.sentence")
    candidates: list[tuple[float, int, TypedSpan]] = []
    for position, block in enumerate(head):
        for span in view.spans_in(block.start, block.end, "board"):
            share = (span.end - span.start) / max(1, block.end - block.start)
            name = fold(span.value.canonical)
            if name in short_bodies or _is_addressed(view, block, addressee):
                continue
            if is_unowned(lexicon, name) and _OPINES.match(view.text, span.end):
                continue  # a partnership that ranks the applications decides on none
            weight = 3 * share + (2 if block.kind in ("furniture", "heading", "field") else 0) - position * 0.12
            if is_unowned(lexicon, name):
                weight += 2
            if _OFFICER.search(name):
                weight -= 2.5
            if len(name.split()) > 1:
                weight += 0.5
            candidates.append((weight, -span.start, span))
    for span in view.kind("board"):
        owner = _BELONGS_TO.match(view.text[span.end : span.end + 8])
        if (
            owner
            and (org := view.starting(span.end + owner.end(), "organisation")) is not None
            and fold(span.value.canonical) not in short_bodies
        ):
            if is_authority(lexicon, org.value.canonical):
                candidates.append((4.0, -span.start, span))
                break
    if candidates and (best := max(candidates))[0] > 0:
        return found_span("board", _in_full(view, best[2]), "body.letterhead")
    short = find_short_decider(view, lexicon)
    if short is not None:
        return found_span("board", short, "body.sentence")
    groups = lexicon.folded("names", "boards", "local_groups")
    for block in head:  # 'LAG-beslut 2019-09-12', 'Protokoll LAG': the group of the Leader area whose paper it is
        for span in view.spans_in(block.start, block.end, "board"):
            if fold(span.value.canonical) in groups and (_leader_area(view) is not None):
                return found_span("board", span, "body.letterhead")
    return None


def _in_full(view: View, span: TypedSpan) -> TypedSpan:
    """The board by its full name, where the one chosen is its end: 'utvecklingsnämnden' of Regionutvecklingsnämnden."""
    short = fold(span.value.canonical)
    for other in view.kind("board"):
        name = fold(other.value.canonical)
        if name != short and name.endswith(short) and " " not in name:
            return other
    return span


_OPINES = shape("frame", "opines")
_ADDRESSED = shape("frame", "addressed")


def _is_addressed(view: View, block: Block, addressee: TypedSpan | None) -> bool:
    """Whether the line belongs to the address of the reader: 'Att: kommunstyrelsen'."""
    if addressee is None or not 0 <= block.start - addressee.end < 60:
        return False
    return bool(_ADDRESSED.match(view.text[block.start : block.end]))


def _own_cases(view: View, head: list[Block]) -> tuple[TypedSpan, ...]:
    """The case number in the head, where it has one only."""
    found = [s for b in head for s in view.spans_in(b.start, b.end, "case_id")]
    return tuple(found[:1]) if len({s.value for s in found}) == 1 else ()
