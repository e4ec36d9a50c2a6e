"""Filling the slots of an act from the words of its sentence, its list and its matter."""

from __future__ import annotations

import re

from kg.extract.acts import Act, Trigger
from kg.extract.deciders import other_subjects
from kg.extract.found import fuller_body
from kg.extract.frame import Found, Frame, found_span, is_authority, is_unowned
from kg.extract.money import is_sought_of_another, kronor, role_of, whole_sum
from kg.extract.periods import fill_period, fill_shift
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, fold, shape
from kg.model import TypedSpan, Value

_SHARE_CEILING = shape("slots", "share_ceiling")
_FROM = shape("slots", "from")
_GENITIVE_SEEKS = shape("slots", "genitive_seeks")
_WITHDRAWS = shape("slots", "withdraws")
_OWNER_OF_BODY = shape("slots", "owner_of_body")
_CHANGED_TO = shape("slots", "changed_to")
_RAISED_TO, _IN_PLACE_OF = shape("slots", "raised_to"), shape("slots", "in_place_of")
_EACH, _OUT_OF = shape("slots", "each"), shape("slots", "out_of")


def integer(kind_rule: str, amount: int, span: TypedSpan, start: int, end: int) -> Found:
    return Found(
        Value("integer", str(amount)),
        min(start, span.start),
        max(end, span.end),
        kind_rule,
        span.start,
        span.end,
    )


def fill_from_trigger(view: View, lexicon: Lexicon, act: Act, trigger: Trigger, frame: Frame) -> None:
    """What the sentence of the decision itself says."""
    unit = trigger.unit
    low, high = _scope(view, act, trigger)
    _fill_amounts(view, lexicon, act, trigger, low, high, frame)
    _fill_revoked(view, act, trigger, low, high)
    _fill_share(view, act, low, high, trigger)
    funds = view.spans_in(unit.start, unit.end, "fund")
    drawn = [s for s in funds if _OUT_OF.search(view.text, unit.start, s.start)]  # 'X beslutar att ur fonden Y'
    for span in [*drawn, *funds]:
        if low <= span.start < high and "fund" not in act.slots and not is_conditioned(view, unit, span.start):
            act.put("funding_source", found_span("fund", span, "fund.sentence"))
    _fill_parties(view, lexicon, act, trigger, frame)
    if trigger.outcome != "reject":
        fill_period(view, lexicon, act, low, high, loose=True)
        fill_shift(view, act, low, high)
    for span in view.spans_in(unit.start, unit.end, "diary_number"):
        act.put("diary_number", found_span("text", span, "diary.label"))
    for span in view.spans_in(unit.start, unit.end, "case_id"):
        if low <= span.start < high:
            act.append("case_id", found_span("text", span, "case.label"))


def _scope(view: View, act: Act, trigger: Trigger) -> tuple[int, int]:
    """The part of the sentence that belongs to the act, where the sentence holds several."""
    if act.start >= trigger.end:  # a later one of several parts
        return act.start, act.end
    return act.start if act.start < trigger.start else trigger.unit.start, max(act.end, trigger.end)


_CONDITION = shape("slots", "condition")


def is_conditioned(view: View, unit: Unit, offset: int) -> bool:
    before = view.text[unit.start : offset]
    return bool(_CONDITION.search(before))


_TOGETHER = shape("slots", "together")


def _fill_amounts(
    view: View, lexicon: Lexicon, act: Act, trigger: Trigger, low: int, high: int, frame: Frame
) -> None:
    free: list[TypedSpan] = []
    withdrawn: list[TypedSpan] = []
    for span in view.spans_in(low, high, "money"):
        amount = kronor(span.value)
        if amount is None:
            continue
        role, start, end = role_of(view, lexicon, span, low, high)
        if role == "withdrawn":
            withdrawn.append(span)
        if role == "applied":
            own = frame.authority.value.lexical if frame.authority is not None else ""
            if not is_sought_of_another(view, span, trigger.start, own):
                act.put("applied_amount_sek", integer("applied.phrase", amount, span, start, end))
        elif role == "total":
            act.put("total_budget_sek", integer("total.phrase", amount, span, start, end))
        elif (
            (
                role == ""
                or (role == "withdrawn" and trigger.outcome != "grant")
                or (role == "cofund" and trigger.voice in ("pay", "active"))
                or (role == "frame" and span.value.ceiling)
            )
            or role == "frame"
            and _TOGETHER.search(view.text[start : span.start])
        ):
            free.append(span)
    if trigger.outcome == "reject":
        return
    after = [s for s in free if s.start >= trigger.start]
    chosen = after or [s for s in free if trigger.voice in ("passive", "receive", "pay")]
    whole = whole_sum(view, chosen) if chosen else None
    if whole is not None and not _EACH.match(view.text[whole.end : whole.end + 12]):
        span = whole
        if len(after) > 1 and _SHARE_CEILING.search(view.text[after[0].end : after[-1].start]):
            span = after[-1]
        if trigger.outcome == "other" and len(after) > 1:  # 'höjs med 250 000 kr till 1 650 000 kr'
            span = next((s for s in after if _CHANGED_TO.search(view.text, low, s.start)), span)
        amount = kronor(span.value)
        assert amount is not None
        act.put(
            "amount_sek",
            integer("amount.sentence", amount, span, min(trigger.start, span.start), max(trigger.end, span.end)),
        )
        if trigger.outcome == "other" and span in withdrawn:
            act.put("taken_back", act.slots["amount_sek"])
        # What is only proposed changes no sum yet.
        if (trigger.outcome, act.stage) == ("other", "decided") and (
            _RAISED_TO.search(view.text, low, span.start) or _IN_PLACE_OF.match(view.text, span.end)
        ):
            act.put("new_amount_sek", integer("amount.changed", amount, span, min(trigger.start, span.start), span.end))


_REVOKES, _REVOKED, _IN_PART = shape("slots", "revokes"), shape("slots", "revoked"), shape("slots", "in_part")
_SOME_OF_IT = shape("slots", "some_of_it")


def _fill_revoked(view: View, act: Act, trigger: Trigger, low: int, high: int) -> None:
    """Nothing is left of a grant that is revoked as a whole; what is only proposed to be revoked is paid no more."""
    if trigger.outcome != "other":
        return
    start, end = min(low, trigger.start), max(high, trigger.end)
    found = _REVOKES.match(view.text, trigger.start, end) or _REVOKED.search(view.text, start, end)
    if found is None or not found.start() <= trigger.start < found.end():
        return
    if _SOME_OF_IT.search(view.text, start, end):
        act.put("taken_back", act.slots.get("amount_sek"))
    elif not _IN_PART.search(view.text, start, end):
        nothing = Value("integer", "0")
        prop = "new_amount_sek" if act.stage == "decided" else "taken_back"
        act.put(prop, Found(nothing, found.start(), found.end(), "amount.revoked", found.start(), found.end()))


_SHARE_OF = shape("slots", "share_of")
_IN_BRACKET = re.compile(r"\s*\(")  # '450 000 kronor (29 %)'
_SHARE_LIMIT = shape("slots", "share_limit")
_SHARE_TOLD = shape("slots", "share_told")


def _fill_share(view: View, act: Act, low: int, high: int, trigger: Trigger) -> None:
    if trigger.outcome == "reject":
        return
    for span in view.spans_in(low, high, "share"):
        tail = view.text[span.end : span.end + 60]
        lead = view.text[max(low, span.start - 30) : span.start]
        costs = _SHARE_OF.match(tail)
        ceiling = _SHARE_LIMIT.search(lead)
        money_near = view.spans_in(low, high, "money")
        beside = any(_IN_BRACKET.fullmatch(view.text, m.end, span.start) for m in money_near) and tail[:1] == ")"
        if costs or beside or (money_near and _SHARE_TOLD.search(lead)):
            if not (ceiling and not money_near):
                value = format(span.value.normalize(), "f")
                act.put(
                    "share_percent",
                    Found(
                        Value("decimal", value),
                        min(trigger.start, span.start),
                        span.end + (costs.end() if costs else 0),
                        "share.sentence",
                        span.start,
                        span.end,
                    ),
                )


_APPLICATION_FROM = shape("slots", "application_from")


def _is_named_before(view: View, act: Act, span: TypedSpan) -> bool:
    """Whether the project's name and 'från' stand right before: 'prioritera ansökan Rusta från Karlstads kommun'."""
    named = act.mentions(max(0, span.start - 200), span.start)
    return (
        bool(named)
        and named[-1].project is act.project
        and _FROM.fullmatch(view.text, named[-1].end, span.start) is not None
    )


def _fill_parties(view: View, lexicon: Lexicon, act: Act, trigger: Trigger, frame: Frame) -> None:
    """Who decides and who receives, by the voice of the verb and the cases of the names."""
    unit = trigger.unit
    spans = view.spans_in(unit.start, unit.end, "organisation", "board")
    lead = list(view.spans_in(*trigger.lead, "organisation", "board")) if trigger.lead else []
    for span in spans:
        tail = view.text[span.end : unit.end]
        before = view.text[unit.start : span.start]
        if span.kind == "organisation":
            if (
                _APPLICATION_FROM.search(before)
                or _is_named_before(view, act, span)
                or _GENITIVE_SEEKS.match(tail)
                or _WITHDRAWS.match(tail)
            ):
                act.put("beneficiary", found_span("organisation", span, "beneficiary.sentence"))
    deciders = _deciders(view, spans, trigger)
    if act.stage == "proposed":
        proposed_to = board_to_decide(view, unit.start, trigger.start) or (
            trigger.lead and board_to_decide(view, *trigger.lead)
        )
        if proposed_to:
            act.put("deciding_body", resolve_body(view, proposed_to, frame))
    for span in [*deciders, *lead]:
        if span.kind == "board":
            body = resolve_body(view, span, frame)
            act.put("deciding_body", body)
            act.put("authority", _owner_of_body(view, lexicon, span))
        elif trigger.voice in ("active", "pay") or span in lead or span in deciders:
            if is_authority(lexicon, span.value.canonical) or span in deciders:
                act.put(
                    "authority",
                    found_span(
                        "organisation",
                        span,
                        "authority.subject",
                        start=min(span.start, trigger.start) if span in spans else None,
                        end=max(span.end, trigger.end) if span in spans else None,
                    ),
                )
    if "beneficiary" not in act.slots:
        own = act.slots.get("authority")  # 'beviljade nämnden i Region X projektet 300 000 kronor'
        others = [s for s in spans if s not in deciders and (own is None or s.start != own.low)]
        receiver = _receiver(view, others, trigger, act)
        if receiver is not None:
            act.put(
                "beneficiary",
                found_span(
                    "organisation",
                    receiver,
                    "beneficiary.sentence",
                    start=min(receiver.start, trigger.start),
                    end=max(receiver.end, trigger.end),
                ),
            )


def _owner_of_body(view: View, lexicon: Lexicon, span: TypedSpan) -> Found | None:
    """The organisation that a board belongs to where the sentence says so: 'Nämnden för miljö i Region X'."""
    m = _OWNER_OF_BODY.match(view.text, span.end)
    owner = view.starting(m.end(), "organisation") if m else None
    if owner is None or not is_authority(lexicon, owner.value.canonical):
        return None
    return found_span("organisation", owner, "authority.subject", start=span.start)


_IS_PROPOSED = shape("slots", "is_proposed")
_PROPOSES = shape("slots", "proposes")


_TO_DECIDE = shape("slots", "to_decide")


def board_to_decide(view: View, low: int, high: int) -> TypedSpan | None:
    """The board that is to decide where one body proposes to another: the one named after the verb of proposing."""
    m = None
    for m in _PROPOSES.finditer(view.text, low, high):  # noqa: B007 - the last match counts
        pass
    if m is None:
        return None
    after = view.spans_in(m.end(), high, "board")
    if after:
        return after[-1]
    before = view.spans_in(low, m.start(), "board")
    following = _TO_DECIDE.match(view.text[m.end() : high + 20])
    return before[-1] if before and following and _IS_PROPOSED.fullmatch(m.group()) else None


_APPLICATION_BY = shape("slots", "application_by")
_BEFORE_ANOTHER = shape("slots", "before_another")
_BEFORE_VERB = shape("slots", "before_verb")
_TO_OR_FROM = shape("slots", "to_or_from")
_BY_WHOM = shape("slots", "by_whom")


def _deciders(view: View, spans: list[TypedSpan], trigger: Trigger) -> list[TypedSpan]:
    """Names that stand where a decider stands: subject of an active verb, agent of a passive one."""
    found = []
    for span in spans:
        before = view.text[trigger.unit.start : span.start].rstrip()
        between = view.text[span.end : trigger.start] if span.end <= trigger.start else ""
        genitive = bool(_GENITIVE_SEEKS.match(view.text[span.end : span.end + 20])) or bool(
            span.kind == "organisation" and _WITHDRAWS.match(view.text[span.end : span.end + 90])
        )
        if span.kind == "board" and trigger.voice not in ("active", "pay") and _is_possessive(view, span):
            continue
        if genitive or _APPLICATION_BY.search(before):
            continue
        if trigger.voice in ("active", "pay"):
            if span.kind == "organisation" and _owns_other(view, spans, span, trigger):
                continue
            if trigger.start < span.start and span.end <= trigger.end:
                found.append(span)  # 'sa verket ja till 3 miljoner': between the parts of the verb
            elif (span.end <= trigger.start and not _BEFORE_ANOTHER.search(before) and len(between) < 160) or (
                span.start >= trigger.end
                and trigger.tense in ("present", "past")
                and _BEFORE_VERB.fullmatch(view.text[trigger.end : span.start])
                and not _subject_before(spans, trigger)
            ):
                found.append(span)
        else:
            if span.kind == "board":
                if not _TO_OR_FROM.search(before):
                    found.append(span)
            elif _BY_WHOM.search(before) and span.start > trigger.start:
                found.append(span)
    if trigger.voice in ("active", "pay") and trigger.tense in ("present", "past"):
        gone = other_subjects(view, [s for s in found if s.end <= trigger.start], trigger.unit.start, trigger.start)
        return [s for s in found if s not in gone]
    return found


def _owns_other(view: View, spans: list[TypedSpan], span: TypedSpan, trigger: Trigger) -> bool:
    """'X kommuns projekt Y, som direktionen beviljade': an owner in the genitive, with a board as the subject."""
    surface = view.text[span.start : span.end]
    if not (surface.endswith("s") and not span.value.canonical.endswith("s")):
        return False
    boards = [s for s in spans if s.kind == "board" and span.end <= s.start and s.end <= trigger.start]
    return bool(boards) and boards[0].start - span.end > 2


_ITS_DECISION = shape("slots", "its_decision")


def _is_possessive(view: View, span: TypedSpan) -> bool:
    """'Partnerskapets ordning': the body of something else than a decision."""
    surface = view.text[span.start : span.end]
    genitive = surface.endswith("s") and not span.value.canonical.endswith("s")
    return genitive and not _ITS_DECISION.match(view.text[span.end : span.end + 16])


def _subject_before(spans: list[TypedSpan], trigger: Trigger) -> bool:
    return any(s.end <= trigger.start for s in spans)


_BEFORE_GRANTED = shape("slots", "before_granted")
_TO_WHOM = shape("slots", "to_whom")
_A_PROJECT = shape("slots", "a_project")


_TO_THE = shape("slots", "to_the")
_ARTICLE = shape("slots", "article")


def _receiver(view: View, spans: list[TypedSpan], trigger: Trigger, act: Act) -> TypedSpan | None:
    organisations = [s for s in spans if s.kind == "organisation"]
    if trigger.voice in ("passive", "receive"):
        for span in reversed([s for s in organisations if s.end <= trigger.start]):
            between = view.text[span.end : trigger.start]
            if _BEFORE_GRANTED.fullmatch(between):
                return None if _ends_list(view, organisations, span) else span
        for span in [s for s in organisations if s.start >= trigger.end]:
            if _TO_THE.fullmatch(view.text[trigger.end : span.start]):
                return span
        return None
    for span in [s for s in organisations if s.start >= trigger.end]:
        between = _ARTICLE.sub("", view.text[trigger.end : span.start])
        subject = view.starting(trigger.end + 1, "organisation", "board")
        if subject is not None and subject.end < span.start and trigger.tense in ("past", "present"):
            between = view.text[subject.end : span.start]  # 'beviljade Länsstyrelsen X stöd': who decides comes first
        for date in view.spans_in(trigger.end, span.start, "date"):
            between = _THE_DAY.sub("", between.replace(view.text[date.start : date.end], ""), count=1).strip()
        if len(between) < 4 and trigger.outcome != "other" and trigger.voice == "active":
            return span
        if len(between) < 4 and trigger.tense == "infinitive":
            return span
        if trigger.voice == "active" and _APPOSED.search(between) and "beneficiary" not in act.slots:
            return span
        if (
            (trigger.voice == "active" or (trigger.voice == "pay" and _is_given(view, trigger, span)))
            and _TO_WHOM.search(between)
            and not re.search(r"[,;]\s", between)
            and "beneficiary" not in act.slots
            and not _A_PROJECT.search(between)
        ):
            return span
    return None


_GIVEN_FOR = shape("slots", "given_for")
_APPOSED = shape("slots", "apposed")


def _is_given(view: View, trigger: Trigger, span: TypedSpan) -> bool:
    """'avsätter 4 500 000 kronor till X för projektet Y': who gets the sum that a verb of paying gives."""
    money = view.spans_in(trigger.end, span.start, "money")
    return bool(money) and _GIVEN_FOR.match(view.text, span.end, trigger.unit.end) is not None


_JOINT = shape("slots", "joint")


def _ends_list(view: View, organisations: list[TypedSpan], span: TypedSpan) -> bool:
    """'A, B och C delar på': the last of several is not the one who receives."""
    before = [s for s in organisations if s.end <= span.start]
    return bool(before) and _JOINT.fullmatch(view.text[before[-1].end : span.start]) is not None


_THE_DAY = shape("slots", "the_day")
_BARE_BODY = shape("slots", "bare_body")


def _is_short_for(words: str, full: str) -> bool:
    """'arbetsutskottet' for 'kommunstyrelsens arbetsutskott': the last word alone, in its definite form."""
    owner, _, last = full.rpartition(" ")
    return owner.endswith("s") and " " not in words and words.startswith(last) and 0 <= len(words) - len(last) <= 2


def resolve_body(view: View, span: TypedSpan, frame: Frame) -> Found:
    """A board as the paper names it in full: 'nämnden' is the board of the letterhead where that is one."""
    found = found_span("board", span, "body.sentence")
    words = fold(span.value.canonical)
    if frame.body is not None and _is_short_for(words, fold(frame.body.value.lexical)):
        return Found(frame.body.value, span.start, span.end, "body.sentence", span.start, span.end)
    bare = _BARE_BODY.fullmatch(words)
    if bare is not None and frame.body is not None:
        if next(filter(None, bare.groups())) in fold(frame.body.value.lexical):
            return Found(frame.body.value, span.start, span.end, "body.sentence", span.start, span.end)
    # 'delegationen' is the Arvsfondsdelegationen, 'utvecklingsnämnden' the Regionutvecklingsnämnden of the paper
    if frame.body is not None and fold(frame.body.value.lexical).endswith(words):
        return Found(frame.body.value, span.start, span.end, "body.sentence", span.start, span.end)
    return fuller_body(view, found)


def fill_labelled_numbers(view: View, act: Act, low: int, high: int) -> None:
    """Diary and case numbers that the matter states for itself, in brackets only within its title."""
    title = act.matter.heading[1] if act.matter and act.matter.heading else 0
    for span in view.spans_in(low, high, "diary_number"):
        at, close = (view.text.rfind(sign, max(low, span.start - 60), span.start) for sign in "()")
        if at > close and title <= span.start and view.block_at(span.start).kind not in ("heading", "field"):
            continue
        act.put("diary_number", found_span("text", span, "diary.label"))
        break
    for span in view.spans_in(low, high, "case_id"):
        act.append("case_id", found_span("text", span, "case.label"))


def authority_of_body(frame: Frame, act: Act, lexicon: Lexicon) -> bool:
    """Whether the act is the paper's own authority's: its body is not a foreign committee."""
    body = act.slots.get("deciding_body")
    return frame.authority is not None and not (body is not None and is_unowned(lexicon, body.value.lexical))


_LIST_JOINT = shape("slots", "list_joint")


def list_names(view: View, low: int, high: int, *kinds: str) -> list[TypedSpan]:
    """Names in a run of words that is a list: commas, 'och', 'samt', brackets between them and nothing else."""
    spans = view.spans_in(low, high, *kinds)
    found: list[TypedSpan] = []
    position = low
    for span in spans:
        between = view.text[position : span.start]
        if found and not _LIST_JOINT.fullmatch(between):
            break
        if not found and len(between) > 30:
            break
        found.append(span)
        position = span.end
    return found
