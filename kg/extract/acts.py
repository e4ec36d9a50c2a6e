"""Decision verbs in sentences: what is granted, refused, proposed or changed, and for which project."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from kg.extract.frame import Found
from kg.extract.names import scan_name
from kg.extract.projects import Mention, Project, ProjectBook
from kg.extract.sections import Matter, Section, section_at
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, alternation, compile_phrases, phrase_pattern


@dataclass(frozen=True, slots=True)
class Trigger:
    """A decision verb found: ``outcome`` grant/reject/other, ``voice`` active/passive/receive/pay, ``tense``."""

    start: int
    end: int
    outcome: str
    voice: str
    tense: str
    unit: Unit
    lead: tuple[int, int] | None
    governed: str


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


_CLAUSE = re.compile(r"[,;:(–]\s|\soch\s(?=(?:att|om|när)\b)")


@cache
def _trigger_table(
    signature: str, rows: tuple[tuple[str, ...], ...]
) -> tuple[re.Pattern[str], dict[str, tuple[str, str, str]]]:
    table = {re.sub(r"\s+", " ", phrase).casefold(): (outcome, voice, tense) for phrase, outcome, voice, tense in rows}
    return compile_phrases(table), table


def find_triggers(view: View, lexicon: Lexicon, sections: list[Section]) -> list[Trigger]:
    """Decision verbs that decide or propose: no conditions, possibilities, motions or headings of lists."""
    rows = tuple(tuple(row) for row in lexicon.get("decisions", "triggers"))
    pattern, table = _trigger_table(lexicon.signature, rows)
    found = []
    for m in pattern.finditer(view.text):
        block = view.block_at(m.start())
        if block.kind in ("table", "furniture", "heading"):
            continue
        if block.kind == "field" and m.start() < block.cells[0].end:
            continue
        if _ADJECTIVE.search(view.text, max(block.start, m.start() - 14), m.start()):
            continue
        outcome, voice, tense = table[re.sub(r"\s+", " ", m.group()).casefold()]
        unit = view.unit_at(m.start())
        section = section_at(sections, m.start())
        if "outside" in section.kinds or (
            "debate" in section.kinds and "decision" not in section.kinds and tense != "past"
        ):
            continue
        if voice == "receive" and _AVSLAG.match(view.text, m.end(), unit.end):
            outcome, voice = "reject", "passive"
        if voice == "receive" and _is_modal(view, m.end(), unit.end):
            continue
        if _COUNTS.search(view.text, unit.start, unit.end) and tense != "infinitive":
            continue
        lead = _lead_of(view, unit)
        if _is_conditional(view, lexicon, unit, m.start(), voice, tense):
            continue
        if _is_foreign(view, lexicon, unit, m.start(), m.end()):
            continue
        governed = _governor(view, lexicon, unit, lead, m.start(), section)
        if tense == "infinitive" and not governed:
            continue
        if (
            voice in ("pay", "receive")
            and not view.spans_in(max(unit.start, m.start() - 90), unit.end, "money", "share")
            and (not governed or voice == "receive")
        ):
            continue
        found.append(Trigger(m.start(), m.end(), outcome, voice, tense, unit, lead, governed))
    return _strongest(found)


def _strongest(found: list[Trigger]) -> list[Trigger]:
    """Where triggers overlap or a weak one stands with a strong one in a sentence, keep the one that decides."""
    by_unit: dict[int, list[Trigger]] = {}
    for t in found:
        by_unit.setdefault(t.unit.start, []).append(t)
    kept = []
    for group in by_unit.values():
        strong = [t for t in group if t.voice in ("active", "passive")]
        weak = [t for t in group if t.voice in ("pay", "receive")]
        kept += strong
        kept += [w for w in weak if not any(abs(w.start - s.start) < 60 for s in strong)]
    return sorted(kept, key=lambda t: t.start)


# 'av beviljade 2 000 000 kr', 'ej beviljade sökande': an adjective, no verb
_ADJECTIVE = re.compile(r"\b(?:av|ej|de|alla|tidigare|redan|icke|samtliga)\s+$", re.IGNORECASE)
_AVSLAG = re.compile(r"[^.;:]{0,60}?\b(?:avslag|nej)\b", re.IGNORECASE)
_NUMERAL = r"(?:\d+|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|flera|många)"
# sentences that count decisions tell of none: 'Fem fick ja, åtta fick nej', 'beviljades 38 projekt'
_COUNTS = re.compile(
    rf"\b{_NUMERAL}\s+(?:(?:projekt|ansökningar)\s+)?(?:fick|får|beviljades|avslogs|bifölls|beviljas)\b|\b(?:beviljades|beviljade|avslogs|fördelades)\s+{_NUMERAL}\s+(?:projekt|ansökningar|bidrag|stöd)\b",
    re.IGNORECASE,
)


def _is_modal(view: View, low: int, high: int) -> bool:
    """Whether 'får' is an auxiliary: 'får användas', 'får 200 000 kr användas', 'får påbörjas'."""
    m = re.match(r"\s*(?:inte\s+|även\s+)?(?:\w+(?:as|a)\b)", view.text[low:high])
    if m is not None:
        return True
    money = view.spans_in(low, min(high, low + 30), "money")
    return bool(money) and re.match(r"\s*\w+as\b", view.text[money[0].end : high]) is not None


def _lead_of(view: View, unit: Unit) -> tuple[int, int] | None:
    """The words that lead the list in which the unit is an item: 'Regionstyrelsen beslutar att'."""
    if view.blocks[unit.block].kind != "list_item":
        return None
    index = unit.block - 1
    while index >= 0 and view.blocks[index].kind == "list_item":
        index -= 1
    if index < 0 or unit.block - index > 25:
        return None
    block = view.blocks[index]
    return (
        (block.start, block.end)
        if block.kind in ("paragraph", "heading", "field") and block.end - block.start < 400
        else None
    )


def _is_conditional(view: View, lexicon: Lexicon, unit: Unit, offset: int, voice: str, tense: str) -> bool:
    before = view.text[unit.start : offset]
    clause = _CLAUSE.split(before)[-1] if before else ""
    words = [w.casefold().strip(".,;:()") for w in clause.split()]
    listed = lexicon.words("decisions", "conditional")
    single = {w for w in listed if " " not in w}
    openers = {"om", "ifall", "när", "då", "innan", "if", "såvida"}
    if words and words[0] in openers:
        return True
    if any(w in openers and i == 0 for i, w in enumerate(words)):
        return True
    near = words[-5:]
    modal = (single - openers) & set(near)
    if modal - {"då"}:
        return True
    return any(" " in w and re.search(phrase_pattern(w), before[-90:], re.IGNORECASE) for w in listed)


def _is_foreign(view: View, lexicon: Lexicon, unit: Unit, start: int, end: int) -> bool:
    pattern = lexicon.pattern("decisions", "foreign_objects")
    after = view.text[end : min(unit.end, end + 40)]
    before = view.text[max(unit.start, start - 45) : start]
    near_after = pattern.search(after)
    near_before = pattern.search(before)
    if near_after and not re.search(r"[,.;]", after[: near_after.start()]):
        return True
    return bool(near_before and not re.search(r"[,.;]", before[near_before.end() :]))


def _governor(
    view: View, lexicon: Lexicon, unit: Unit, lead: tuple[int, int] | None, offset: int, section: Section
) -> str:
    """``proposes`` or ``decides``, by the nearest governing word: sentence, lead of the list, heading; else empty."""
    proposes, decides = lexicon.pattern("decisions", "proposes"), lexicon.pattern("decisions", "decides")
    for low, high in ((unit.start, offset), lead or (0, 0)):
        words = view.text[low:high]
        if proposes.search(words):
            return "proposes"
        if "proposal" in section.kinds and decides.search(words):
            return "proposes"
        if decides.search(words):
            return "decides"
    if "proposal" in section.kinds:
        return "proposes"
    if "decision" in section.kinds:
        return "decides"
    return ""


def stage_of(trigger: Trigger, section: Section) -> str:
    """``proposed`` or ``decided``."""
    if trigger.governed == "proposes" or ("proposal" in section.kinds and trigger.tense != "past"):
        return "proposed"
    return "decided"


@cache
def _object_pattern(signature: str, cues: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:till|för|åt|i|av|på|avseende|to|for)\s+(?:genomförande\s+av\s+|att\s+genomföra\s+)?(?:(?:{alternation(cues)})\s+)?(?=[\"”“»]?[A-ZÅÄÖ0-9])",
        re.IGNORECASE,
    )


def object_name(view: View, lexicon: Lexicon, trigger: Trigger) -> tuple[int, int] | None:
    """The project named as the verb's object where no name is known yet: 'beviljas 300 tkr till Laddstråk kust'."""
    pattern = _object_pattern(lexicon.signature, tuple(lexicon.words("lineage", "projects", "cues")))
    unit = trigger.unit
    for m in pattern.finditer(view.text, trigger.end, unit.end):
        if not (view.text[m.end()].isupper() or view.text[m.end()].isdigit() or view.text[m.end()] in '"”“»'):
            continue
        if view.starting(m.end(), "organisation", "board", "fund", "date", "period", "money", "share", "county", "municipality"):
            continue
        span = scan_name(view, lexicon, m.end(), unit.end)
        if span is not None and span[1] - span[0] >= 3:
            return span
    return None


def subject_name(view: View, lexicon: Lexicon, trigger: Trigger) -> tuple[int, int] | None:
    """The project as the passive verb's subject: 'Leader Mittland Plus medfinansieras med 446 743 kronor'."""
    if trigger.voice not in ("passive", "receive"):
        return None
    unit = trigger.unit
    low = unit.start
    marker = re.match(r"\s*(?:att\s+|\d{1,2}[.)]\s*|[a-zA-Z][.)]\s+|[•*–-]\s*)", view.text[low : trigger.start])
    if marker:
        low += marker.end()
    if view.starting(low, "organisation", "board", "fund") or low >= trigger.start:
        return None
    span = scan_name(view, lexicon, low, trigger.start)
    if span is None or span[1] < trigger.start - 2:
        return None
    words = view.text[span[0] : span[1]]
    return span if len(words.split()) > 1 or any(c.isdigit() for c in words) or words.isupper() else None


def direct_object(view: View, lexicon: Lexicon, trigger: Trigger) -> tuple[int, int] | None:
    """The project right after an active verb: 'medfinansierar Drivkraft 2.0 med 1,9 mnkr'."""
    if trigger.voice not in ("active", "pay"):
        return None
    low = trigger.end
    while low < trigger.unit.end and view.text[low] in " \t":
        low += 1
    if low >= trigger.unit.end or view.starting(
        low, "organisation", "board", "fund", "money", "share", "date", "municipality", "county"
    ):
        return None
    return scan_name(view, lexicon, low, trigger.unit.end)


def run_in_title(view: View, lexicon: Lexicon, trigger: Trigger) -> tuple[int, int] | None:
    """The title that a paragraph begins with: 'Biogas på bondens vis. Energimyndigheten beviljade ...'"""
    block = view.block_at(trigger.start)
    units = view.units_in(block.start, block.end)
    if len(units) < 2 or units[0].start >= trigger.unit.start:
        return None
    first = units[0]
    span = scan_name(view, lexicon, first.start, first.end)
    whole = view.text[first.start : first.end].rstrip()
    if span is None or len(whole.split()) > 9 or not whole.endswith(".") or span[1] < first.start + len(whole) - 1:
        return None
    if view.spans_in(first.start, first.end, "money", "board", "share") or view.starting(first.start, "organisation") is not None:
        return None
    return span


def project_of(
    view: View, lexicon: Lexicon, book: ProjectBook, trigger: Trigger, fallback: Project | None
) -> Project | None:
    """The project that a trigger decides on: a mention in its sentence, else the matter's."""
    unit = trigger.unit
    mentions = book.mentions_in(unit.start, unit.end)
    after = [m for m in mentions if m.start >= trigger.end]
    before = [m for m in mentions if m.end <= trigger.start]
    if after or before:
        if trigger.voice in ("active", "pay"):
            chosen = after or before
            return chosen[0].project if after else chosen[-1].project
        subject = before[-1] if before else None
        if subject is not None and (not after or not re.search(r"[,;:.]", view.text[subject.end : trigger.start])):
            return subject.project
        return after[0].project if after else before[-1].project
    return fallback
