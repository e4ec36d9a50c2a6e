"""Decision verbs in sentences: what is granted, refused, proposed or changed, and for which project."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kg.beginnings import BegunPattern
from kg.extract.frame import Found, Frame
from kg.extract.names import scan_name
from kg.extract.projects import Mention, Project, ProjectBook
from kg.extract.sections import Matter, Section, section_at
from kg.extract.titles import heading_name
from kg.extract.triggers import Trigger, find_triggers, stage_of
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, alternation, fill_shape, fold, shape
from kg.model import Block

__all__ = [
    "Act",
    "Trigger",
    "add_sought",
    "adopt_proposals",
    "apposed_name",
    "clause_of",
    "direct_object",
    "find_triggers",
    "is_for_thing",
    "object_name",
    "project_of",
    "relative_name",
    "run_in_title",
    "stage_of",
    "subject_name",
]


@dataclass(slots=True, eq=False)
class Act:
    """One decision or proposal on one project.  ``slots`` holds single facts, ``lists`` repeated ones."""

    project: Project
    outcome: str
    stage: str
    start: int
    end: int
    unit: Unit
    matter: Matter | None
    rule: str
    main: bool = True
    slots: dict[str, Found] = field(default_factory=dict)
    lists: dict[str, list[Found]] = field(default_factory=dict)
    triggers: list[Trigger] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    inherit: bool = True
    book: ProjectBook | None = None
    changed: bool = False  # another act of the paper changes it: what that act moves is not this one's
    opinion: bool = False  # what the paper's own body thinks of an application on which another decides

    def mentions(self, low: int, high: int) -> list[Mention]:
        """The projects named between two offsets."""
        return self.book.mentions_in(low, high) if self.book is not None else []

    def put(self, prop: str, found: Found | None) -> None:
        """Fill a slot that is empty."""
        if found is not None and found.value.lexical:
            self.slots.setdefault(prop, found)

    def append(self, prop: str, found: Found) -> None:
        rows = self.lists.setdefault(prop, [])
        if all(r.value.lexical.casefold() != found.value.lexical.casefold() for r in rows):
            rows.append(found)

    def speaks_of_other(self, low: int, offset: int) -> bool:
        """Whether the project named last before the offset is another one."""
        before = self.mentions(low, offset)
        return bool(before) and before[-1].project is not self.project

    @property
    def code(self) -> str:
        """The outcome of the contract."""
        if self.outcome == "other":
            return "other"
        word = {"grant": ("granted", "proposed_grant"), "reject": ("rejected", "proposed_rejection")}[self.outcome]
        return word[self.stage == "proposed"]


_PARTY_HEAD = shape("acts", "party_head")


@lru_cache(maxsize=8)
def _object_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    return shape("acts", "before_object", CUES=alternation(lexicon.words("lineage", "projects", "cues")))


def object_name(view: View, lexicon: Lexicon, trigger: Trigger) -> tuple[int, int] | None:
    """The project named as the verb's object where no name is known yet: 'beviljas 300 tkr till Laddstråk kust'."""
    pattern = _object_pattern(lexicon)
    unit = trigger.unit
    found = _named_after(view, lexicon, pattern, trigger.end, unit.end)
    if found is None and trigger.voice == "passive":
        # 'Ansökan från X om 200 000 kr till Y bordläggs': the object stands before the verb, up to it
        for m in pattern.finditer(view.text, unit.start, trigger.start):
            span = _named_after(view, lexicon, pattern, m.start(), trigger.start, verbal=False)
            if span is None:
                continue
            if span[1] >= trigger.start - 2 or _FROM_WHOM.match(view.text, span[1], trigger.start):
                return span
    return found


_FROM_WHOM = shape("acts", "from_whom")
_QUOTE = re.compile('["”“»«]')


_ALIGNED = shape("acts", "aligned")


def _named_after(
    view: View, lexicon: Lexicon, pattern: re.Pattern[str], start: int, end: int, *, verbal: bool = True
) -> tuple[int, int] | None:
    unit = view.unit_at(start)
    for m in pattern.finditer(view.text, start, end):
        if _THE_AUTHORITY.match(view.text, m.end()) or _ALIGNED.search(view.text, unit.start, m.start()):
            continue
        owner = view.covering(m.end(), "organisation", "board")
        if owner is not None and owner.start < m.start():  # within a name: 'Länsstyrelsen i Värmlands län'
            continue
        if len(_QUOTE.findall(view.text, unit.start, m.end())) % 2:  # within a quoted name: '”Så in i Norden”'
            continue
        if not (view.text[m.end()].isupper() or view.text[m.end()].isdigit() or view.text[m.end()] in '"”“»'):
            continue
        if view.starting(m.end(), "organisation", "board", "fund", "date", "period", "money", "share"):
            continue
        if view.covering(m.end(), "board") is not None:
            continue
        place = view.starting(m.end(), "county", "municipality")
        if place is not None and not re.match(r"s\s+[a-zåäö]", view.text[place.end - 1 : place.end + 2]):
            continue
        # 'stationen i Röjan ska kunna redovisas': a verb behind a place is that of the sentence
        span = scan_name(view, lexicon, m.end(), end, verbal=verbal and _AT.match(view.text, m.start()) is None)
        if span is None or span[1] - span[0] < 3 or _in_place(view, m.start(), span):
            continue
        # 'till Värmlands längsta loppis' is a name, 'till Värmlands län' and 'till Falun' are places
        place = view.starting(m.end(), "county", "municipality")
        if place is None or (span[1] > place.end + 3 and view.text[place.end - 1] == "s"):
            return span
    return None


def _in_place(view: View, start: int, span: tuple[int, int]) -> bool:
    """Whether a preposition of place stands before one plain word: 'verksamheter i Fårösund'."""
    word = view.text[slice(*span)]
    return _AT.match(view.text, start) is not None and word.isalpha() and word[1:].islower()


_AT = shape("acts", "at")


def add_sought(book: ProjectBook, view: View, lexicon: Lexicon, skip: list[tuple[int, int]]) -> None:
    """Names of what is applied for, where no cue stands before them: 'har sökt 640 000 kr till Skördebuss Ås'."""
    seeks = lexicon.pattern("decisions", "seeks")
    pattern = _object_pattern(lexicon)
    for m in seeks.finditer(view.text):
        unit = view.unit_at(m.start())
        if view.blocks[unit.block].kind in ("table", "furniture") or any(low <= m.start() < high for low, high in skip):
            continue
        money = view.spans_in(m.end(), unit.end, "money")
        if not money or book.mentions_in(unit.start, unit.end):
            continue
        span = _named_after(view, lexicon, pattern, money[0].end, unit.end)
        if span is not None and view.text[money[0].end : span[0]].count(",") == 0 and span[0] - money[0].end < 80:
            if view.covering(span[0], "organisation", "board") is None:
                book.add(*span, "project.cue")


_COUNTED = shape("acts", "counted")
_APPOSITION = shape("acts", "apposition")


_IS_RECEIVER = shape("acts", "receiver")
_BEFORE_SUBJECT = shape("acts", "before_subject")


def is_for_thing(view: View, trigger: Trigger) -> bool:
    """Whether the sum is told with what it is for, so that the subject is who receives it: 'Länstrafiken tilldelades
    700 000 kronor för en ny terminal'."""
    money = view.spans_in(trigger.end, trigger.unit.end, "money")
    return bool(money) and _PURPOSE.match(view.text, money[0].end, trigger.unit.end) is not None


_PURPOSE, _MOST, _NO_TO = shape("acts", "purpose"), shape("acts", "most"), shape("acts", "no_to")


def subject_name(view: View, lexicon: Lexicon, trigger: Trigger) -> tuple[int, int] | None:
    """The project as the passive verb's subject: 'Leader Mittland Plus medfinansieras med 446 743 kronor'."""
    if trigger.voice not in ("passive", "receive"):
        return None
    unit = trigger.unit
    low = unit.start
    marker = _BEFORE_SUBJECT.match(view.text[low : trigger.start])
    if marker:
        low += marker.end()
    named = low + 4 if view.text.startswith("The ", low) else low
    if view.starting(named, "organisation", "board", "fund") or low >= trigger.start:
        return None
    if is_for_thing(view, trigger) or _ANOTHER.search(view.text, low, trigger.start):
        return None
    span = scan_name(view, lexicon, low, trigger.start)
    if span is not None and (_IS_RECEIVER.search(view.text, *span) or _opens_with_place(view, *span)):
        return None
    if span is None or _PARTY_HEAD.match(view.text, *span) or _COUNTED.match(view.text, *span):
        return None
    if _MOST.match(view.text, *span):
        return None
    apart = span[1] < trigger.start - 2
    if apart and not _APPOSITION.fullmatch(view.text, span[1], trigger.start):
        return None
    inner, stripped = heading_name(view, lexicon, *span)
    if inner is not None and stripped:
        return inner
    words = view.text[span[0] : span[1]]
    if len(words.split()) > 1 or any(c.isdigit() for c in words) or words.isupper():
        return span
    # one word is a name where the sentence says who leads it, or the next one who applied
    return span if apart or _APPLICANT_NEXT.match(view.text, unit.end, unit.end + _NEXT) else None


_APPLICANT_NEXT = shape("acts", "applicant_next")
_NEXT = 40
_IN_PLACE = shape("acts", "in_place")
_ADVERBIAL = shape("acts", "adverbial")


def _opens_with_place(view: View, low: int, high: int) -> bool:
    """Whether the words before a verb tell where or when: 'I Ängby får ...', 'Vid mötet i Ås beviljas ...'."""
    m = _ADVERBIAL.match(view.text, low, high)
    if m is not None and _IN_PLACE.fullmatch(view.text, low, high):
        return True
    return m is not None and view.starting(m.end(), "municipality", "county", "date", "period", "board") is not None


_BETWEEN = shape("acts", "between")


def direct_object(view: View, lexicon: Lexicon, trigger: Trigger) -> tuple[int, int] | None:
    """The project right after an active verb: 'medfinansierar Drivkraft 2.0 med 1,9 mnkr'."""
    refused = trigger.outcome == "reject" and _NO_TO.fullmatch(view.text, trigger.start, trigger.end) is not None
    if trigger.voice not in ("active", "pay") and not refused and not _MOST.match(view.text, trigger.unit.start):
        return None
    low = trigger.end
    ahead = _BETWEEN.match(view.text, low, trigger.unit.end)
    low = ahead.end() if ahead else low
    if (named := _between_date_and_sum(view, trigger, low)) is not None:
        return named
    if low >= trigger.unit.end or view.starting(
        low, "organisation", "board", "fund", "money", "share", "date", "municipality", "county"
    ):
        return None
    span = scan_name(view, lexicon, low, trigger.unit.end)
    if span is not None and (means := _MEANS_FOR.search(view.text, *span)) is not None:
        return scan_name(view, lexicon, means.end(), trigger.unit.end)  # 'beviljat A projektstöd för X'
    return span


_MEANS_FOR = shape("acts", "means_for")
_THE_DAY = shape("acts", "the_day")


def _between_date_and_sum(view: View, trigger: Trigger, low: int) -> tuple[int, int] | None:
    """'beviljade den 15 mars 2022 Kugghjulet 900 tkr', where the paper speaks of Kugghjulet elsewhere too."""
    m = _THE_DAY.match(view.text, low)
    date = view.starting(m.end() if m else low, "date") or view.starting(low, "date")
    money = view.spans_in(date.end, trigger.unit.end, "money") if date is not None else []
    if date is None or not money:
        return None
    words = view.text[date.end : money[0].start].strip()
    if (
        not words[:1].isupper()
        or len(words.split()) > 6
        or view.spans_in(date.end, money[0].start, "organisation", "board")
    ):
        return None
    begin = view.text.index(words, date.end)
    return (begin, begin + len(words)) if view.text.count(words) > 1 else None


_APPOSED = shape("acts", "apposed")


def apposed_name(view: View, lexicon: Lexicon, trigger: Trigger) -> tuple[int, int] | None:
    """The project named in apposition: 'En tidigare ansökan, Blå bäddar, avslogs'."""
    for m in _APPOSED.finditer(view.text, trigger.unit.start, trigger.unit.end):
        if m.start() < trigger.start < m.end() + 2 or m.start() - trigger.end > 60:
            continue
        high = trigger.start if m.start() < trigger.start else trigger.unit.end
        if not view.text[m.end()].isupper() and view.text[m.end()] not in '"”“»':
            continue
        span = scan_name(view, lexicon, m.end(), high, verbal=True)
        ends = span is not None and (
            span[1] >= trigger.start - 1 or re.match(r"[\"”»]?[,.]", view.text[span[1] : span[1] + 2])
        )
        if span is None or not ends:
            continue
        if view.starting(span[0], "organisation", "board", "fund", "date", "county", "municipality") is None:
            return span
    return None


_WHO_GOT = shape("acts", "who_got")
_MAY_BEGIN = re.compile(r"(?<=[a-zåäö]\s)[\"”“»]?(?=[A-ZÅÄÖ])")
_THE_AUTHORITY = shape("acts", "the_authority")


def relative_name(view: View, lexicon: Lexicon, trigger: Trigger) -> tuple[int, int] | None:
    """The project of a relative clause: 'Ni har tidigare genomfört Ängar i sikte, som fick 310 000 kronor'."""
    clause = _WHO_GOT.search(view.text[trigger.unit.start : trigger.start])
    if clause is None or trigger.voice not in ("receive", "passive"):
        return None
    high = trigger.unit.start + clause.start()
    for m in _MAY_BEGIN.finditer(view.text, trigger.unit.start, high):
        if view.spans_in(m.start(), high, "organisation", "board", "fund", "date", "money"):
            continue
        span = scan_name(view, lexicon, m.start(), high)
        if span is not None and span[1] >= high - 1:
            carried = " " in view.text[slice(*span)] or _CARRIED_OUT.search(view.text, trigger.unit.start, m.start())
            return span if carried else None
    return None


_CARRIED_OUT = shape("acts", "carried_out")


def run_in_title(view: View, lexicon: Lexicon, trigger: Trigger) -> tuple[int, int] | None:
    """The title that a paragraph begins with: 'Biogas på bondens vis. Energimyndigheten beviljade ...'"""
    block = view.block_at(trigger.start)
    units = view.units_in(block.start, block.end)
    if len(units) < 2 or units[0].start >= trigger.unit.start:
        return None
    first = units[0]
    listed = block.kind == "list_item"  # whose title may be a sentence: 'Plåt möter plast. X AB tilldelas ...'
    span = scan_name(view, lexicon, first.start, first.end, verbal=listed)
    whole = view.text[first.start : first.end].rstrip()
    if span is None or len(whole.split()) > 9 or not whole.endswith(".") or span[1] < first.start + len(whole) - 1:
        return None
    if (
        view.spans_in(first.start, first.end, "money", "board", "share")
        or view.starting(first.start, "organisation") is not None
    ):
        return None
    index = view.block_index(block.start)
    above = view.blocks[index - 1] if index else None
    title = view.line(above.start, above.end) if above is not None and above.kind == "heading" else ""
    if title and view.line(*span).startswith(f"{title} "):  # a sentence about what the heading names
        return None
    return (
        None
        if _STATES.search(view.text[slice(*span)]) and not (listed and _beside_titles(view, lexicon, block))
        else span
    )


def _beside_titles(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Whether the items on both sides, or two of them, begin with titles of their own."""
    index = view.block_index(block.start)
    titled = 0
    for near in view.blocks[max(0, index - 2) : index + 3]:
        if near is block or near.kind != "list_item":
            continue
        first = next(iter(view.units_in(near.start, near.end)), None)
        if first is None or first.end >= near.end or view.text[first.start : first.end].rstrip()[-1:] != ".":
            continue
        span = scan_name(view, lexicon, first.start, first.end)
        titled += span is not None and span[1] >= first.start + len(view.text[first.start : first.end].rstrip()) - 1
    return titled > 1


_STATES = shape("acts", "states")


_ANOTHER = shape("acts", "another")


def clause_of(trigger: Trigger, triggers: list[Trigger]) -> tuple[int, int]:
    """From the end of the verb before to the verb after, where the sentence holds several; else the sentence."""
    same = [t for t in triggers if t.unit == trigger.unit]
    low = max((t.end for t in same if t.end <= trigger.start), default=trigger.unit.start)
    high = min((t.start for t in same if t.start >= trigger.end), default=trigger.unit.end)
    return low, high


_IN_RELATIVE = shape("acts", "in_relative")
_NOUN_BEFORE = shape("acts", "noun_before")


def project_of(
    view: View,
    lexicon: Lexicon,
    book: ProjectBook,
    trigger: Trigger,
    fallback: Project | None,
    triggers: list[Trigger] | None = None,
) -> Project | None:
    """The project that a trigger decides on: a mention in its sentence, else the matter's.

    ``triggers``: those of the paper; where several stand in the sentence and the first has its object behind it, so
    has each of them.
    """
    unit = trigger.unit
    mentions = book.mentions_in(unit.start, unit.end)
    if not mentions and _ANOTHER.search(view.text, unit.start, trigger.start):
        return None
    same = [t for t in triggers or [] if t.unit == unit]
    if len(same) > 1 and mentions and mentions[0].start >= same[0].start:
        _, high = clause_of(trigger, same)
        own = [m for m in mentions if trigger.end <= m.start < high]
        if own:
            return own[0].project
    after = [m for m in mentions if m.start >= trigger.end]
    before = [m for m in mentions if m.end <= trigger.start]
    if after or before:
        if before and _IN_RELATIVE.match(view.text[before[-1].end : trigger.start]):
            return before[-1].project
        if trigger.voice in ("active", "pay"):
            chosen = after or before
            return chosen[0].project if after else chosen[-1].project
        subject = before[-1] if before else None
        if subject and after and _introduced(view, after[0].start) and not _introduced(view, subject.start):
            return after[0].project  # 'X AB har fått 9 miljoner kronor för att driva projektet X 2.0'
        if subject is not None and (not after or not re.search(r"[,;:.]", view.text[subject.end : trigger.start])):
            return subject.project
        return after[0].project if after else before[-1].project
    return fallback


def _introduced(view: View, start: int) -> bool:
    """Whether a noun for a project stands right before the name."""
    return _NOUN_BEFORE.search(view.text, max(0, start - 24), start) is not None


def _may_decide(body: str, act: Act) -> bool:
    """Whether the body that adopts is the one that was to decide, so far as the paper names one."""
    asked = act.slots.get("deciding_body")
    if asked is None or not body:
        return True
    other = fold(asked.value.lexical)
    return body in other or other in body


_ADOPTS_OUTRIGHT = shape("acts", "adopts_outright")


@cache
def _adoption_pattern(
    signature: str, verbs: tuple[str, ...], links: tuple[str, ...], words: tuple[str, ...]
) -> BegunPattern:
    verb, link, word = alternation(verbs), alternation(links), alternation(words)
    close = alternation(v for v in verbs if _ADOPTS_OUTRIGHT.match(v))
    return BegunPattern(fill_shape("acts", "adoption", VERB=verb, LINK=link, WORD=word, CLOSE=close))


def adopt_proposals(
    view: View, lexicon: Lexicon, acts: list[Act], sections: list[Section], matters: list[Matter], frame: Frame
) -> None:
    """Make proposals decisions where the same paper decides 'enligt förslaget': those of its matter, or, where the
    matter holds none, those that stand above it.  A project on which the paper decides in words of its own is left."""
    if not any(a.stage == "proposed" for a in acts):
        return
    words = ("adopting_verbs", "adopting_links", "adopted")
    pattern = _adoption_pattern(lexicon.signature, *(tuple(lexicon.words("decisions", w)) for w in words))
    proposes = lexicon.pattern("decisions", "urges")
    decided = {a.project.id for a in acts if a.stage == "decided" and a.main}
    for m in pattern.finditer(view.text):
        unit = view.unit_at(m.start())
        kinds = section_at(sections, m.start()).kinds
        if {"proposal", "outside", "history"} & set(kinds) or proposes.search(view.text, unit.start, m.end()):
            continue
        matter = next((x for x in matters if x.start <= m.start() < x.end), None)
        boards = view.spans_in(unit.start, unit.end, "board")
        body = fold(boards[0].value.canonical) if boards else fold(frame.body.value.lexical) if frame.body else ""
        open_acts = [a for a in acts if a.stage == "proposed" and a.project.id not in decided]
        open_acts = [a for a in open_acts if _may_decide(body, a)]
        # in minutes the proposal may be told below the decision, in the same matter
        told_below = matter is not None and matter.style == "sign"
        open_acts = [a for a in open_acts if a.start < m.start() or (told_below and a.matter is matter)]
        own = [a for a in open_acts if a.matter is matter]
        for act in own or [a for a in open_acts if a.matter is None or matter is None]:
            act.stage, act.main, act.inherit = "decided", True, True
