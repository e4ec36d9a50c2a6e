"""Decision verbs in sentences: which words decide, propose or change, and which only look so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.beginnings import BegunPattern
from kg.extract.money import WISHED
from kg.extract.outcomes import labelled_outcomes, outcome_names
from kg.extract.sections import Section, section_at
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, alternation, compile_phrases, fill_shape, fold, shape
from kg.phrases import PhrasePattern


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


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that may decide, before their sentence is looked at."""

    start: int
    end: int
    outcome: str
    voice: str
    tense: str
    sure: bool = False


def find_triggers(view: View, lexicon: Lexicon, sections: list[Section]) -> list[Trigger]:
    """Decision verbs that decide or propose: no conditions, possibilities, motions or headings of lists."""
    found: list[Trigger] = []
    if _is_guide(view, lexicon):
        return found
    for words in view.keep("decision words", lambda: list(_candidates(view, lexicon))):
        block = view.block_at(words.start)
        if block.kind in ("table", "furniture", "heading") or _is_label(view, lexicon, words.start):
            continue
        if _may_qualify(view, words) and _ADJECTIVE.search(view.text, max(block.start, words.start - 14), words.start):
            continue
        unit = view.unit_at(words.start)
        section = section_at(sections, words.start)
        if "outside" in section.kinds or (
            "debate" in section.kinds and "decision" not in section.kinds and words.tense != "past"
        ):
            continue
        lead = _lead_of(view, unit)
        governed = _governor(view, lexicon, unit, lead, words, section)
        if not _decides(view, lexicon, unit, words, governed) or _is_refused(view, words, found):
            continue
        found.append(Trigger(words.start, words.end, words.outcome, words.voice, words.tense, unit, lead, governed))
    return _strongest([*found, *_led_items(view, found), *_noun_grants(view, lexicon, sections, found)])


def _is_refused(view: View, words: _Words, found: list[Trigger]) -> bool:
    """Whether what the verb names is refused by the one before: 'avslår begäran om att höja stödet'."""
    if words.tense != "infinitive" or not found or found[-1].outcome != "reject":
        return False
    before = found[-1]
    return words.start < before.unit.end and _ASKED_FOR.fullmatch(view.text, before.end, words.start) is not None


_ASKED_FOR, _ON_SUPPORT = shape("triggers", "refused"), shape("triggers", "on_support")
_ON_TIME = shape("triggers", "on_time")
_AUXILIARY = shape("triggers", "auxiliary")
_LEADS = shape("triggers", "leads")


def _led_items(view: View, found: list[Trigger]) -> list[Trigger]:
    """For each item below a verb that leads a list, with a sum and no verb of its own, the verb again."""
    taken = {t.unit.start for t in found}
    more = []
    for trigger in found:
        if trigger.voice not in ("active", "passive", "pay") or trigger.outcome == "other":
            continue
        if not _LEADS.search(view.text, trigger.end, trigger.unit.end):
            continue
        head = view.blocks[trigger.unit.block]
        for index in range(trigger.unit.block + 1, min(trigger.unit.block + 40, len(view.blocks))):
            block = view.blocks[index]
            if block.kind != "list_item" or head.kind == "list_item" and block.level <= head.level:
                break
            units = view.units_in(block.start, block.end)
            if not units or units[0].start in taken or not view.spans_in(units[0].start, units[0].end, "money"):
                break
            start = units[0].start
            more.append(
                Trigger(
                    start, start, trigger.outcome, "active", trigger.tense, units[0], trigger.lead, trigger.governed
                )
            )
    return more


_NOUN_GRANT = shape("triggers", "noun_grant")
_NOUN_OUTCOME = shape("triggers", "noun_outcome")


def _noun_grants(view: View, lexicon: Lexicon, sections: list[Section], found: list[Trigger]) -> list[Trigger]:
    """Sentences without a verb that open with the grant and its sum ('Lokalstöd med 970 000 kronor till bryggor'), or
    with the outcome where a decision stands ('Avslag på X kommuns ansökan')."""
    taken = {t.unit.start for t in found}
    more = []
    for unit in view.units_with(_NOUN_OUTCOME):
        m = _NOUN_OUTCOME.match(view.text, unit.start, unit.end)
        if m is None or unit.start in taken or view.blocks[unit.block].kind in ("heading", "table", "furniture"):
            continue
        section = section_at(sections, unit.start)
        if {"decision", "proposal"} & set(section.kinds):
            governed = "proposes" if "proposal" in section.kinds else "decides"
            outcome = "reject" if m.group()[0] in "aA" else "grant"
            more.append(Trigger(m.start(), m.end(), outcome, "active", "present", unit, None, governed))
            taken.add(unit.start)
    for index in view.blocks_of("money"):
        # 'Söderby kommun, 640 000 kronor.' right below a title
        if not index or view.blocks[index - 1].kind != "heading" or view.blocks[index].kind != "paragraph":
            continue
        unit = view.unit_at(view.blocks[index].start)
        first = next(iter(view.spans_in(unit.start, unit.end, "money")), None)
        if first is None or unit.start in taken or _SUM_LAST.fullmatch(view.text, first.end, unit.end) is None:
            continue
        party = view.starting(unit.start, "organisation")
        if party is None or _BEFORE_SUM.fullmatch(view.text, party.end, first.start) is None:
            continue
        if "outside" not in section_at(sections, unit.start).kinds:
            taken.add(unit.start)
            more.append(Trigger(party.end, first.start, "grant", "receive", "present", unit, None, ""))
    for span in view.kind("money"):
        unit = view.unit_at(span.start)
        if unit.start in taken or span.start - unit.start > _NOUN_REACH or view.blocks[unit.block].kind != "paragraph":
            continue
        m = _NOUN_GRANT.fullmatch(view.text, unit.start, span.start)
        if m is None or "outside" in section_at(sections, unit.start).kinds:
            continue
        taken.add(unit.start)
        more.append(Trigger(unit.start, span.start, "grant", "receive", "present", unit, None, ""))
    return more


_NOUN_REACH = 44
_BEFORE_SUM, _SUM_LAST = shape("triggers", "before_sum"), shape("triggers", "sum_last")


def _may_qualify(view: View, words: _Words) -> bool:
    """Whether the verb's form may be that of an adjective before a noun: 'av beviljade medel'."""
    return not words.sure and _PARTICIPLE.fullmatch(view.text, words.start, words.end) is not None


_PARTICIPLE = shape("triggers", "participle")


@lru_cache(maxsize=8)
def _guide_titles(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, lexicon.words('decisions', 'guides')))})\b")


def _is_guide(view: View, lexicon: Lexicon) -> bool:
    """Whether one of the first lines is the title of a guide, a call or an agenda, which decide nothing."""
    guide = _guide_titles(lexicon)
    for block in view.blocks[:4]:
        words = view.line(block.start, min(block.end, block.start + 60)).casefold()
        if block.kind != "table" and block.end - block.start < 120 and guide.match(words):
            return True
    return False


def _is_example(view: View, lexicon: Lexicon, unit: Unit) -> bool:
    """Whether the words before, up to a colon, present what follows as an example."""
    before = view.text[max(0, unit.start - 90) : unit.start].rstrip(' \n"”“')
    if before.endswith(":"):
        clause = re.split(r"[.?!\n]", before)[-1].casefold()
        return any(w in clause for w in lexicon.words("decisions", "examples"))
    return False


_INDEFINITE, _IN_PART = shape("triggers", "indefinite"), shape("triggers", "in_part")


def _decides(view: View, lexicon: Lexicon, unit: Unit, words: _Words, governed: str) -> bool:
    """Whether the sentence tells of a decision on one application rather than of a rule, a count or a wish."""
    if words.sure:
        return True
    if words.voice == "receive" and _is_modal(view, words.end, unit.end):
        return False
    in_part = words.outcome == "reject" and _IN_PART.match(view.text, words.end, unit.end)  # the rest is granted
    if in_part or _INDEFINITE.search(view.text, unit.start, words.start):
        return False
    if not governed and words.voice in ("active", "pay") and WISHED.search(f"{view.text[unit.start : words.end]} "):
        return False
    if words.tense != "infinitive" and _counts(view, lexicon, unit):
        return False
    if _is_conditional(view, lexicon, unit, words.start) or _is_example(view, lexicon, unit):
        return False
    if words.start - unit.start < 4 and words.tense == "present" and _VERB_FIRST.match(view.text, words.end, unit.end):
        return False
    if _is_foreign(view, lexicon, unit, words.start, words.end) or _is_moved(view, unit, words.start):
        return False
    if words.tense == "infinitive" and not governed:
        return False
    if words.voice in ("pay", "receive") and (not governed or words.voice == "receive"):
        if view.spans_in(max(unit.start, words.start - 90), unit.end, "money", "share"):
            return True
        means = lexicon.pattern("decisions", "means")
        return bool(governed) and means.search(view.text, words.end, unit.end) is not None
    return True


# --- the words -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _trigger_table(lexicon: Lexicon) -> tuple[PhrasePattern, dict[str, tuple[str, str, str]]]:
    rows = lexicon.get("decisions", "triggers")
    table = {re.sub(r"\s+", " ", phrase).casefold(): (outcome, voice, tense) for phrase, outcome, voice, tense in rows}
    return compile_phrases(table), table


@lru_cache(maxsize=8)
def _split_table(
    lexicon: Lexicon,
) -> tuple[PhrasePattern, dict[str, list[tuple[re.Pattern[str], str, str, str]]]]:
    """Verbs with the word that completes them later in the clause: 'gav styrelsen klubben avslag'."""
    table: dict[str, list[tuple[re.Pattern[str], str, str, str]]] = {}
    for verbs, complements, outcome, voice, tense in lexicon.get("decisions", "splits"):
        gap = r"[^.;:?!,]{0,45}?" if _AUXILIARY.match(verbs) else r"[^.;:?!]{0,90}?"
        if _ON_SUPPORT.match(complements):
            gap = fill_shape("triggers", "gap_before_support")
        elif _ON_TIME.match(complements):
            gap = r"[^.;:?!,\d]{0,60}?"  # no sum between: with one it is a grant
        after = re.compile(rf"{gap}(?:{alternation(complements.split('|'))})", re.IGNORECASE)
        for verb in verbs.split("|"):
            table.setdefault(verb.casefold(), []).append((after, outcome, voice, tense))
    return compile_phrases(table), table


def _candidates(view: View, lexicon: Lexicon) -> Iterator[_Words]:
    """Words of decision in order; split verbs and outcomes after a label first: they say more than a verb alone."""
    pattern, splits = _split_table(lexicon)
    taken: dict[int, _Words] = {}
    for m in pattern.finditer(view.text):
        unit = view.unit_at(m.start())
        for after, outcome, voice, tense in splits[fold(m.group())]:
            whole = after.match(view.text, m.end(), unit.end)
            if whole:
                denied = outcome == "grant" and _NOT_AFTER.match(view.text, m.end(), whole.end()) is not None
                if denied and voice == "active" and _AUXILIARY.match(m.group()):
                    taken.setdefault(m.start(), _Words(m.start(), whole.end(), "", voice, tense))  # has not: no act
                    break
                outcome = "reject" if denied else outcome
                # where the complement leads on to the object ('sa nej till'), the verb's group ends with it
                end = whole.end() if _LEADING_ON.search(whole.group()) else m.end()
                taken.setdefault(m.start(), _Words(m.start(), end, outcome, voice, tense))
                break
    for start, end, outcome in labelled_outcomes(view, lexicon):
        taken[start] = _Words(start, end, outcome, "passive", "present", sure=True)
    pattern, table = _trigger_table(lexicon)
    first = sorted(taken)
    for m in pattern.finditer(view.text):
        if (low := bisect_left(first, m.start())) < len(first) and first[low] < m.end():
            continue
        outcome, voice, tense = table[fold(m.group())]
        turned = _negated(view, outcome, m.start(), m.end())
        if turned is not None:
            taken[m.start()] = _Words(m.start(), m.end(), turned, voice, tense)
    yield from (taken[start] for start in sorted(taken) if taken[start].outcome)


def find_decision_words(view: View, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """All words that may decide, wherever they stand: start, end, and outcome (grant, reject, other) after negation."""
    return [(words.start, words.end, words.outcome) for words in _candidates(view, lexicon)]


_LEADING_ON = shape("triggers", "leading_on")
_NOT_AFTER = shape("triggers", "not_after")
_NO_MEANS = shape("triggers", "no_means")
_NOT_BEFORE = shape("triggers", "not_before")


_DENIAL = shape("triggers", "denial")


def _negated(view: View, outcome: str, start: int, end: int) -> str | None:
    """The outcome, turned by a negation: no grant is a rejection; a change or rejection not made is no act."""
    block = view.block_at(start)
    low = max(block.start, start - 14)
    if outcome == "grant" and _NO_MEANS.search(view.text, max(block.start, start - 50), start):
        return "reject"
    if not (_NOT_AFTER.match(view.text, end, block.end) or _NOT_BEFORE.search(view.text[low:start])):
        return outcome
    already = _DENIAL.search(view.text[start:end])
    if already:
        return outcome
    return "reject" if outcome == "grant" else None


def _is_label(view: View, lexicon: Lexicon, offset: int) -> bool:
    """Whether the words stand in a field's label, or define the outcome that the label names."""
    block = view.block_at(offset)
    if block.kind != "field" or len(block.cells) != 2:
        return False
    label = block.cells[0]
    if offset < label.end:
        return True
    words = view.text[label.start : label.end].strip(" :").casefold()
    return words in outcome_names(lexicon)


def _strongest(found: list[Trigger]) -> list[Trigger]:
    """Where triggers overlap or a weak one stands with a strong one in a sentence, keep the one that decides."""
    by_unit: dict[int, list[Trigger]] = {}
    for t in found:
        by_unit.setdefault(t.unit.start, []).append(t)
    kept = []
    for group in by_unit.values():
        granted = [t.start for t in group if t.outcome == "grant"]
        # 'prioriterar projektet men sänker stödet till 245 000 kr' is a grant of less, no change
        lesser = ("other", "active", "present")
        if granted:
            group = [t for t in group if t.start <= granted[0] or (t.outcome, t.voice, t.tense) != lesser]
        strong = [t for t in group if t.voice in ("active", "passive")]
        weak = [t for t in group if t.voice in ("pay", "receive")]
        kept += strong
        kept += [w for w in weak if not any(abs(w.start - s.start) < 60 for s in strong)]
    return sorted(kept, key=lambda t: t.start)


# --- what takes the decision out of them ---------------------------------------------------------------------------

_CLAUSE = shape("triggers", "clause")
_ADJECTIVE = shape("triggers", "adjective")


def _counts(view: View, lexicon: Lexicon, unit: Unit) -> bool:
    """Whether a sentence counts decisions and so tells of none: 'Fem fick ja, åtta nej', 'beviljades 38 projekt'."""
    by_words, by_digits = _count_patterns(lexicon)
    if by_words.search(view.text, unit.start, unit.end) is not None:
        return True
    return by_digits.search(view.text[unit.start : unit.end]) is not None


@lru_cache(maxsize=8)
def _count_patterns(lexicon: Lexicon) -> tuple[BegunPattern, re.Pattern[str]]:
    """Counts that begin with a word, and those that begin with digits."""
    words, verbs = (lexicon.words("decisions", "counts", key) for key in ("numerals", "verbs"))
    numeral = "|".join(words)
    digits = r"(?<![\d./-])(?<!\d )\d{1,3}"
    count = rf"(?:{digits}|{numeral})"
    verb = rf"(?:{'|'.join(verbs)})"
    things = rf"(?:{'|'.join(lexicon.words('decisions', 'counts', 'things'))})"
    of_them = fill_shape("triggers", "of_them", THINGS=things, VERB=verb)
    by_words = BegunPattern(
        fill_shape("triggers", "counts", NUMERAL=numeral, OF_THEM=of_them, VERB=verb, COUNT=count, THINGS=things)
    )
    return by_words, re.compile(rf"\b{digits}{of_them}", re.IGNORECASE)


_INFINITIVE = shape("triggers", "infinitive")
_PASSIVE_INFINITIVE = shape("triggers", "passive_infinitive")


def _is_modal(view: View, low: int, high: int) -> bool:
    """Whether 'får' is an auxiliary: 'får användas', 'får 200 000 kr användas', 'får påbörjas'."""
    m = _INFINITIVE.match(view.text[low:high])
    if m is not None:
        return True
    money = view.spans_in(low, min(high, low + 30), "money")
    return bool(money) and _PASSIVE_INFINITIVE.match(view.text[money[0].end : high]) is not None


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


_VERB_FIRST, _CONDITIONAL = shape("triggers", "verb_first"), shape("triggers", "conditional")
_OPENS_CONDITION = shape("triggers", "opens_condition")


def _is_conditional(view: View, lexicon: Lexicon, unit: Unit, offset: int) -> bool:
    """Whether the clause before the verb opens with a condition, or holds a modal verb near it."""
    before = view.text[unit.start : offset]
    clause = _CLAUSE.split(before)[-1] if before else ""
    words = [bare for w in clause.split() if (bare := w.casefold().strip(".,;:()•*–-"))]
    if words and _OPENS_CONDITION.fullmatch(words[0]):
        return not _is_told_after_day(view, unit, offset - len(clause), words[0])
    modal, phrases = _conditional_words(lexicon)
    return bool(_CONDITIONAL.match(before) or phrases.search(before[-90:])) or not modal.isdisjoint(words[-5:])


_THEN = shape("triggers", "then")


def _is_told_after_day(view: View, unit: Unit, offset: int, word: str) -> bool:
    """'beslut 2019-06-12, då nämnden beviljade': the clause tells what was decided on the day before it."""
    if not _THEN.fullmatch(word):
        return False
    dates = view.spans_in(max(unit.start, offset - 40), offset, "date")
    return bool(dates) and view.text[dates[-1].end : offset].strip() in (",", "")


@lru_cache(maxsize=8)
def _conditional_words(lexicon: Lexicon) -> tuple[frozenset[str], PhrasePattern]:
    """The modal verbs and the phrases by which something is only a condition."""
    listed = lexicon.words("decisions", "conditional")
    single = frozenset(w for w in listed if " " not in w and not _OPENS_CONDITION.fullmatch(w))
    return single, compile_phrases(w for w in listed if " " in w)


_STOP = re.compile(r"[,.;]")
_PROPOSAL = shape("triggers", "proposal")


_ADOPTS, _INSTEAD = shape("triggers", "adopts"), shape("triggers", "instead")
_NEXT_ACT, _REFUSED = shape("triggers", "next_act"), shape("triggers", "refused_proposal")


_CLAUSE_REACH = 90  # characters from a verb to what it gives, with the receiver between them


def _is_foreign(view: View, lexicon: Lexicon, unit: Unit, start: int, end: int) -> bool:
    adopts = _ADOPTS.search(view.text[start:end]) or _INSTEAD.match(view.text, end, unit.end)
    if adopts and _PROPOSAL.match(view.text, end, unit.end):
        return True
    pattern = lexicon.pattern("decisions", "foreign_objects")
    near_after = pattern.search(view.text, end, min(unit.end, end + 40))
    if near_after and not _STOP.search(view.text, end, near_after.start()):
        return True
    given = lexicon.pattern("decisions", "foreign_grants").search(view.text, end, min(unit.end, end + _CLAUSE_REACH))
    if given and not _STOP.search(view.text, end, given.start()):
        return True
    before = pattern.search(view.text, max(unit.start, start - 45), start)
    return before is not None and not any(p.search(view.text, before.end(), start) for p in (_STOP, _NEXT_ACT))


_MOVER = shape("triggers", "mover")
_CARRIED = shape("triggers", "carried")


def _is_moved(view: View, unit: Unit, offset: int) -> bool:
    """Whether the sentence tells what a motion wants, which decides and proposes nothing unless the motion is
    carried: 'Motionären föreslår att kommunen ska bevilja 200 000 kronor till projektet X'."""
    return _MOVER.search(view.text, unit.start, offset) is not None and _CARRIED.search(view.text) is None


def _governor(
    view: View, lexicon: Lexicon, unit: Unit, lead: tuple[int, int] | None, words: _Words, section: Section
) -> str:
    """``proposes`` or ``decides``, by the nearest governing word: sentence, lead of the list, heading; else empty.  A
    heading governs no verb in the past tense with its day, which tells what was decided before: 'som styrelsen den
    3 maj 2019 beviljade'."""
    offset = words.start
    proposes, decides = lexicon.pattern("decisions", "proposes"), lexicon.pattern("decisions", "decides")
    for low, high in ((unit.start, offset), lead or (0, 0)):
        if low == high:
            continue
        if proposes.search(view.text, low, high) and not _REFUSED.search(view.text, low, high):
            return "proposes"
        if decides.search(view.text, low, high):
            return "proposes" if "proposal" in section.kinds else "decides"
    if "proposal" in section.kinds:
        told = words.tense == "past" and view.spans_in(max(unit.start, offset - 40), offset + 60, "date")
        return "" if told else "proposes"
    if "decision" in section.kinds:
        return "decides"
    return ""


def stage_of(trigger: Trigger, section: Section) -> str:
    """``proposed`` or ``decided``."""
    if trigger.governed == "proposes" or ("proposal" in section.kinds and trigger.tense != "past"):
        return "proposed"
    return "decided"
