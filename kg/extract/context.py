"""A paper while it is being read: its view, frame, sections, matters, tables and projects."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.acts import (
    Act,
    Trigger,
    find_triggers,
)
from kg.extract.coreference import find_coreferences
from kg.extract.financing import Financing
from kg.extract.found import find_seated_authority, found_span, fuller_body
from kg.extract.frame import Frame, is_authority, may_be_authority, read_frame
from kg.extract.introduced import introduce_organisations
from kg.extract.lineage import Link
from kg.extract.ownpages import settle_frame
from kg.extract.payers import Payment
from kg.extract.projects import Project, ProjectBook
from kg.extract.records import Record
from kg.extract.sections import MARKED, Matter, Section, cut_matters, cut_sections, section_at
from kg.extract.tables import Grid, read_grids
from kg.extract.topics import Topics
from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Issue


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


_WE = shape("context", "we")


class Paper:
    """What the steps of reading share.  ``matters``, ``owners`` (projects by matter), ``records`` and ``topics`` are
    filled by the steps, in the order of ``kg.extract.paper``."""

    def __init__(self, view: View, lexicon: Lexicon, registers: object | None) -> None:
        self.view = view
        self.lexicon = lexicon
        self.registers = registers
        introduce_organisations(view, lexicon)
        self.sections: list[Section] = cut_sections(view, lexicon)
        self.frame = read_frame(view, lexicon)
        if not any({"proposal", "decision"} & set(s.kinds) for s in self.sections) and self.frame.addressee is None:
            settle_frame(view, lexicon, self.frame)
        if self.frame.body is not None:
            self.frame.body = fuller_body(view, self.frame.body)
            if self.frame.authority is None and not self.frame.unowned:
                self.frame.authority = find_seated_authority(view, registers, self.frame.body.value.lexical)
        self.triggers: list[Trigger] = find_triggers(view, lexicon, self.sections)
        self.matters: list[Matter] = cut_matters(view, lexicon, self._deciding())
        owner = found_span("organisation", self.frame.owner, "beneficiary.page") if self.frame.owner else None
        own = owner.value if owner else self.frame.authority.value if self.frame.authority else None
        view.add_spans(find_coreferences(view, lexicon, self.matters, own, owned=owner is not None))
        self.grids = read_grids(view, lexicon)
        self.outside = [(s.start, s.end) for s in self.sections if "outside" in s.kinds]
        self.book = ProjectBook(view, lexicon)
        self.owners: dict[int, list[Project]] = {}
        self.page: Project | None = None  # the project that a page is all about, named by its title
        self.records: list[tuple[Record, Project]] = []
        self.form = self._form()
        self.topics = Topics(view, self.book, [], {})

    def _deciding(self) -> list[int]:
        """The offsets of the verbs that may decide: all but those by which somebody else pays."""
        return [t.start for t in self.triggers if t.governed or t.voice != "pay" or self.pays_itself(t)]

    def pays_itself(self, trigger: Trigger) -> bool:
        """Whether the payer of a weak verb is the paper's own authority or board, or none is named."""
        spans = self.view.spans_in(trigger.unit.start, trigger.unit.end, "organisation", "board")
        if _WE.search(self.view.text, max(trigger.unit.start, trigger.start - 12), trigger.start):
            return True
        if any(s.kind == "board" for s in spans):
            return True
        authority = self.frame.authority
        if authority is None:
            return any(s.end <= trigger.start <= s.end + 2 and self._may_give(s.value.canonical) for s in spans)
        return any(
            fold(s.value.canonical) == fold(authority.value.lexical) and abs(s.start - trigger.start) < 90
            for s in spans
        )

    def _may_give(self, name: str) -> bool:
        """Whether an organisation may decide on money; on a page of whoever got it, a foundation that says so does."""
        own_page = self.frame.owner is not None
        return is_authority(self.lexicon, name) or own_page and may_be_authority(self.lexicon, name)

    def _form(self) -> str:
        staged = [section_at(self.sections, t.start) for t in self.triggers]
        proposed = any("proposal" in s.kinds for s in staged) or any(t.governed == "proposes" for t in self.triggers)
        decided = any("decision" in s.kinds for s in staged)
        head = fold(self.view.text[:700])
        if decided:
            return "minutes" if "protokoll" in head or any(m.style == "sign" for m in self.matters) else "decision"
        if proposed:
            return "proposal"
        saved = self.view.document.media_type
        if saved == "text/html" or (saved in MARKED and "protokoll" not in head):
            return "news"
        return "decision" if self.triggers else "information"
