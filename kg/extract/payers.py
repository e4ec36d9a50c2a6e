"""Who pays for a project according to the prose."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.extract.frame import Found, found_span
from kg.extract.linkwords import link_pattern
from kg.extract.money import WISHED, kronor, role_of, whole_sum
from kg.extract.partylists import names_at, names_before
from kg.extract.projects import Project, ProjectBook
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, shape
from kg.model import Name, TypedSpan, Value

_LEAD = shape("payers", "lead_told")
_LIST_OPENS = shape("payers", "list_opens")
_ITS_SHARE = shape("payers", "its_share")
_EACH_YEAR = shape("payers", "each_year")
_MARKER = re.compile(r"\s*(?:[•*·–-]|\d{1,2}[.)])?\s*")
_NOT, _YEARLY = shape("payers", "not_"), shape("payers", "yearly")
_SLASH = re.compile(r"\s*/\s*[A-ZÅÄÖ][\wåäöÅÄÖ+-]*")
_UNNAMED = shape("payers", "unnamed")
_OWN_MONEY = shape("payers", "own_money")
_ITSELF = shape("payers", "itself")
_JOINT = shape("payers", "joint")
_BEFORE_SUM = shape("payers", "before_sum")
_ADVERB = shape("payers", "adverb")
_THE_LATTER = shape("payers", "the_latter")
_OWN_GRANT = shape("payers", "own_grant")
_PROMISED = shape("payers", "promised")
_NEXT_PAYER = shape("payers", "next_payer")
_BRACKETED = re.compile(r"\s*\(([^()]{3,40})\)")
_BY = shape("payers", "by")
_ADDED = shape("payers", "added")
_STANDS = shape("payers", "stands")


@dataclass(frozen=True, slots=True)
class Payment:
    """A line of financing told in prose."""

    project: Project
    funder: Found
    amount: Found | None
    in_kind: bool


def find_payers(view: View, lexicon: Lexicon, book: ProjectBook, unit: Unit, project: Project) -> list[Payment]:
    """Payments that one sentence tells; the amount is None where it gives none for the payer."""
    found: list[Payment] = []
    if view.is_plain(unit.start, unit.end):
        return found
    sought = lexicon.pattern("payers", "sought")
    told = _Sentence(view, lexicon, book, unit, project)
    for lead in (lexicon.pattern("payers", "lead"), _LEAD):
        for m in lead.finditer(view.text, unit.start, unit.end) if view.may_hold(unit, lead) else ():
            before = view.spans_in(unit.start, m.start(), "money")
            clause = before[-1].end if before else unit.start  # 'sökt 400 000 kr, medfinansiering från A 60 000 kr'
            if not sought.search(view.text[clause : m.start()]):
                known = {p.funder.low for p in found}
                found += [p for p in told.led_list(m.start(), m.end()) if p.funder.low not in known]
    for mention in book.mentions_in(unit.start, unit.end):
        if (by := _paid_by(view, lexicon, unit, mention.start, mention.end)) is not None:
            found += [replace(p, project=mention.project) for p in told.led_list(mention.start, by)]
    for span in view.spans_in(unit.start, unit.end, "organisation", "fund"):
        listed = [p for p in found if p.funder.low <= span.start < p.funder.high]
        if _is_payer(span) and listed and listed[0].amount is None and (told_sum := told.paying(span)):
            # 'finansiärer är A, B och C, som bidrar med arbete värt 500 000 kr': the sum of the last one of a list
            if len(told_sum) == 1 and told_sum[0].amount is not None:
                found[found.index(listed[0])] = told_sum[0]
        elif _is_payer(span) and not listed:
            found += (
                told.named_funder(span)
                or told.paying(span)
                or told.inverted(span)
                or told.received(span)
                or told.owning(span)
            )
    found += told.bracketed() + told.unnamed()
    return found


def list_payers(view: View, lexicon: Lexicon, book: ProjectBook, unit: Unit, project: Project) -> list[Payment]:
    """The payers of a list's line or a label's value; those of a line that is a sentence are told by its verb."""
    for verbs in (lexicon.pattern("lists", "sentence_words"), lexicon.pattern("payers", "pays")):
        if verbs.search(view.text, unit.start, unit.end):
            return []
    backwards = _sums_first(view, lexicon, unit, project)
    if backwards:
        return backwards
    marker = _MARKER.match(view.text, unit.start, unit.end)
    return _Sentence(view, lexicon, book, unit, project).led_list(unit.start, marker.end() if marker else unit.start)


_PAYER_BEHIND = shape("payers", "payer_behind")


def _sums_first(view: View, lexicon: Lexicon, unit: Unit, project: Project) -> list[Payment]:
    """'160 000 kr (X kommun)', '160 000 kr från X kommun och 40 000 kr från Y': each sum before its payer."""
    found: list[Payment] = []
    for money in view.spans_in(unit.start, unit.end, "money"):
        between = _PAYER_BEHIND.match(view.text, money.end, unit.end)
        span = view.starting(between.end(), "organisation", "fund") if between is not None else None
        if span is not None and kronor(money.value) is not None and _is_payer(span):
            found.append(_payment(view, lexicon, project, span, money, money.start))
    opens = view.spans_in(unit.start, unit.start + 12, "money")
    return found if found and opens else []


_PROJECT_BETWEEN = shape("payers", "project_between")


_GAP = re.compile(r"\s+")
_SINGLE = re.compile(r"[A-ZÅÄÖ][\w&-]{2,}(?=\s*[:(]?\s*\d)")


def _single_payer(view: View, low: int, high: int) -> TypedSpan | None:
    """A name of one word that nothing knows, with its sum right behind it, in a list of payers with sums."""
    m = _SINGLE.match(view.text, low, high)
    if m is None or not view.spans_in(m.end(), min(high, m.end() + 24), "money"):
        return None
    word = m.group()
    full = next((s.value for s in view.kind("organisation") if s.value.canonical.startswith(f"{word} ")), None)
    value = Name(word, full.canonical, full.register_id) if full is not None else Name(word, word, None)
    return TypedSpan("organisation", m.start(), m.end(), value)


def _paid_by(view: View, lexicon: Lexicon, unit: Unit, start: int, end: int) -> int | None:
    """Where the payers begin in 'finansierades NAMN av A och B'; None where the sentence is none of that kind."""
    by = _BY.match(view.text, end, unit.end)
    if by is None:
        return None
    verb = lexicon.pattern("payers", "passive")
    lead = view.text[max(unit.start, start - 60) : start]
    last = None
    for last in verb.finditer(lead):  # noqa: B007 - the last match counts
        pass
    if last is None or not _PROJECT_BETWEEN.fullmatch(lead[last.end() :]):
        return None
    return by.end()


_OTHER_CLAUSE = shape("payers", "other_clause")
_PAYS_FOR = shape("payers", "pays_for")
_AND_MORE = shape("payers", "and_more")
_GAP = shape("payers", "gap")
_INVERTED_GAP = shape("payers", "inverted_gap")
_RECEIVED_FROM = shape("payers", "received_from")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence and the ways in which it may tell who pays."""

    view: View
    lexicon: Lexicon
    book: ProjectBook
    unit: Unit
    project: Project

    def pay(self, span: TypedSpan, money: TypedSpan | None, start: int) -> Payment:
        return _payment(self.view, self.lexicon, self.target(start), span, money, start)

    def target(self, offset: int) -> Project:
        """The project paid for: the one named last before the offset, but not one that the named one goes on from."""
        before = [m for m in self.book.mentions_in(self.unit.start, self.unit.end) if m.end <= offset]
        if not before and _THE_LATTER.match(self.view.text, self.unit.start, self.unit.end):
            block = self.view.blocks[self.unit.block]
            earlier = self.book.mentions_in(block.start, self.unit.start)
            return earlier[-1].project if earlier else self.project
        if not before:
            return self.project
        text = self.view.text
        if _OTHER_CLAUSE.search(text[before[-1].end : offset]):
            return before[-1].project
        between = text[before[0].end : before[-1].start]
        related = self.lexicon.pattern("lineage", "related", "phrases").search(between)
        older = related or any(link_pattern(self.lexicon, g).search(between) for g in ("builds_on", "continues"))
        return before[0].project if older else before[-1].project

    def sums(self, low: int, high: int) -> list[TypedSpan]:
        return [s for s in self.view.spans_in(low, min(high, self.unit.end), "money") if kronor(s.value) is not None]

    def each(self, money: TypedSpan) -> bool:
        tail = self.view.text[money.end : money.end + 16].lstrip()
        return bool(self.lexicon.pattern("payers", "each").match(tail))

    def led_list(self, start: int, low: int) -> list[Payment]:
        """'finansieras av A (300 000 kr), B/C och D', 'får medel från följande: A 100 kr, B 200 kr'."""
        text, view = self.view.text, self.view
        pairs: list[tuple[TypedSpan, TypedSpan | None]] = []
        opened = _LIST_OPENS.match(text, low, self.unit.end)
        position = opened.end() if opened else low
        while position < self.unit.end:
            span = view.starting(position, "organisation", "fund") or _unknown_payer(view, position, self.unit.end)
            if span is None and pairs and pairs[-1][1] is not None:
                span = _single_payer(view, position, self.unit.end)
            if span is None:
                own = _OWN_MONEY.match(text, position, self.unit.end)
                joint = _JOINT.match(text, own.end(), self.unit.end) if own and not pairs else None
                if joint is None:
                    break
                position = joint.end()
                continue
            end = span.end
            slash = _SLASH.match(text, end, self.unit.end)
            end = slash.end() if slash else end
            bracket = re.compile(r"\s*\([^()\d]*\)").match(text, end, self.unit.end)
            end = bracket.end() if bracket else end
            itself = _ITSELF.match(text, end, self.unit.end)
            end = itself.end() if itself else end
            money = _following_sum(view, end, self.unit.end)
            if money is not None:
                closing = re.compile(r"\s*\)").match(text, money.end, self.unit.end)
                end = closing.end() if closing else money.end
            if _is_payer(span):
                pairs.append((span, money))
            joint = _JOINT.match(text, end, self.unit.end)
            if joint is None and money is not None and (gap := _GAP.match(text, end, self.unit.end)) is not None:
                # lines of a label's value, run together: 'X kommun 40 000 kr Y kommun 20 000 kr'
                joint = gap if view.starting(gap.end(), "organisation", "fund") is not None else None
            if joint is None:
                break
            position = joint.end()
        if len(pairs) == 1 and pairs[0][1] is None:
            before = [s for s in self.sums(self.unit.start, start) if not text[s.end : start].strip(" ,")]
            pairs = [(pairs[0][0], before[-1])] if before else pairs
        if pairs and all(money is None for _, money in pairs):
            rest = self.sums(pairs[-1][0].end, pairs[-1][0].end + 60)
            if rest and (len(pairs) == 1 or self.each(rest[0])):
                pairs = [(span, rest[0]) for span, _ in pairs]
        elif (
            len(pairs) > 1
            and pairs[-1][1] is not None
            and all(m is None for _, m in pairs[:-1])
            and self.each(pairs[-1][1])
        ):
            pairs = [(span, pairs[-1][1]) for span, _ in pairs]
        if _OWN_GRANT.match(text, self.unit.start, start + 1):
            pairs = [(span, money) for span, money in pairs if span.kind != "fund"]
        return [self.pay(span, money, start) for span, money in pairs]

    def named_funder(self, span: TypedSpan) -> list[Payment]:
        """'Största finansiären är A'."""
        low = max(self.unit.start, span.start - 40)
        for m in self.lexicon.pattern("payers", "is_funder").finditer(self.view.text, low, span.start):
            if not self.view.text[m.end() : span.start].strip():
                sums = self.sums(span.end, self.unit.end)
                return [self.pay(span, sums[0] if sums else None, m.start())]
        return []

    def paying(self, span: TypedSpan) -> list[Payment]:
        """'A bidrar med 2 kr, B med 1 kr', 'A och B deltar och går in med 9 kr vardera', 'A, som skjuter till 7 kr'."""
        text = self.view.text
        tail = text[span.end : self.unit.end]
        rest = _after_bracket(tail)
        verb_at = span.end + len(tail) - len(rest)
        rest = _ADVERB.sub(r"\1 ", rest, count=1)
        pays = self.lexicon.pattern("payers", "pays+one_of").match(rest)
        promised = None if pays else _PROMISED.match(rest)
        if promised is not None:
            pays = self.lexicon.pattern("payers", "pays").match(rest, promised.end())
        if WISHED.search(f"{text[self.unit.start : span.end]} "):
            return []  # 'vill att kommunen bidrar med'
        if pays is None or self.lexicon.pattern("payers", "sought").search(text[self.unit.start : span.start]):
            return []
        after = verb_at + pays.end()
        if _NOT.match(text, after, self.unit.end):
            return []
        told = self.sums(span.end, span.end + 110)
        sums = [s for s in told if not _YEARLY.match(text, s.end, self.unit.end)]
        if told and not sums:
            return []  # 'satsar 4 miljoner om året på avtalet': no share of a project's cost
        roles = ("", "cofund", "frame")
        sums = [s for s in sums if role_of(self.view, self.lexicon, s, self.unit.start, self.unit.end)[0] in roles]
        own = self.book.mentions_in(self.unit.start, self.unit.end)
        needs = self.lexicon.pattern("payers", "needs_sum").fullmatch(pays.group().strip())
        if not sums and (needs or not own and not _PAYS_FOR.search(pays.group())):
            return []
        money = (whole_sum(self.view, sums) or sums[0]) if sums else None
        group = names_before(self.view, self.unit.start, span.end)
        group = [s for s in group if s is group[-1] or _following_sum(self.view, s.end, span.start) is None]
        if len(group) < 2 or group[-1].start != span.start:
            group = [span]
        if len(group) > 1 and money is not None and not self.each(money):
            money = None
        found = [self.pay(one, money, group[0].start) for one in group if _is_payer(one)]
        if len(found) == 1 and money is not None:
            found += self._other_projects(span, found[0].project, money.end)
        if money is None or after > money.end:
            return found
        each = self.lexicon.pattern("payers", "each").match(text, money.end + 1) if self.each(money) else None
        return [*found, *self._in_kind_too(span, money), *self._gapped(each.end() if each else money.end)]

    def _other_projects(self, span: TypedSpan, project: Project, low: int) -> list[Payment]:
        """'A medfinansierar X med 5 kr och Y med 3 kr': the same payer's sum for a further project."""
        found: list[Payment] = []
        for mention in self.book.mentions_in(low, self.unit.end):
            lead = _NEXT_PAYER.match(self.view.text, low, mention.start + 1)
            money = _following_sum(self.view, mention.end, self.unit.end) if lead else None
            if lead is None or lead.end() != mention.start or money is None or mention.project is project:
                break
            found.append(_payment(self.view, self.lexicon, mention.project, span, money, span.start))
            low = money.end
        return found

    def _in_kind_too(self, span: TypedSpan, money: TypedSpan) -> list[Payment]:
        """'satsar 240 kr och dessutom eget arbete för 180 kr': the same payer's work beside its money."""
        following = self.sums(money.end, money.end + 70)
        if not following or self.view.spans_in(money.end, following[0].start, "organisation", "fund"):
            return []
        between = self.view.text[money.end : following[0].start]
        work = self.lexicon.pattern("roles", "money", "in_kind").search(between)
        if work is None or not _AND_MORE.match(between):
            return []
        return [replace(self.pay(span, following[0], span.start), in_kind=True)]

    def _gapped(self, low: int) -> list[Payment]:
        """', B med 100 kr och C med 50 kr': the verb is left out."""
        found: list[Payment] = []
        while (m := _NEXT_PAYER.match(self.view.text, low, self.unit.end)) is not None:
            known = self.view.starting(m.end(), "organisation", "fund")
            span = known or names_at(self.view, m.end(), self.unit.end)
            if span is None:
                break
            preposition = _GAP.match(self.view.text, span.end, self.unit.end)
            money = _following_sum(self.view, preposition.end(), self.unit.end) if preposition else None
            if money is None:
                break
            found.append(self.pay(span, money, span.start))
            low = money.end
        return found

    def inverted(self, span: TypedSpan) -> list[Payment]:
        """'Återstoden, 1 240 000 kronor, står A för', 'I projektet står A för 300 000 kronor', 'resten bekostar A'."""
        text = self.view.text
        lead = text[self.unit.start : span.start]
        verb = _STANDS.search(lead)
        if verb is None or self.lexicon.pattern("payers", "sought").search(lead):
            return []
        closing = _INVERTED_GAP.match(text, span.end, self.unit.end)
        after = _following_sum(self.view, closing.end(), self.unit.end) if closing else None
        if after is not None:
            return [self.pay(span, after, self.unit.start + verb.start()), *self._gapped(after.end)]
        before = [
            s
            for s in self.sums(self.unit.start, self.unit.start + verb.start() + 1)
            if s.end <= self.unit.start + verb.start()
        ]
        near = (
            before[-1]
            if before and re.fullmatch(r"\W{0,3}", text[before[-1].end : self.unit.start + verb.start()].strip())
            else None
        )
        rest = self.lexicon.pattern("payers", "rest").search(lead)
        if near is None and rest is None or (closing is None and not verb.group("takes")):
            return []
        start = near.start if near is not None else self.unit.start + (rest.start() if rest else 0)
        return [self.pay(span, near, start)]

    def received(self, span: TypedSpan) -> list[Payment]:
        """'har också fått 600 tkr av A', 'fick 3,2 miljoner kronor i stöd från A'."""
        begin = max(self.unit.start, span.start - 110)
        if self.lexicon.pattern("payers", "received").search(self.view.text, begin, span.start) is None:
            return []
        lead = self.view.text[begin : span.start]
        m = self.lexicon.pattern("payers", "received").search(lead)
        if m is None or not _RECEIVED_FROM.search(lead) or self.lexicon.pattern("payers", "sought").search(lead):
            return []
        low = span.start - len(lead) + m.end()
        sums = self.sums(low, span.start)
        if len(sums) != 1 or len(self.view.text[low : sums[0].start].split()) > 3 or span.start - sums[0].end > 40:
            return []
        return [self.pay(span, sums[0], low - len(m.group()))]

    def owning(self, span: TypedSpan) -> list[Payment]:
        """'högskolans egna 1 250 000 kronor', 'kommunens insats är 300 000 kronor'."""
        m = _ITS_SHARE.match(self.view.text, span.end, self.unit.end)
        if m is None or not self.view.text[: m.start("share")].rstrip().endswith(("s", "S")):
            return []
        money = self.view.starting(m.end(), "money")
        if money is None or kronor(money.value) is None or _EACH_YEAR.match(self.view.text, money.end, self.unit.end):
            return []
        return [self.pay(span, money, span.start)]

    def unnamed(self) -> list[Payment]:
        """A payer of a name that nothing knows: 'Kraftbolaget Strömfors Kraft bidrar med 120 kr'."""
        found: list[Payment] = []
        if not self.view.spans_in(self.unit.start, self.unit.end, "money"):
            return found
        may_stand = self.view.may_hold(self.unit, _UNNAMED)
        for m in _UNNAMED.finditer(self.view.text, self.unit.start, self.unit.end) if may_stand else ():
            money = _following_sum(self.view, m.end(), self.unit.end)
            inside = self.view.spans_in(m.start(1), m.end(1), "organisation", "fund", "board", "municipality", "county")
            taken = bool(inside) or self.view.covering(m.start(1), "organisation", "board") is not None
            if money is None or taken or self.book.mentions_in(m.start(1), m.end(1)):
                continue
            span = names_at(self.view, m.start(1), m.end(1))
            if span is not None and span.end == m.end(1):
                found.append(self.pay(span, money, m.start(1)))
        return found

    def bracketed(self) -> list[Payment]:
        """'Monaco (VINNOVA)': the payer in brackets behind the name of a project."""
        found = []
        for mention in self.book.mentions_in(self.unit.start, self.unit.end):
            bracket = _BRACKETED.match(self.view.text, mention.end, self.unit.end)
            if bracket:
                inner = bracket.start(1)
                payer = self.view.starting(inner, "organisation")
                if payer is not None and payer.end >= bracket.end(1):
                    found.append(_payment(self.view, self.lexicon, mention.project, payer, None, mention.start))
        return found


def _after_bracket(tail: str) -> str:
    """What follows a name, a bracketed acronym and 'som', 'själv' or another verb before the one of paying left out."""
    m = _ADDED.match(tail)
    return tail[m.end() :] if m else tail


def _following_sum(view: View, low: int, high: int) -> TypedSpan | None:
    """A sum right after a name: 'Region X (300 000 kr)', 'Region X med 300 000 kr'."""
    spans = view.spans_in(low, min(high, low + 60), "money")
    if spans and _BEFORE_SUM.fullmatch(view.text[low : spans[0].start]) and kronor(spans[0].value) is not None:
        return spans[0]
    return None


def _unknown_payer(view: View, position: int, high: int) -> TypedSpan | None:
    """A payer of a name that nothing knows, told by its sum: 'Energilänken Väst (600 000 kr)'."""
    span = names_at(view, position, high)
    return span if span is not None and _following_sum(view, span.end, high) is not None else None


def _is_payer(span: TypedSpan) -> bool:
    """The state's appropriation is drawn on by the region that decides; it pays for nothing by itself."""
    return span.kind != "fund" or not span.value.canonical.startswith("1:1")


def _payment(
    view: View, lexicon: Lexicon, project: Project, span: TypedSpan, money: TypedSpan | None, start: int
) -> Payment:
    end = money.end if money is not None else span.end
    funder = found_span("organisation", span, "financing.phrase", start=min(start, span.start), end=end)
    funder = Found(
        Value("organisation", span.value.canonical, span.value.register_id),
        funder.start,
        funder.end,
        funder.rule,
        funder.low,
        funder.high,
    )
    amount = None
    if money is not None:
        amount = Found(
            Value("integer", str(kronor(money.value))),
            funder.start,
            end,
            "financing.phrase",
            money.start,
            money.end,
        )
    in_kind = bool(lexicon.pattern("roles", "money", "in_kind").search(view.text[span.end : end + 30]))
    return Payment(project, funder, amount, in_kind)
