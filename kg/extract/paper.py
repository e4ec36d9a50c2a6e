"""The extraction of one paper: from typed spans to acts, payments and links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.extract.acts import (
    Act,
    Trigger,
    add_sought,
    adopt_proposals,
    apposed_name,
    clause_of,
    direct_object,
    find_triggers,
    object_name,
    project_of,
    run_in_title,
    stage_of,
    subject_name,
)
from kg.extract.coreference import find_coreferences
from kg.extract.entries import entry_records
from kg.extract.financing import Financing, check_sum, cost_total, read_financing, reconcile, yearly_total
from kg.extract.frame import Found, Frame, found_span, is_authority, is_unowned, read_frame
from kg.extract.lineage import Link, add_linked_names, find_links
from kg.extract.lines import line_records
from kg.extract.listing import fill_listed, fill_recipients, record_acts
from kg.extract.money import kronor, role_of, told_support
from kg.extract.parties import fill_parties, settle_parties
from kg.extract.payers import Payment, find_payers
from kg.extract.projects import Project, ProjectBook, add_cued, add_headed, add_labelled, add_numbered
from kg.extract.reasons import fill_reasons
from kg.extract.records import Record, read_cell
from kg.extract.rows import table_records
from kg.extract.sections import Matter, Section, cut_matters, cut_sections, section_at
from kg.extract.sheet import sheet_act
from kg.extract.slots import (
    board_to_decide,
    fill_from_trigger,
    fill_labelled_numbers,
    fill_period,
    fill_shift,
    fill_years,
    integer,
    is_conditioned,
    resolve_body,
)
from kg.extract.tables import Grid, read_grids
from kg.extract.topics import EARLIER, Topics, matter_at
from kg.extract.view import Unit, View
from kg.lexicon import Lexicon, fold
from kg.model import Issue, Value

_OLD_DECISION = re.compile(r"\bbeslut(?:et)?\s+(?:[^.,;:]{0,40}?\b(?:av|från|per)|av|från)?\s*(?:den)?\s*$", re.IGNORECASE)
# 'Genom beslutet den 24 juni beviljade ...': the day of that decision itself
_BY_DECISION = re.compile(r"\b(?:genom|i|enligt|med)\s+(?:ett\s+)?beslut(?:et)?\s+(?:av|från)?\s*(?:den)?\s*$", re.IGNORECASE)
_TOLD_YEAR = re.compile(r"\b(?:år|våren|hösten|sommaren|vintern|under|i|redan|för)\s*$", re.IGNORECASE)
# a date after these is a limit or an end, not the day of a decision
_LIMIT = re.compile(
    r"\b(?:till|t\.?o\.?m\.?|senast|tidigast|fr\.?o\.?m\.?|med|före|inom|tidigare|per|nytt\s+slutdatum:?|sluttid(?:en)?)"
    r"\s+(?:och\s+med\s+)?(?:den\s+)?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\bsom\b[^,.;]{0,60}$")
_TO_PROJECT = re.compile(r"\s*(?:i\s+(?:stöd|bidrag|medfinansiering)\s+)?(?:till|för|i|åt|to|for)\s+[^.,;:\d]{0,60}", re.IGNORECASE)
_PAID_BY = re.compile(r"\b(?:som|which)\b[^,.;]{0,60}$", re.IGNORECASE)
_NAMES_IT = re.compile(r"\b(?:projektet|förstudien|insatsen|satsningen|the\s+project)\b", re.IGNORECASE)
_REFERS_BACK = re.compile(r"(?:(?:till|för|i)\s+)?(?:den|det|denna|detta|projektet|förstudien|insatsen|satsningen)\b", re.IGNORECASE)
_SHARE_TOLD = re.compile(
    r"\b(?:andel|del|stödet|bidraget|beloppet|medfinansieringen|summan|vilket)\s+(?:\w+\s+){0,2}?(?:är|motsvarar|utgör|uppgår\s+till|lämnas\s+med)\s+(?:därmed\s+|högst\s+)?$",
    re.IGNORECASE,
)
_OWN_SHARE = re.compile(r"\bsin\s+(?:del|andel|medfinansiering)\b|\bsitt\s+(?:bidrag|stöd)\b", re.IGNORECASE)
_CAPITALISED = re.compile(r"(?:[A-ZÅÄÖ0-9][\w.*+:/&-]*)(?:\s+[A-ZÅÄÖ0-9][\w.*+:/&-]*)*$")
_THE_PROJECT = re.compile(r"\b(?:projektet|the\s+project|insatsen|satsningen|förstudien)\b", re.IGNORECASE)
_ALL_MONEY = re.compile(
    r"\b(?:projektmedlen|projektpengarna|pengarna|medlen|stöden|bidragen|alla\s+projekten?|samtliga\s+projekt)\s+"
    r"(?:\w+\s+){0,2}?(?:kommer\s+från|kommer\s+ur|tas\s+ur|tas\s+från|hämtas\s+ur|är|finansieras|betalas)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\b(?:sammanlagt|tillsammans|gemensamt|totalt|ihop|sammantaget)\b", re.IGNORECASE)
_DECIDED = re.compile(
    r"\s*(?:det|beslutet|detta)\s+(?:har\s+)?(?:fattats|fattades|togs|beslutade|beslutat|bestämde|är\s+fattat|har)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Reading:
    """All that was read of one paper, before it becomes claims."""

    view: View
    frame: Frame
    form: str
    book: ProjectBook
    acts: list[Act]
    payments: list[Payment] = field(default_factory=list)
    financing: list[tuple[Project, Financing]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)


class PaperReader:
    """Reads one paper; the order of the steps is the order of the methods."""

    def __init__(self, view: View, lexicon: Lexicon, registers: object | None) -> None:
        self.view = view
        self.lexicon = lexicon
        self.registers = registers
        self.sections: list[Section] = cut_sections(view, lexicon)
        self.frame = read_frame(view, lexicon)
        self.triggers: list[Trigger] = find_triggers(view, lexicon, self.sections)
        strong = [t.start for t in self.triggers if t.governed or t.voice != "pay" or self._pays_itself(t)]
        self.matters: list[Matter] = cut_matters(view, lexicon, strong)
        own = self.frame.authority.value if self.frame.authority else None
        view.add_spans(find_coreferences(view, lexicon, self.matters, own))
        self.grids = read_grids(view, lexicon)
        self.outside = [(s.start, s.end) for s in self.sections if "outside" in s.kinds]
        self.book = ProjectBook(view, lexicon)
        self.owners: dict[int, list[Project]] = {}
        self.records: list[tuple[Record, Project]] = []
        self.form = self._form()

    def read(self) -> Reading:
        self._name_projects()
        acts = (
            record_acts(self.view, self.lexicon, self.records, self.sections, self.matters, self.form)
            + self._sentence_acts()
        )
        adopt_proposals(self.view, self.lexicon, acts, self.sections, self.matters, self.frame)
        acts = self._merge(acts)
        if not self.records and not any(a.main for a in acts):
            sheet = sheet_act(self.view, self.lexicon, self.book, "proposed" if self.form == "proposal" else "decided")
            if sheet is not None:
                self.matters = [Matter(0, 0, len(self.view.text), None, "whole")]
                self.book.settle()
                acts = [sheet, *(a for a in acts if a.project is not sheet.project)]
        for act in acts:
            owners = self.owners.setdefault(act.matter.index if act.matter else -1, [])
            if act.main and act.project not in owners:
                owners.append(act.project)
        if not any(self.owners.values()):
            main = self._main_project(None)
            if main is not None and main.rule in ("project.label", "project.heading"):
                self.owners[0] = [main]
        self.topics = Topics(self.view, self.book, self.matters, self.owners)
        for act in acts:
            act.book = self.book
            self._fill(act)
        fill_listed(self.view, self.lexicon, self.book, acts, self.frame, self.owners.get(-1, []))
        self._share(acts)
        self.frame.fund = self._paper_fund()
        for act in acts:
            self._inherit(act)
            if act.main and act.inherit and len({a.project.id for a in acts if a.main and a.inherit}) == 1:
                self._address(act, len({a.project.id for a in acts}) == 1)
            settle_parties(act, self.registers, self.view)
        reading = Reading(self.view, self.frame, self.form, self.book, acts, grids=self.grids)
        self._financing(reading)
        reading.links = find_links(self.view, self.lexicon, self.book, self.topics.of, self.topics.owner, self.outside)
        return reading

    # --- the form of the paper -----------------------------------------------------------------------------------

    def _form(self) -> str:
        staged = [section_at(self.sections, t.start) for t in self.triggers]
        proposed = any("proposal" in s.kinds for s in staged) or any(t.governed == "proposes" for t in self.triggers)
        decided = any("decision" in s.kinds for s in staged)
        head = fold(self.view.text[:700])
        if decided:
            return "minutes" if "protokoll" in head or any(m.style == "sign" for m in self.matters) else "decision"
        if proposed:
            return "proposal"
        if self.view.document.media_type == "text/html":
            return "news"
        return "decision" if self.triggers else "information"

    # --- names ---------------------------------------------------------------------------------------------------

    def _name_projects(self) -> None:
        view, lexicon, book = self.view, self.lexicon, self.book
        rows = [r for grid in self.grids for r in table_records(view, lexicon, grid)]
        rows += [r for r in entry_records(view, lexicon) if not any(r.start < o.end and o.start < r.end for o in rows)]
        rows += [r for r in line_records(view, lexicon) if not any(r.start < o.end and o.start < r.end for o in rows)]
        for row in self._without_matters(rows):
            project = book.add(*row.name, "project.cell" if row.rule == "act.table" else "project.label")
            if project is not None:
                self.records.append((row, project))
        if not self.records:
            add_labelled(book, view, lexicon)
        acting = [m for m in self.matters if any(m.start <= t.start < m.end for t in self.triggers)]
        labelled = [p for p in book.projects if p.rule == "project.label"]
        about_one = len(labelled) == 1 and len(self.matters) == 1
        headed = {}
        if not about_one and (not self.records or len(self.matters) > 1):
            headed = add_headed(book, view, lexicon, acting)
        add_numbered(book, view, lexicon, self.outside)
        add_cued(book, view, lexicon, self.outside)
        add_linked_names(book, view, lexicon, self.outside)
        book.settle()
        add_sought(book, view, lexicon, self.outside)
        book.settle()
        added = False
        for trigger in self.triggers:
            if book.mentions_in(*clause_of(trigger, self.triggers)):
                continue
            for finder in (direct_object, apposed_name, subject_name, object_name, run_in_title):
                span = finder(view, lexicon, trigger)
                if span is not None and book.add(*span, "project.object") is not None:
                    added = True
                    break
        added = self._name_bracketed() or added
        self._headings_as_aliases()
        if added:
            book.settle()
        for index, project in headed.items():
            self.owners[index] = [project]

    def _name_bracketed(self) -> bool:
        """Names right before a bracket that tells of a grant: 'först kom AI.MEE (2017–2020, beviljat 6 000 000 kr)'."""
        added = False
        for trigger in self.triggers:
            if trigger.tense != "participle":
                continue
            open_at = self.view.text.rfind("(", trigger.unit.start, trigger.start)
            if open_at < 0 or any(m.end >= open_at - 2 for m in self.book.mentions_in(trigger.unit.start, open_at)):
                continue
            name = _CAPITALISED.search(self.view.text[trigger.unit.start : open_at].rstrip())
            if name is not None and self.view.covering(trigger.unit.start + name.start(), "organisation", "fund") is None:
                start = trigger.unit.start + name.start()
                added = self.book.add(start, trigger.unit.start + name.end(), "project.cue") is not None or added
        return added

    def _without_matters(self, rows: list[Record]) -> list[Record]:
        """Entries with decision sentences of their own are matters, not a list."""
        entries = [r for r in rows if r.rule == "act.record"]
        ends = [*(r.start for r in entries[1:]), len(self.view.text)][: len(entries)]
        telling = sum(
            r.outcome is None and "amount_sek" not in r.slots and any(r.start <= t.start < e for t in self.triggers)
            for r, e in zip(entries, ends, strict=True)
        )
        return [r for r in rows if r.rule != "act.record"] if telling * 2 > len(entries) else rows

    def _headings_as_aliases(self) -> None:
        """A heading that is the beginning of a listed project's name is a short name of it."""
        if not self.records:
            return
        known = [(fold(p.name), p) for _, p in self.records]
        for block in self.view.blocks:
            if block.kind != "heading":
                continue
            words = self.view.line(block.start, block.end)
            fits = [p for name, p in known if name.startswith(fold(words)) and name != fold(words)]
            if len(fits) == 1 and len(words) >= 4:
                self.book.add_alias(fits[0], words)
        self.book.settle()

    # --- acts ----------------------------------------------------------------------------------------------------

    def _sentence_acts(self) -> list[Act]:
        found: list[Act] = []
        sectioned = any({"decision", "proposal"} & set(section_at(self.sections, t.start).kinds) for t in self.triggers)
        rows = [(r.start, r.end) for r, _ in self.records]
        for trigger in self.triggers:
            if any(a <= trigger.start < b for a, b in rows) or self._is_named(trigger):
                continue
            section = section_at(self.sections, trigger.start)
            matter = matter_at(self.matters, trigger.start)
            owners = self.owners.get(matter.index if matter else -1, [])
            fallback = owners[0] if len(owners) == 1 else self._main_project(matter)
            stage = stage_of(trigger, section)
            placed = bool({"decision", "proposal"} & set(section.kinds)) or bool(trigger.governed)
            if fallback is not None and EARLIER.search(self.view.text, trigger.unit.start, trigger.unit.end):
                before = [
                    m
                    for m in self.book.mentions_in(max(0, trigger.unit.start - 500), trigger.unit.start)
                    if m.project is not fallback
                ]
                fallback = before[-1].project if before else fallback
            told = self._named_just_before(trigger) if trigger.tense == "past" and not placed else None
            fallback = told or fallback
            if told is not None and not self._goes_on(trigger):
                told = None
            if (titled := self._run_in(trigger)) is not None:
                fallback = titled
            project = project_of(self.view, self.lexicon, self.book, trigger, fallback, self.triggers)
            if project is None or self._is_about_list(trigger):
                continue
            if trigger.voice in ("pay",) and not placed and not self._pays_itself(trigger):
                continue
            if trigger.voice == "pay" and (self._is_others_payment(trigger) or self._pays_undated(trigger)):
                continue
            if (
                trigger.voice in ("pay", "receive")
                and not placed
                and told is None
                and not _NAMES_IT.search(self.view.text, trigger.unit.start, trigger.unit.end)
                and not self.book.mentions_in(trigger.unit.start, trigger.unit.end)
                and not self._speaks_of_the_project(trigger, fallback)
            ):
                continue
            if trigger.tense == "participle" and not self._is_told_grant(trigger):
                continue
            main = placed or not sectioned
            act = Act(
                project,
                trigger.outcome,
                stage,
                trigger.unit.start,
                trigger.unit.end,
                trigger.unit,
                matter,
                "act.sentence",
                main=main,
            )
            act.book = self.book
            act.triggers.append(trigger)
            self._narrow(act, trigger)
            parts = self._parts(act, trigger)
            if parts:
                act.start, act.end = parts[0][1:]
            fill_from_trigger(self.view, self.lexicon, act, trigger, self.frame)
            self._judge_history(act, trigger)
            found.append(act)
            for other, low, high in parts[1:]:
                further = replace(act, project=other, start=low, end=high, slots={}, lists={}, triggers=[trigger])
                fill_from_trigger(self.view, self.lexicon, further, trigger, self.frame)
                self._judge_history(further, trigger)
                found.append(further)
        return found

    def _parts(self, act: Act, trigger: Trigger) -> list[tuple[Project, int, int]]:
        """Projects with the stretch of the sentence that is each one's, where one verb has several with a sum each:
        'beviljade projekten A 300 000 kronor och B 450 000 kronor', 'beviljar 400 tkr till A och 600 tkr till B'."""
        _, high = clause_of(trigger, self.triggers)
        mentions = list(self.book.mentions_in(trigger.end, high))
        if len({m.project.id for m in mentions}) < 2 or mentions[0].project is not act.project:
            return []
        behind = [(m.project, m.start, end) for m in mentions if (end := self._sum_beside(m.end, high)) is not None]
        before = []
        low = trigger.end
        for mention in mentions:
            money = self.view.spans_in(low, mention.start, "money")
            if money and _TO_PROJECT.fullmatch(self.view.text[money[-1].end : mention.start]):
                before.append((mention.project, money[-1].start, mention.end))
            low = mention.end
        parts = max(behind, before, key=len)
        if len({p.id for p, _, _ in parts}) < 2 or parts[0][0] is not act.project:
            return []
        return [(parts[0][0], min(trigger.start, parts[0][1]), parts[0][2]), *parts[1:]]

    def _sum_beside(self, low: int, high: int) -> int | None:
        """The end of a sum right after a name: 'A 300 000 kronor', 'A (300 tkr)', 'A med 300 tkr'."""
        m = re.compile(r"\s*(?:\(|med\s+|:\s*|,\s*)?").match(self.view.text, low, high)
        span = self.view.starting(m.end(), "money") if m else None
        return span.end if span is not None and span.end <= high else None

    def _is_named(self, trigger: Trigger) -> bool:
        """Whether the verb is part of a project's name: 'Fäbodens får'."""
        mentions = self.book.mentions_in(max(0, trigger.start - 160), trigger.end + 160)
        return any(m.start <= trigger.start and trigger.end <= m.end for m in mentions)

    def _named_just_before(self, trigger: Trigger) -> Project | None:
        """The project that the sentence before, in the same paragraph, names last."""
        block = self.view.block_at(trigger.start)
        units = list(self.view.units_in(block.start, trigger.unit.start))[-1:]
        mentions = self.book.mentions_in(units[0].start, units[0].end) if units else []
        return mentions[-1].project if mentions else None

    def _run_in(self, trigger: Trigger) -> Project | None:
        """The project of a paragraph that begins with its name as a title of its own: 'Sol i alla kök. ...'"""
        span = run_in_title(self.view, self.lexicon, trigger)
        return self.book.find(self.view.line(*span)) if span is not None else None

    def _main_project(self, matter: Matter | None) -> Project | None:
        """The project of a paper that is all about one: labelled, or named in the title."""
        for rule in ("project.label", "project.heading"):
            named = [
                p
                for p in self.book.projects
                if p.rule == rule
                and (matter is None or matter.style == "whole" or matter.start <= p.start < matter.end)
            ]
            if named:
                return named[0]
        mentioned = [m.project for m in self.book.mentions if matter is None or matter.start <= m.start < matter.end]
        if not mentioned:
            return None
        return max(dict.fromkeys(mentioned), key=mentioned.count)

    def _is_about_list(self, trigger: Trigger) -> bool:
        """Whether the sentence tells of a whole list ('beviljade de fyra ansökningarna nedan')."""
        if not self.records:
            return False
        mentions = self.book.mentions_in(trigger.unit.start, trigger.unit.end)
        return not mentions

    def _speaks_of_the_project(self, trigger: Trigger, fallback: Project | None) -> bool:
        """'Region X supports the project with SEK 2.1 million', in a paper that is about one project."""
        if fallback is None or fallback.rule not in ("project.label", "project.heading"):
            return False
        return _THE_PROJECT.search(self.view.text, trigger.unit.start, trigger.unit.end) is not None

    def _pays_itself(self, trigger: Trigger) -> bool:
        """Whether the payer of a weak verb is the paper's own authority or board, or none is named."""
        spans = self.view.spans_in(trigger.unit.start, trigger.unit.end, "organisation", "board")
        if any(s.kind == "board" for s in spans):
            return True
        authority = self.frame.authority
        if authority is None:
            return any(s.end <= trigger.start <= s.end + 2 and is_authority(self.lexicon, s.value.canonical) for s in spans)
        return any(
            fold(s.value.canonical) == fold(authority.value.lexical) and abs(s.start - trigger.start) < 90
            for s in spans
        )

    def _goes_on(self, trigger: Trigger) -> bool:
        """Whether the sentence takes up what the one before names: 'Till den lämnade nämnden', 'Nämnden stannade vid'."""
        if _REFERS_BACK.match(self.view.text, trigger.unit.start, trigger.start):
            return True
        return trigger.voice == "pay" and bool(self.view.spans_in(trigger.unit.start, trigger.start, "board"))

    def _pays_undated(self, trigger: Trigger) -> bool:
        """Whether a relative clause only tells who paid ('which Region X funded with 300 tkr'): neither day nor number."""
        lead = self.view.text[max(trigger.unit.start, trigger.start - 70) : trigger.start]
        if trigger.tense != "past" or trigger.governed or not _PAID_BY.search(lead):
            return False
        return not self.view.spans_in(trigger.unit.start, trigger.unit.end, "date", "period", "diary_number", "case_id")

    def _is_others_payment(self, trigger: Trigger) -> bool:
        """Whether the subject right before a verb of paying is an organisation other than the paper's own."""
        authority = self.frame.authority
        before = self.view.spans_in(trigger.unit.start, trigger.start, "organisation", "board")
        if authority is None or not before or trigger.start - before[-1].end > 1:
            return False
        return before[-1].kind == "organisation" and fold(before[-1].value.canonical) != fold(authority.value.lexical)

    def _is_told_grant(self, trigger: Trigger) -> bool:
        """'(2017–2020, beviljat 6 000 000 kr)': a participle in a bracket behind a name, with its sum."""
        lead = self.view.text[max(trigger.unit.start, trigger.start - 60) : trigger.start]
        money = self.view.spans_in(trigger.end, min(trigger.unit.end, trigger.end + 40), "money")
        return "(" in lead and bool(money)

    def _narrow(self, act: Act, trigger: Trigger) -> None:
        """Where one sentence holds several acts, each keeps to its bracket or clause."""
        if trigger.tense == "participle":
            text = self.view.text
            open_at = text.rfind("(", trigger.unit.start, trigger.start)
            close_at = text.find(")", trigger.end)
            mentions = [m for m in self.book.mentions_in(trigger.unit.start, open_at + 1) if m.end <= open_at]
            if mentions:
                act.project = mentions[-1].project
                act.start, act.end = open_at, close_at if close_at > 0 else trigger.unit.end
                act.main = False
            return
        same = [t for t in self.triggers if t.unit == trigger.unit and t.tense != "participle"]
        if len(same) > 1:
            later = [t.start for t in same if t.start > trigger.start]
            earlier = [t.end for t in same if t.end <= trigger.start]
            mentions = self.book.mentions_in(trigger.unit.start, trigger.unit.end)
            if len({m.project.id for m in mentions}) > 1:
                act.start = max(act.start, self._clause_start(max(earlier))) if earlier else act.start
                act.end = min(act.end, self._clause_start(min(later))) if later else act.end

    def _clause_start(self, offset: int) -> int:
        m = re.compile(r"[,;]\s|\soch\s|\smen\s").search(self.view.text, offset, offset + 120)
        return m.end() if m else offset

    def _judge_history(self, act: Act, trigger: Trigger) -> None:
        """Mark acts that the paper only tells of: another day, another authority, an earlier project."""
        own_date = [
            s
            for s in self.view.spans_in(act.start, act.end, "date")
            if s.value.day and s.value.year and not self._is_period_date(s)
        ]
        relative = _RELATIVE.search(self.view.text[max(act.start, trigger.start - 90) : trigger.start])
        inside = trigger.start - len(relative.group()) if relative else act.start
        told = [r for r in self._relative_spans(trigger) if r[0] > trigger.start or r[1] < trigger.start]
        for span in own_date:
            # a date outside the relative clause in which the verb stands, or inside another's, is not the verb's
            if span.start < inside or any(low <= span.start < high for low, high in told):
                continue
            lead = self.view.text[max(act.start, span.start - 45) : span.start]
            if (
                not self.lexicon.pattern("roles", "date", "other").search(lead[-25:])
                and (not _OLD_DECISION.search(lead) or (trigger.tense == "past" and _BY_DECISION.search(lead)))
                and not _LIMIT.search(lead)
            ):
                act.put("date", found_span("date", span, "date.sentence"))
                break
        authority = act.slots.get("authority")
        foreign = authority is not None and (
            self.frame.authority is None or fold(authority.value.lexical) != fold(self.frame.authority.value.lexical)
        )
        if foreign and self.frame.authority is not None and not (act.main and act.stage == "proposed"):
            act.inherit = False
            act.main = False
        if not act.main:
            act.inherit = False
        if act.main and not foreign and self._is_of_earlier_year(act, trigger):
            act.put("authority", self.frame.authority)
            act.inherit = False
        date = act.slots.get("date")
        if (
            date is not None
            and self.frame.date is not None
            and date.value.lexical != self.frame.date.value.lexical
            and trigger.tense == "past"
        ):
            act.inherit = False

    def _relative_spans(self, trigger: Trigger) -> list[tuple[int, int]]:
        """The relative clauses of the sentence that hold a decision of their own: 'som LAG beviljade 2018-04-19'."""
        found = []
        for other in self.triggers:
            if other.unit == trigger.unit and other is not trigger:
                low = max(other.unit.start, other.start - 90)
                m = _RELATIVE.search(self.view.text[low : other.start])
                if m is not None:
                    end = re.compile(r"[,.;]").search(self.view.text, other.end, other.unit.end)
                    found.append((other.start - len(m.group()), end.start() if end else other.unit.end))
        return found

    def _is_of_earlier_year(self, act: Act, trigger: Trigger) -> bool:
        """Whether the sentence tells of a decision of a year before the paper's: 'stödde med 50 000 kr våren 2016'."""
        own = self.frame.date
        if own is None or trigger.tense != "past" or trigger.governed:
            return False
        year = int(own.value.lexical[:4])
        return any(
            s.value.year is not None and s.value.day is None and s.value.year < year and _TOLD_YEAR.search(self.view.text[max(act.start, s.start - 12) : s.start])
            for s in self.view.spans_in(act.start, act.end, "date")
        )

    def _is_period_date(self, span: object) -> bool:
        lead = self.view.text[max(0, span.start - 32) : span.start]  # type: ignore[attr-defined]
        return bool(self.lexicon.pattern("roles", "period", "start+end").search(lead))

    def _merge(self, acts: list[Act]) -> list[Act]:
        """One act for each decision: repeated tellings add to the first; a proposal that was decided is dropped."""
        kept: list[Act] = []
        for act in sorted(acts, key=lambda a: (not a.main, a.rule != "act.table", a.start)):
            same = next((k for k in kept if self._same(k, act)), None)
            if same is None:
                kept.append(act)
                continue
            for prop, found in act.slots.items():
                same.put(prop, found)
            for prop, rows in act.lists.items():
                for row in rows:
                    same.append(prop, row)
            same.triggers += act.triggers
        kept = self._without_side_refusals(self._join_changes(kept))
        # told in passing, with neither day, sum, number nor body: no decision that could be found again
        own = {"date", "amount_sek", "diary_number", "authority", "deciding_body"}
        kept = [a for a in kept if a.main or a.rule != "act.sentence" or own & set(a.slots)]
        decided = {a.project.id for a in kept if a.stage == "decided" and a.main}
        told = {a.project.id for a in kept if a.stage == "decided" and a.outcome == "grant" and self._is_told(a)}
        told -= {a.project.id for a in kept if a.stage == "decided" and a.main and not self._is_told(a)}
        kept = [
            a
            for a in kept
            if not (a.stage == "proposed" and a.project.id in decided)
            or a.outcome == "other" and a.project.id in told
        ]
        return sorted(kept, key=lambda a: a.start)

    def _is_told(self, act: Act) -> bool:
        """Whether a decision with a date of its own stands outside the sections that decide: what is to be changed."""
        return "date" in act.slots and "decision" not in section_at(self.sections, act.start).kinds

    def _without_side_refusals(self, acts: list[Act]) -> list[Act]:
        """In a list that grants the project, an item that refuses something else ('avslå begäran om ...') is no act on it."""
        granted = {(a.project.id, a.stage, a.matter.index if a.matter else -1) for a in acts if a.outcome == "grant" and a.main}
        kept = []
        for act in acts:
            key = (act.project.id, act.stage, act.matter.index if act.matter else -1)
            named = bool(self.book.mentions_in(act.unit.start, act.unit.end)) or "applied_amount_sek" in act.slots
            if act.outcome == "reject" and act.main and key in granted and not named:
                continue
            kept.append(act)
        return kept

    def _join_changes(self, acts: list[Act]) -> list[Act]:
        """A change and the grant that it gives ('ändrar sitt beslut. X får 600 tkr') are one act, a change; a grant told
        only in a relative clause ('de medel som regionen har beviljat') is what is changed, no act of its own."""
        kept = list(acts)
        for change in [a for a in acts if a.outcome == "other" and a.main]:
            for grant in [a for a in kept if a.outcome == "grant" and a.main and a.project is change.project]:
                trigger = grant.triggers[0] if grant.triggers else None
                if trigger is None or section_at(self.sections, grant.start) is not section_at(self.sections, change.start):
                    continue
                relative = _RELATIVE.search(self.view.text[max(trigger.unit.start, trigger.start - 90) : trigger.start])
                close = 0 <= grant.start - change.start < 200
                if relative and not {"amount_sek", "date"} & set(grant.slots) or close and "date" not in grant.slots:
                    for prop, found in grant.slots.items():
                        change.put(prop, found)
                    kept.remove(grant)
        return kept

    def _same(self, one: Act, two: Act) -> bool:
        if one.project is not two.project:
            return False
        if one.outcome != two.outcome or one.stage != two.stage:
            # a paper that proposes tells of its own proposal in other words too; and a change is told as a grant
            dependent = (
                not two.main and two.inherit is False and not {"date", "authority", "diary_number"} & set(two.slots)
            )
            return (
                dependent
                and one.main
                and not (two.triggers and two.triggers[0].tense == "past" and self._amount(one, two) is False)
            )
        for prop in ("amount_sek", "date", "authority"):
            a, b = one.slots.get(prop), two.slots.get(prop)
            if a is not None and b is not None and a.value.lexical != b.value.lexical:
                return False
        foreign = two.slots.get("authority")
        if foreign is not None and one.main and "authority" not in one.slots and self.frame.authority is not None:
            return fold(foreign.value.lexical) == fold(self.frame.authority.value.lexical)
        date = two.slots.get("date")
        if date is not None and one.main and "date" not in one.slots and self.frame.date is not None:
            return date.value.lexical == self.frame.date.value.lexical
        return True

    @staticmethod
    def _amount(one: Act, two: Act) -> bool | None:
        a, b = one.slots.get("amount_sek"), two.slots.get("amount_sek")
        return None if a is None or b is None else a.value.lexical == b.value.lexical

    # --- slots ---------------------------------------------------------------------------------------------------

    def _units(self, act: Act) -> list[Unit]:
        """The sentences that speak of the act's project in its matter, those of its own list first."""
        low, high = (act.matter.start, act.matter.end) if act.matter else (0, len(self.view.text))
        found = []
        for unit in self.view.units_in(low, high):
            if any(a <= unit.start < b for a, b in self.outside) or self.view.blocks[unit.block].kind in (
                "table",
                "furniture",
            ):
                continue
            if self.topics.of(unit) is act.project:
                found.append(unit)
        if act.matter is None or act.matter.style != "whole":
            for unit in self.view.units:
                if (
                    not low <= unit.start < high
                    and self.topics.of(unit) is act.project
                    and not any(a <= unit.start < b for a, b in self.outside)
                ):
                    if self.book.mentions_in(unit.start, unit.end) or matter_at(self.matters, unit.start) is not None:
                        found.append(unit)
        return found

    def _siblings(self, act: Act) -> list[Unit]:
        """The items of the list in which the act stands that are no acts themselves and speak of no other project."""
        if act.rule in ("act.table", "act.record"):
            return []
        block = self.view.blocks[act.unit.block]
        if block.kind != "list_item":
            section = section_at(self.sections, act.start)
            if {"decision", "proposal"} & set(section.kinds):
                return [
                    u for u in self.view.units_in(section.start, section.end) if u != act.unit and self._is_free(u, act)
                ]
            return []
        index = act.unit.block
        found = []
        while index + 1 < len(self.view.blocks) and self.view.blocks[index + 1].kind == "list_item":
            index += 1
            units = self.view.units_in(self.view.blocks[index].start, self.view.blocks[index].end)
            mine = [u for u in units if self._is_free(u, act)]
            if any(
                t.unit in units and t.outcome in ("grant", "reject") and self._act_of(t) is not act
                for t in self.triggers
                if t.voice in ("active", "passive")
            ):
                if act.outcome == "reject":
                    break
                continue
            found += mine
        return found

    def _act_of(self, trigger: Trigger) -> Act | None:
        return None

    def _is_free(self, unit: Unit, act: Act) -> bool:
        mentions = self.book.mentions_in(unit.start, unit.end)
        return all(m.project is act.project for m in mentions) or any(m.project is act.project for m in mentions[:1])

    def _fill(self, act: Act) -> None:
        view, lexicon = self.view, self.lexicon
        siblings = self._siblings(act)
        if act.main and act.outcome != "reject":
            for unit in siblings:
                for span in view.spans_in(unit.start, unit.end, "fund"):
                    if not is_conditioned(view, unit, span.start):
                        act.put("funding_source", found_span("fund", span, "fund.sentence"))
                fill_period(view, lexicon, act, unit.start, unit.end, loose=True)
        units = self._units(act)
        labelled = [p for p in self.book.projects if p.rule == "project.label"]
        if not act.main and labelled == [act.project]:
            self._labelled(act)
        if not act.main:
            for unit in units:
                fill_parties(view, lexicon, act, [unit], self.frame) if self._only_topic(act) else None
            return
        self._labelled(act)
        for grid in self.grids:
            if self._grid_project(grid) is act.project:
                fill_recipients(view, lexicon, act, grid)
        for unit in [*siblings, *units]:
            self._amounts(act, unit)
            self._told_share(act, unit)
        if act.outcome != "reject" or act.slots:
            for unit in units:
                fill_period(view, lexicon, act, unit.start, unit.end)
                fill_shift(view, act, unit.start, unit.end)
        if act.outcome != "reject":
            for unit in [act.unit, *siblings]:
                fill_years(view, act, unit.start, unit.end)
        if "funding_source" not in act.slots and act.outcome != "reject":
            self._matter_fund(act, units)
        self._titled_period(act)
        fill_parties(view, lexicon, act, units, self.frame)
        fill_reasons(view, self.sections, act, list(dict.fromkeys([act.unit, *siblings, *units])))
        if act.matter is not None and act.matter.heading is not None:
            fill_labelled_numbers(view, act, act.matter.start, min(act.matter.end, act.matter.start + 260))
        for span in view.spans_in(act.project.end, min(len(view.text), act.project.end + 60), "case_id"):
            act.append("case_id", found_span("text", span, "case.label"))
        if act.matter is not None and "amount_sek" not in act.slots and act.outcome == "grant":
            for grid in self.grids:
                if (
                    act.matter.start <= grid.block.start < act.matter.end
                    and self._grid_project(grid) is act.project
                    and (total := yearly_total(view, lexicon, grid)) is not None
                ):
                    act.put("amount_sek", total)

    def _titled_period(self, act: Act) -> None:
        """Years in the project's name or in the heading of its matter: 'Samverkan för mat 2020–2023'."""
        heads = [act.matter.heading] if act.matter is not None and act.matter.heading is not None else []
        for low, high in [(act.project.start, act.project.end + 12), *heads]:
            for span in self.view.spans_in(low, high, "period"):
                for prop, part in (("start", span.value.start), ("end", span.value.end)):
                    if part is not None and part.iso:
                        act.put(prop, Found(Value("date", part.iso), span.start, span.end, "period.name", span.start, span.end))

    def _only_topic(self, act: Act) -> bool:
        return False

    def _labelled(self, act: Act) -> None:
        """Labelled values of the matter (or of a paper about one project)."""
        if self.records:
            return
        labels = self.lexicon.labels("labels")
        low, high = (act.matter.start, act.matter.end) if act.matter else (0, len(self.view.text))
        single = len({p.id for ps in self.owners.values() for p in ps}) <= 1
        record = Record((act.start, act.end), low, high, "act.record")
        for block in self.view.blocks:
            if not (low <= block.start < high or single):
                continue
            if block.kind == "field" and len(block.cells) == 2:
                roles, a, b = (
                    labels.match(self.view.text[block.cells[0].start : block.cells[0].end]),
                    block.cells[1].start,
                    block.cells[1].end,
                )
            elif block.kind in ("paragraph", "list_item") and block.end - block.start < 260:
                m = re.match(r"(?:[•*–-]\s*)?([^:\t.]{2,40}):\s+(?=\S)", self.view.text[block.start : block.end])
                if m is None:
                    continue
                roles, a, b = labels.match(m.group(1)), block.start + m.end(), block.end
            else:
                continue
            roles = tuple(
                r
                for r in roles
                if r not in ("outcome", "granted", "deciding_body", "decision_date", "project", "funder")
            )
            if roles:
                read_cell(self.view, self.lexicon, None, record, roles, a, b)
        for prop, found in record.slots.items():
            if prop != "amount_sek":
                act.put(prop, found)
        for prop, rows in record.lists.items():
            for row in rows:
                act.append(prop, row)

    def _amounts(self, act: Act, unit: Unit) -> None:
        """Sums sought and total costs that a sentence of the matter states; the support where its label says so."""
        for span in self.view.spans_in(unit.start, unit.end, "money"):
            amount = kronor(span.value)
            if amount is None:
                continue
            role, start, end = role_of(self.view, self.lexicon, span, unit.start, unit.end)
            joint = _JOINT.search(self.view.text, unit.start, span.start) and self._is_shared_matter(act)
            if role == "applied" and not joint:
                act.put("applied_amount_sek", integer("applied.phrase", amount, span, start, end))
            elif role == "total" and not joint:
                act.put("total_budget_sek", integer("total.phrase", amount, span, start, end))
            elif role in ("", "withdrawn", "frame") and act.inherit and act.outcome in ("grant", "other") and "amount_sek" not in act.slots:
                lead = self.view.text[max(unit.start, span.start - 130) : span.start]
                tail = self.view.text[span.end : span.end + 40]
                told = told_support(self.lexicon, lead, act.outcome)
                if role == "withdrawn" or told or re.match(r"\s*(?:i stöd|i bidrag|i medfinansiering)", tail):
                    act.put("amount_sek", integer("amount.matter", amount, span, start, end))

    def _told_share(self, act: Act, unit: Unit) -> None:
        """The share of the costs told beside the decision: 'nämndens del motsvarar därmed 50 procent'."""
        if act.outcome != "grant":
            return
        for span in self.view.spans_in(unit.start, unit.end, "share"):
            if _SHARE_TOLD.search(self.view.text[unit.start : span.start]):
                value = Value("decimal", format(span.value.normalize(), "f"))
                act.put("share_percent", Found(value, unit.start, span.end, "share.sentence", span.start, span.end))

    def _is_shared_matter(self, act: Act) -> bool:
        return len(self.owners.get(act.matter.index if act.matter else -1, [])) > 1

    def _matter_fund(self, act: Act, units: list[Unit]) -> None:
        view = self.view
        heads = [act.matter.heading] if act.matter and act.matter.heading else []
        heads += [(b.start, b.end) for b in view.blocks[:12] if b.kind == "heading"]
        for low, high in heads:
            for span in view.spans_in(low, high, "fund"):
                act.put("funding_source", found_span("fund", span, "fund.matter"))
        pattern = re.compile(
            r"\b(?:medlen|stödet|bidraget|beloppet|pengarna|medfinansieringen|finansiering(?:en)? sker|finansieras|anvisas|belastar|tas ur|tas från|hämtas ur|ur)\b",
            re.IGNORECASE,
        )
        for unit in units:
            if re.search(
                r"\b(?:söker|söks|ansöker|även hos|kommer att söka)\b",
                view.text[unit.start : unit.end],
                re.IGNORECASE,
            ):
                continue
            for span in view.spans_in(unit.start, unit.end, "fund"):
                if pattern.search(view.text[unit.start : span.start]) and span.value.canonical == "1:1-anslaget":
                    act.put("funding_source", found_span("fund", span, "fund.matter"))

    def _share(self, acts: list[Act]) -> None:
        """What belongs to the project reaches all its acts in the paper: owner, partners, places, period, cost."""
        for act in acts:
            for other in acts:
                if other is act or other.project is not act.project:
                    continue
                act.put("beneficiary", other.slots.get("beneficiary"))
                for prop in ("county", "municipality", "partner"):
                    for row in other.lists.get(prop, []):
                        act.append(prop, row)

    def _inherit(self, act: Act) -> None:
        """What stands once for all of the paper reaches the acts that are its own."""
        frame = self.frame
        body = act.slots.get("deciding_body")
        if body is not None and is_unowned(self.lexicon, body.value.lexical):
            return
        if not act.inherit:
            if body is not None and "authority" not in act.slots:
                act.put("authority", frame.authority)
            return
        foreign = act.slots.get("authority")
        if foreign is None or (
            frame.authority is not None and fold(foreign.value.lexical) == fold(frame.authority.value.lexical)
        ):
            act.put("authority", frame.authority)
            act.put("deciding_body", self._told_body(act) or self._section_body(act) or frame.body)
            act.put("date", self._section_date(act) or frame.date)
            act.put("diary_number", frame.diary_number)
            if act.outcome == "grant" and act.main:
                act.put("funding_source", frame.fund)

    def _address(self, act: Act, only: bool) -> None:
        """A letter on one project: its addressee is the applicant, the case number in its head is the project's."""
        reader = self.frame.addressee
        authority = act.slots.get("authority")
        if reader is not None and (authority is None or fold(authority.value.lexical) != fold(reader.value.canonical)):
            act.put("beneficiary", found_span("organisation", reader, "beneficiary.addressee"))
        if not act.lists.get("case_id"):
            told = self.view.kind("case_id")
            for span in self.frame.case_ids or (told[:1] if only and len({s.value for s in told}) == 1 else ()):
                act.append("case_id", found_span("text", span, "case.label"))

    def _paper_fund(self) -> Found | None:
        """The fund that a sentence about no single project names for all: 'Projektmedlen kommer från anslag 1:1.'"""
        for unit in self.view.units:
            if self.view.blocks[unit.block].kind in ("table", "furniture") or self.book.mentions_in(unit.start, unit.end):
                continue
            if _ALL_MONEY.search(self.view.text, unit.start, unit.end):
                for span in self.view.spans_in(unit.start, unit.end, "fund"):
                    if not is_conditioned(self.view, unit, span.start):
                        return found_span("fund", span, "fund.paper")
        return None

    def _told_body(self, act: Act) -> Found | None:
        """The board in a sentence close by that only says who decided: 'Det har regionstyrelsen beslutat.'"""
        for unit in self.view.units_in(act.unit.end, act.unit.end + 500)[:4]:
            if _DECIDED.match(self.view.text, unit.start, unit.end):
                for span in self.view.spans_in(unit.start, unit.end, "board"):
                    return resolve_body(self.view, span, self.frame)
        return None

    def _section_body(self, act: Act) -> Found | None:
        section = section_at(self.sections, act.start)
        if section.heading is not None:
            span = board_to_decide(self.view, *section.heading) if act.stage == "proposed" else None
            boards = self.view.spans_in(*section.heading, "board")
            if (
                span is None
                and boards
                and not re.search(r"förslag|föreslår", self.view.text[slice(*section.heading)], re.IGNORECASE)
            ):
                span = boards[0]
            if span is not None:
                found = resolve_body(self.view, span, self.frame)
                return Found(found.value, found.start, found.end, "body.heading", found.low, found.high)
        return None

    def _section_date(self, act: Act) -> Found | None:
        """The date that heads the act's section of a page of news."""
        if act.matter is None or act.matter.style != "title":
            return None
        index = self.view.block_index(act.matter.start)
        for block in self.view.blocks[max(0, index - 1) : index + 2]:
            for span in self.view.spans_in(block.start, block.end, "date"):
                if span.value.day and span.value.year and block.end - block.start < 60:
                    return found_span("date", span, "date.section")
        return None

    # --- money -----------------------------------------------------------------------------------------------------

    def _grid_project(self, grid: Grid) -> Project | None:
        caption = fold(grid.caption)
        for project in self.book.projects:
            if any(len(n) > 3 and fold(n) in caption for n in project.names):
                return project
        unit = self.view.unit_at(grid.block.start)
        topic = self.topics.owner(unit) or self.topics.of(unit)
        if topic is not None:
            return topic
        matter = matter_at(self.matters, grid.block.start)
        owners = self.owners.get(matter.index if matter else -1, [])
        return owners[0] if owners else None

    def _own_shares(self, reading: Reading, project: Project, financing: Financing) -> None:
        """'Regionen beviljade sin del': the sum stands in the financing table, on the line of who decided."""
        for act in reading.acts:
            payer = act.slots.get("authority")
            trigger = act.triggers[0] if act.triggers else None
            if act.project is not project or payer is None or trigger is None or "amount_sek" in act.slots:
                continue
            if not _OWN_SHARE.search(self.view.text, trigger.end, trigger.unit.end):
                continue
            for line in financing.lines:
                if line.amount is not None and fold(line.funder.value.lexical) == fold(payer.value.lexical):
                    act.put("amount_sek", replace(line.amount, rule="amount.cell"))
                    for span in self.view.spans_in(line.start, line.end, "fund"):
                        act.put("funding_source", found_span("fund", span, "fund.matter"))

    @staticmethod
    def _put_total(reading: Reading, project: Project, total: Found, *, sure: bool = False) -> None:
        """Give the project's acts the total of a table; where costs and financing agree (``sure``) it wins over prose."""
        for act in reading.acts:
            if act.project is project and (act.main or project.rule == "project.label"):
                told = act.slots.get("total_budget_sek")
                if sure and told is not None and told.rule == "total.phrase" and told.value != total.value:
                    del act.slots["total_budget_sek"]
                act.put(
                    "total_budget_sek",
                    Found(total.value, total.start, total.end, "total.label", total.low, total.high),
                )

    def _financing(self, reading: Reading) -> None:
        view, lexicon = self.view, self.lexicon
        for index, grid in enumerate(self.grids):
            financing = read_financing(view, lexicon, grid)
            issue = check_sum(view, lexicon, grid, self.grids[:index])
            if issue is not None:
                reading.issues.append(issue)
            if financing is None:
                continue
            project = self._grid_project(grid)
            if project is None:
                continue
            reading.financing.append((project, financing))
            self._own_shares(reading, project, financing)
            if financing.total is not None:
                self._put_total(reading, project, financing.total)
        for grid in self.grids:
            project, total = self._grid_project(grid), cost_total(view, lexicon, grid)
            if project is not None and total is not None:
                printed = [f.total.value for p, f in reading.financing if p is project and f.total is not None]
                self._put_total(reading, project, total, sure=total.value in printed)
        for project in dict.fromkeys(p for p, _ in reading.financing):
            budgets = [a.slots["total_budget_sek"] for a in reading.acts if a.project is project and "total_budget_sek" in a.slots]
            parts = [f for p, f in reading.financing if p is project]
            if budgets and (issue := reconcile(parts, budgets[0], view)) is not None:
                reading.issues.append(issue)
        for unit in view.units:
            if any(a <= unit.start < b for a, b in self.outside) or view.blocks[unit.block].kind in (
                "table",
                "furniture",
            ):
                continue
            project = self.topics.of(unit)
            if project is not None:
                reading.payments += find_payers(view, lexicon, self.book, unit, project)
