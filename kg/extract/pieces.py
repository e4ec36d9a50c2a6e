"""A line of a list cut at its separators into pieces of text and typed values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kg.extract.cuewords import cue_pattern
from kg.extract.money import kronor
from kg.extract.outcomes import outcome_begins, outcome_names, outcome_word
from kg.extract.tables import column_roles, told_scale, told_unit
from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Block, TypedSpan

MAX_HEAD = 240
_SHORT_ITEM = 120  # characters: an item of a list that may be a row without sum and outcome
MARKER = re.compile(r"\s*(?:[•*·▪–—-]|\d{1,3}[.)]|[a-zA-Z][.)])\s+")
# each part begins with one character, so that it is tried only there
_SEPARATOR = re.compile(
    r"\t|\s\s*(?:[|;•]\s*|[–—-]\s+|\.{4,}\s*|(?:\. ){4,}|…{2,}\s*)|[|;•]\s*|:\s+"
    r"|\.\.{3,}\s*|\. (?:\. ){3,}|……+\s*|\s/\s|[()]"
)
_FULL_STOP = re.compile(r"\.(?=\s+[\"”“A-ZÅÄÖ0-9]|\s*$)")
_STOP_TOO = re.compile(rf"{_SEPARATOR.pattern}|\.\s+(?=[\"”“A-ZÅÄÖ0-9])")
SENTENCE_END = re.compile(r"[.!?](?=\s+[\"”]?[A-ZÅÄÖ]|\s*$)")
_CUT = re.compile(r"[,:–()]\s*")
DIARY = re.compile(r"(?:[A-ZÅÄÖ]{1,6}[ .]?)?(?:19|20)?\d{2}[-/:]\d{1,6}")
APPLIES = shape("pieces", "applies")
_SOUGHT = shape("pieces", "sought")
_FOR = shape("pieces", "for")
_GROUPED = re.compile(r"\d{1,3}(?:[\s.]\d{3})+|\d{1,8}(?:,\d+)?")
_LEADER = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,}|\t)\s*$")
_ORDERS = shape("pieces", "orders")
TO_DO = shape("pieces", "to_do")
_SOUGHT_BEFORE_SUM = shape("pieces", "sought_before_sum")
_VERB_BEFORE_SUM = shape("pieces", "verb_before_sum")
_FOR_PROJECT = shape("pieces", "for_project")
_TO_NAME = shape("pieces", "to_name")
_AND_MORE = re.compile(r"[,;]?\s+(?:och|samt)\s*$")  # an item that the next one goes on from
_CLAUSE = shape("pieces", "clause")
_UNIT_LEFT = shape("pieces", "unit_left")
_LEFT_OVER = shape("pieces", "left_over")


_ACRONYM = re.compile(r"\([A-ZÅÄÖ][A-ZÅÄÖ0-9&+.-]{1,9}\)(?=\s*(?:[,:;]|\s[–—-]\s))")
_LONGEST_LEFT = 18  # characters that the expressions above can take at an end
EDGE = ' \t,.;:–—-"”“»/'


@dataclass(slots=True)
class Row:
    """A line as pieces of text and typed values; ``texts`` are spans that may be name, applicant or place.

    ``party``: the applicant on a line of its own below; ``below``: how many blocks below belong to the line, which
    end at ``until``; ``weak``: neither sum nor outcome nor a known applicant, so that only its neighbours tell what
    it is."""

    block: Block
    start: int
    end: int
    texts: list[tuple[int, int]] = field(default_factory=list)
    bracketed: set[int] = field(default_factory=set)
    roles: dict[int, tuple[str, ...]] = field(default_factory=dict)
    money: list[tuple[TypedSpan, tuple[str, ...]]] = field(default_factory=list)
    numbers: list[TypedSpan] = field(default_factory=list)
    dates: list[TypedSpan] = field(default_factory=list)
    outcome: str | None = None
    party: tuple[int, int] | None = None
    below: int = 0
    weak: bool = False
    until: int = 0


def read_row(view: View, lexicon: Lexicon, block: Block) -> Row | None:
    """The line as pieces; None where it has neither sum nor outcome, or is a sentence."""
    if block.kind not in ("list_item", "paragraph", "field") and not _is_set_apart(view, block):
        return None
    low = block.start
    marker = MARKER.match(view.text, low, block.end)
    if marker:
        low = marker.end()
    short = block.kind == "list_item" and block.end - low < _SHORT_ITEM
    if not short and not _tells(view, lexicon, low, block.end):
        return None
    row = Row(block, low, block.end)
    stopped = _is_run_in(view, lexicon, block, low)
    high = _head_end(view, lexicon, low, block.end, stopped)
    if (more := _AND_MORE.search(view.text, max(low, high - 12), high)) is not None:
        high = more.start()
    told = view.text[low].isupper() and bool(view.spans_in(low, high, "money"))  # 'Att stödja bin, A, 9 000 kr'
    if high - low > MAX_HEAD or APPLIES.match(view.text, low) or _ORDERS.match(view.text, low):
        return None
    if not told and TO_DO.match(view.text, low):
        return None
    row.end = high
    typed = [
        s
        for s in view.spans_in(low, high, "money", "diary_number", "case_id", "date", "period")
        if (s.kind != "date" or s.value.day) and not _is_of_name(view, s)
    ]
    if not any(s.kind == "money" for s in typed) and (bare_sum := _bare_sum(view, lexicon, low, high)) is not None:
        typed = sorted([*(s for s in typed if s.end <= bare_sum.start), bare_sum], key=lambda s: s.start)
    _cut(view, lexicon, row, low, high, _outermost(typed), _STOP_TOO if stopped else _SEPARATOR)
    bare = not row.money and row.outcome is None
    if not row.texts or (bare and not (block.kind == "list_item" and high - low < _SHORT_ITEM)):
        return None
    if bare and not _has_party(view, row):
        row.weak = True
        if len(row.texts) != 2 or row.dates or not all(view.text[low].isupper() for low, _ in row.texts):
            return None
    plain = [span for span, roles in row.money if not roles]
    if len(plain) > 1 or len(row.texts) > 6:
        return None
    return None if any(is_sentence(view, lexicon, *t) for t in row.texts) else row


def _is_of_name(view: View, span: TypedSpan) -> bool:
    """Whether years go with the words before them and end the name: 'Samverkan i kris 2023-2026 (Norrteknik AB)'."""
    if span.kind != "period" or _YEARS_ONLY.fullmatch(view.text, span.start, span.end) is None:
        return False
    lead = _BARE_WORD.search(view.text, max(0, span.start - 24), span.start)
    return lead is not None and view.text[span.end : span.end + 2].startswith((" (", ", ", " –"))


_YEARS_ONLY = re.compile(r"(?:19|20)\d\d\s?[-–]\s?(?:19|20)?\d\d")
_BARE_WORD = re.compile(r"[a-zåäö]{5,} \Z")


def _is_set_apart(view: View, block: Block) -> bool:
    """Whether a line that stands apart as headings do is a row all the same: 'Ung kraft, Nora kommun – 95 000 kr'."""
    money = view.spans_in(block.start, block.end, "money") if block.kind == "heading" else []
    return (
        bool(money)
        and money[-1].end >= block.end - 1
        and _BEFORE_LAST_SUM.search(view.text, block.start, money[-1].start) is not None
    )


_BEFORE_LAST_SUM = re.compile(r"\w\s*(?:[–—:\t(]|\s-|,)\s*\Z")


def _is_run_in(view: View, lexicon: Lexicon, block: Block, low: int) -> bool:
    """Whether a paragraph opens with name, applicant and sum, each with its stop: 'Ljus. Byalaget. 90 000 kr.'"""
    parts, at = [], low
    for m in _FULL_STOP.finditer(view.text, low, min(block.end, low + MAX_HEAD)):
        parts.append((at, m.start()))
        at = m.end()
        if view.spans_in(parts[-1][0], parts[-1][1], "money") or len(parts) > 4:
            break
    else:
        parts.append((at, block.end))
    if len(parts) < 3:
        return False
    if not view.spans_in(*parts[-1], "money"):
        # 'X kommun. Sjöns skyltar. Avslag, för sent': an outcome in the place of the sum
        ended = [i for i, (a, b) in enumerate(parts) if i > 1 and _opens_with_outcome(view, lexicon, a, b)]
        if not ended or not is_organisation(view, *_trimmed(view, *parts[0])):
            return False
        parts = parts[: ended[0]]
    return all(
        len(view.text[a:b].split()) <= 14 and not is_sentence(view, lexicon, *_trimmed(view, a, b)) for a, b in parts
    )


def _opens_with_outcome(view: View, lexicon: Lexicon, low: int, high: int) -> bool:
    word = re.match(r"\s*(\w+)", view.text[low:high])
    return word is not None and outcome_word(lexicon, word.group(1)) is not None


def _trimmed(view: View, low: int, high: int) -> tuple[int, int]:
    """The part without blanks in front and a word of the sum's role: 'Sökt 90 000 kr' is no sentence."""
    while low < high and view.text[low] == " ":
        low += 1
    return low, high


def _tells(view: View, lexicon: Lexicon, low: int, high: int) -> bool:
    """Whether there is a sum, or a word with which an outcome may begin."""
    return bool(view.spans_in(low, high, "money", "number")) or outcome_begins(lexicon, view.text, low, high)


def _bare_sum(view: View, lexicon: Lexicon, low: int, high: int) -> TypedSpan | None:
    """A number without unit that ends a line, behind dots or a tab that lead to it, or in a paper that tells its
    unit."""
    numbers = [s for s in view.spans_in(low, high, "number") if not view.text[s.end : high].strip(" .:-")]
    if not numbers or not _GROUPED.fullmatch(view.text, numbers[-1].start, numbers[-1].end):
        return None
    span, unit = numbers[-1], told_unit(view, lexicon)
    led = _LEADER.search(view.text, low, span.start) is not None
    if not unit and not led:
        return None
    scale = told_scale(view, lexicon)
    if scale == 0 or (amount := kronor(span.value, scale)) is None or amount < 1000:
        return None
    money = replace(span.value, amount=Decimal(amount), currency="SEK", unit="kr")
    return TypedSpan("money", span.start, span.end, money)


def _has_party(view: View, row: Row) -> bool:
    """Whether a line names an applicant beside the project, as one without sum or outcome must."""
    if len(row.texts) > 1:
        return any(is_organisation(view, *t) for t in row.texts)
    return split_party(view, *row.texts[0])[1] is not None


def is_sentence(view: View, lexicon: Lexicon, low: int, high: int) -> bool:
    """Whether a piece has a finite verb or is a clause, as no name of a project or applicant is."""
    m = lexicon.pattern("lists", "sentence_words").search(view.text, low + 1, high)
    return m is not None and m.group().islower()


def _outermost(spans: list[TypedSpan]) -> list[TypedSpan]:
    kept: list[TypedSpan] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _head_end(view: View, lexicon: Lexicon, low: int, high: int, stopped: bool = False) -> int:
    """The end of the line's own words: the first stop behind its sum or outcome; a note may follow."""
    first = next((s.end for s in view.spans_in(low, high, "money")), None)
    if first is not None and (clause := _CLAUSE.match(view.text, first, high)):
        return clause.start()
    named = not stopped and outcome_begins(lexicon, view.text, low, high)
    for m in SENTENCE_END.finditer(view.text, low, high):
        told = first is not None and first <= m.end()
        if told or named and outcome_word(lexicon, _CUT.split(view.text[low : m.start()])[-1]):
            return m.start()
    return high


def _cut(
    view: View,
    lexicon: Lexicon,
    row: Row,
    low: int,
    high: int,
    typed: list[TypedSpan],
    separator: re.Pattern[str] = _SEPARATOR,
) -> None:
    """Cut the words between typed values at the separators."""
    label: tuple[str, ...] = ()
    position, depth = low, 0
    for span in [*typed, None]:
        asked = False
        stop = span.start if span is not None else high
        for start, end, before in _pieces(view.text, position, stop, separator):
            depth += before.count("(") - before.count(")")
            if end == stop and span is not None and span.kind == "money":
                verb = _VERB_BEFORE_SUM.search(view.text, start, end)
                end = verb.start() if verb is not None else end
                if (sought := _SOUGHT_BEFORE_SUM.search(view.text[start:end])) is not None:
                    end, asked = start + sought.start(), True
            start, end = trim(view.text, start, end)
            if span is not None and span.kind in ("diary_number", "case_id") and end >= stop - 3:
                end = _before_label(view, lexicon, start, end)
            if start >= end:
                continue
            cue = _FOR_PROJECT.match(view.text, start, end) if row.money else None
            if cue is None and row.money and row.texts and before != "(":
                cue = _TO_NAME.match(view.text, start, end)
            if cue is not None:
                start = cue.end()
                label = ("project",)
            words = view.text[start:end]
            roles = column_roles(lexicon, words)
            head, comma, tail = words.rpartition(", ")
            if comma and not roles and view.text[end : end + 1] == ":" and (roles := column_roles(lexicon, tail)):
                if label:
                    row.roles[len(row.texts)] = label
                row.texts.append((start, start + len(head)))
                label = roles
                continue
            if roles and (view.text[end : end + 1] == ":" or (end >= stop - 2 and span is not None)):
                label = roles
                continue
            word = own_outcome(lexicon, words)
            if word is None and separator is _STOP_TOO and row.texts:
                word = outcome_word(lexicon, re.split(r"[\s,]", words)[0])
            if word is not None:
                row.outcome = row.outcome or word
                if _SOUGHT.search(fold(words)):
                    label = ("applied",)
                continue
            if DIARY.fullmatch(words):
                row.numbers.append(TypedSpan("diary_number", start, end, words))
                continue
            if not any(c.isalpha() for c in words):
                continue
            if label:
                row.roles[len(row.texts)] = label
                label = ()
            if depth > 0:
                row.bracketed.add(len(row.texts))
            row.texts.append((start, end))
        if span is None:
            break
        if span.kind == "money":
            label = ("applied",) if asked else label
            if kronor(span.value) is not None:
                row.money.append((span, tuple(r for r in label if r in ("granted", "applied", "proposed", "total"))))
        elif span.kind in ("diary_number", "case_id"):
            row.numbers.append(span)
        else:
            row.dates.append(span)
        label = ()
        position = span.end


_LAST_PART = re.compile(r"(?:^|,\s+|\s*\(|\s[–—-]\s+|;\s+)([^,;()]{2,30})$")


def _before_label(view: View, lexicon: Lexicon, start: int, end: int) -> int:
    """The end of a piece without the label of the number behind it: 'Spetsen, Falu kommun, ärende-id'."""
    m = _LAST_PART.search(view.text[start:end])
    labelled = m is not None and {"diary_number", "case_id"} & set(column_roles(lexicon, m.group(1)))
    return start + m.start() if m is not None and labelled else end


def _pieces(text: str, low: int, high: int, separator: re.Pattern[str] = _SEPARATOR) -> list[tuple[int, int, str]]:
    """The words between separators; an acronym in brackets before a further separator stays with its name."""
    found, position, before = [], low, ""
    kept = [m.span() for m in _ACRONYM.finditer(text, low, high) if m.start() - low > 3]
    for m in separator.finditer(text, low, high):
        if any(a <= m.start() < b for a, b in kept):
            continue
        found.append((position, m.start(), before))
        position, before = m.end(), m.group()
    found.append((position, high, before))
    return found


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in EDGE:
        start += 1
    while True:
        closed = False
        while end > start and text[end - 1] in EDGE:
            closed = closed or text[end - 1] in ",:;”»"
            end -= 1
        left = _UNIT_LEFT if closed else _LEFT_OVER
        if end - start > _LONGEST_LEFT:
            m = left.search(text, end - _LONGEST_LEFT, end)
        else:
            m = left.search(text[start:end])
        if m is None:
            return start, end
        end = m.start() + (0 if end - start > _LONGEST_LEFT else start)
        if end <= start:
            return start, start


def own_outcome(lexicon: Lexicon, words: str) -> str | None:
    """An outcome that is a piece of its own: 'AVSLAG', 'bifall', 'avslag på ansökan om'."""
    word = outcome_word(lexicon, words)
    if word is None or words[0].islower() or words.isupper() or fold(words).strip(" .") in outcome_names(lexicon):
        return word
    first = words.split()[0]
    return word if len(first) > 3 and first.strip(".,:;").isupper() else None


_BEFORE_PARTY = shape("pieces", "before_party")


def split_party(view: View, low: int, high: int) -> tuple[tuple[int, int], tuple[int, int] | None]:
    """Name and applicant in one run of words: 'Klippans kommun för Sommarjobb', 'Sommarjobb, Klippans kommun'."""
    known = view.spans_in(low, high, "organisation")
    ends_known = bool(known) and high - known[-1].end <= 1 and known[-1].value.register_id is not None
    for span in known:
        if span.start - low <= 1 and not (ends_known and span.value.register_id is None):
            m = _FOR.match(view.text, span.end, high) or re.compile(r",\s+(?=[\"”“A-ZÅÄÖ0-9])").match(
                view.text, span.end, high
            )
            if m:
                return (m.end(), high), (span.start, span.end)
        if high - span.end <= 1:
            m = _BEFORE_PARTY.search(view.text[low : span.start])
            if m:
                return (low, low + m.start()), (span.start, span.end)
    parts = re.split(r",\s+", view.text[low:high])
    if len(parts) > 1 and len(parts[-1]) > 3:
        start = high - len(parts[-1])
        if is_organisation(view, start, high):
            return (low, low + len(view.text[low:start].rstrip(", "))), (start, high)
        first = low + len(parts[0])
        if is_organisation(view, low, first):
            m = re.compile(r",\s+").match(view.text, first)
            return (m.end() if m else first, high), (low, first)
    return (low, high), None


def without_cue(view: View, lexicon: Lexicon, low: int, high: int) -> tuple[int, int]:
    """The name without the noun before it: 'projektet Isbana'."""
    cue = cue_pattern(lexicon).match(view.text, low, high) if view.text[low].islower() else None
    return (cue.end(), high) if cue is not None else (low, high)


_RECEIVER = re.compile(r"([A-ZÅÄÖ][^,:;()]{2,70}),\s+\w+\s")


_PURPOSE = re.compile(r",?\s+(\w+)\s+(?:(\w+)\s+(?=[\"”“»A-ZÅÄÖ0-9]))?(?=\S)")
_WORD_BEFORE = re.compile(r"\w(?=\s+\w+\s)")


def split_purpose(
    view: View, lexicon: Lexicon, low: int, high: int, *, unknown: bool = False
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Name and receiver in 'Åmåls SK, för projektet Alla på isen', though no register knows the receiver, and in
    'Byalaget till ny brygga' where it is known or (``unknown``) the other lines are of that form; else None."""
    found = _receiver_and_purpose(view, lexicon, low, high, unknown)
    if found is None:
        return None
    receiver, m = found
    begin = m.end()
    if m.group(2) and fold(m.group(2)) not in lexicon.words("lists", "purpose_nouns"):
        begin = m.start(2)
    if view.text[begin] in '"”“»':
        closing = re.compile(r"[^\"”“»]+").match(view.text, begin + 1, high)
        high = closing.end() if closing else high
        begin += 1
    if fold(view.text[begin:high]).startswith(lexicon.words("lists", "no_purposes")):
        return None
    return trim(view.text, begin, high), receiver


def _receiver_and_purpose(
    view: View, lexicon: Lexicon, low: int, high: int, unknown: bool
) -> tuple[tuple[int, int], re.Match[str]] | None:
    words = lexicon.words("lists", "for_purpose")
    party = view.starting(low, "organisation")
    ends = [] if party is None else [party.end]
    if not ends:
        behind_comma = _RECEIVER.match(view.text, low, high)
        ends = [behind_comma.end(1)] if behind_comma is not None else []
    if not ends and unknown:
        ends = [low + m.end() for m in _WORD_BEFORE.finditer(view.text[low:high])] if view.text[low].isupper() else []
    for end in ends:
        m = _PURPOSE.match(view.text, end, high)
        if m is not None and fold(m.group(1)) in words:
            return (low, end), m
    return None


def as_title(words: str) -> str | None:
    """A purpose that begins with a small letter as a title, 'eHealth' left as it is; None where it begins with none."""
    if not words[:1].islower():
        return None
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


def is_organisation(view: View, low: int, high: int) -> bool:
    return any(
        (s.end - s.start) * 5 >= (high - low) * 3 and s.start - low <= 4
        for s in view.spans_in(low, high, "organisation")
    )
