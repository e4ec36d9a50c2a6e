"""Made-up graphs of any size, and the plain records that they state.

Nothing in them is true: names are numbered, sums are drawn by a seed.  The records are plain Python values, so that
an answer can be computed from them without SPARQL and held against that of a prepared question; the quads go the way
of real papers, through ``kg.graph.map``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

import pyoxigraph as ox

from kg.graph.map import quads
from kg.model import Claim, Entity, Evidence, Extraction, Resolution, ResolvedClaim, Value
from kg.registers import Registers, load_registers
from kg.terms import PROPERTIES

REGIONS = 21
FORMS = ("proposal", "minutes", "decision", "news", "list")
PRIORITIES = ("Smart industri", "Hållbar livsmiljö", "Kompetens för framtiden", "Digital omställning")
GROUNDS = ("Ansökan uppfyller inte kraven.", "Medlen räcker inte.", "Projektet bedöms inte vara nyskapande.")
CONDITIONS = ("Övrig finansiering ska vara klar.", "Slutrapport lämnas inom tre månader.")
LEGAL = ("förordning (2015:210)", "förordning (2003:596)")
SOURCES = ("anslag-1-1", "anslag-1-1-tillvaxt", None)


@dataclass(slots=True)
class Project:
    """A project; ``builds_on`` and ``related`` are numbers of earlier projects."""

    number: int
    name: str
    start: str | None = None
    end: str | None = None
    budget: int | None = None
    counties: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    partners: tuple[int, ...] = ()
    builds_on: tuple[int, ...] = ()
    related: tuple[int, ...] = ()
    priority: str | None = None
    papers: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Act:
    """A proposal, decision or amendment; ``amounts`` are several where papers disagree."""

    number: int
    project: int
    outcome: str
    region: int
    board: int | None
    date: str
    diary: str
    receiver: int | None
    amounts: tuple[int, ...] = ()
    share: str | None = None
    source: str | None = None
    sought: int | None = None
    ground: str | None = None
    condition: str | None = None
    legal: str | None = None
    decides: int | None = None
    amends: int | None = None
    new_amount: int | None = None
    papers: tuple[int, ...] = ()
    confidence: float = 0.9


@dataclass(slots=True)
class Line:
    """A financing line; ``payer`` is the number of an organisation, of which the first are the regions."""

    number: int
    project: int
    payer: int
    amount: int | None
    status: str
    form: str | None
    paper: int


@dataclass(slots=True)
class Made:
    """All of it.  Organisation ``n`` has the name ``organisations[n]``; paper ``n`` is ``paper_name(n)``."""

    organisations: list[str]
    boards: list[tuple[int, str]]
    projects: list[Project]
    acts: list[Act]
    lines: list[Line]
    papers: int
    registers: Registers
    lean: bool = False

    def quads(self) -> Iterator[ox.Quad]:
        """The graph that papers saying all this would give."""
        return quads(_Resolver(self).resolution(), _extractions(self), self.registers)


def paper_name(number: int) -> str:
    return f"papper/{number:06d}.txt"


def paper_id(number: int) -> str:
    return hashlib.sha256(paper_name(number).encode()).hexdigest()


def make(count: int, seed: int = 1, *, lean: bool = False, bare: float = 0.0) -> Made:
    """``count`` projects, with about one and a half acts and two lines each, a third of them in chains of up to
    twelve; ``lean``: with one act, in one paper, and lines for every fifth project; ``bare``: the part of the projects
    that papers only name, without act or line.  The same arguments give the same graph."""
    draw = Random(seed)
    registers = load_registers()
    regions = [o.label for o in registers.organisations if o.kind == "region"][:REGIONS]
    municipal = [m.name for m in registers.municipalities[:40]]
    others = max(10, count // 12)
    organisations = [*regions, *municipal, *(f"Organisation {n} AB" for n in range(others))]
    boards = [(n % REGIONS, f"Nämnd {n}") for n in range(2 * REGIONS)]
    made = Made(organisations, boards, [], [], [], 0, registers)
    chain: list[int] = []
    for number in range(count):
        made.projects.append(_make_project(draw, number, chain, made))
        if draw.random() < 0.35 and len(chain) < 12:
            chain.append(number)
        else:
            chain = []
    made.papers = max(1, count // 2)
    made.lean = lean
    for project in made.projects:
        if bare and draw.random() < bare:
            _make_bare(draw, project, made)
            continue
        _make_acts(draw, project, made)
        if not lean or project.number % 5 == 0:
            _make_lines(draw, project, made)
    return made


def _make_project(draw: Random, number: int, chain: list[int], made: Made) -> Project:
    project = Project(number, f"Projekt {number}")
    year = draw.randint(2008, 2024)
    if draw.random() < 0.8:
        project.start = draw.choice((f"{year}", f"{year}-{draw.randint(1, 12):02d}", f"{year}-03-01"))
        project.end = f"{year + draw.randint(1, 3)}-12-31"
    counties = made.registers.counties
    if draw.random() < 0.5:
        project.counties = tuple(sorted({draw.choice(counties).id for _ in range(draw.choice((1, 1, 1, 2)))}))
    if draw.random() < 0.3:
        project.municipalities = (draw.choice(made.registers.municipalities[:60]).id,)
    if draw.random() < 0.4:
        project.partners = tuple(
            sorted({draw.randrange(REGIONS, len(made.organisations)) for _ in range(draw.randint(1, 2))})
        )
    if chain:
        project.builds_on = (chain[-1],)
        if len(chain) > 2 and draw.random() < 0.2:
            project.builds_on = (chain[-1], chain[-3])
    if number > 5 and draw.random() < 0.05:
        project.related = (draw.randrange(number),)
    if draw.random() < 0.1:
        project.priority = draw.choice(PRIORITIES)
    return project


def _make_bare(draw: Random, project: Project, made: Made) -> None:
    """Leaves of the project what its name says; what a paper says of a project it says with the first act."""
    project.start = project.end = None
    project.counties = project.municipalities = ()
    project.partners = ()
    project.papers = {draw.randrange(made.papers)}


def _make_acts(draw: Random, project: Project, made: Made) -> None:
    region = draw.randrange(REGIONS)
    receiver = draw.randrange(REGIONS, len(made.organisations)) if draw.random() < 0.9 else None
    rounds = 1 if made.lean else draw.choices((1, 2), (0.95, 0.05))[0]
    weights = (0.3, 0.6, 0.08, 0.02) if made.lean else (0.3, 0.45, 0.2, 0.05)
    for _ in range(rounds):
        year = int((project.start or "2015")[:4])
        diary = f"RUN/{len(made.acts)}/{year}"
        amount = draw.randint(50, 5000) * 1000
        kind = draw.choices(("proposal", "decision", "both", "amended"), weights)[0]
        share = draw.choice(("31", "50", "37.5", None, None))
        common = {"project": project.number, "region": region, "receiver": receiver, "diary": diary, "share": share}
        rejected = draw.random() < 0.25
        proposal = decision = None
        if kind in ("proposal", "both", "amended"):
            outcome = "proposed_rejection" if rejected and draw.random() < 0.9 else "proposed_grant"
            proposal = _add(
                draw, made, outcome=outcome, date=f"{year}-02-0{draw.randint(1, 9)}",
                amounts=(amount,) if outcome == "proposed_grant" else (),
                sought=amount + draw.choice((0, 100_000)) if draw.random() < 0.7 else None, **common,
            )
        if kind in ("decision", "both", "amended"):
            outcome = "rejected" if rejected else "granted"
            given = amount if draw.random() < 0.8 else amount - 10_000
            amounts = (given, given + 1) if draw.random() < 0.03 else (given,)
            decision = _add(
                draw, made, outcome=outcome, date=draw.choice((f"{year}-03-1{draw.randint(0, 9)}", f"{year}-04")),
                amounts=amounts if outcome == "granted" else (),
                sought=amount if proposal is None and draw.random() < 0.3 else None,
                ground=draw.choice(GROUNDS) if rejected else None,
                source=draw.choice(SOURCES) if outcome == "granted" else None,
                decides=proposal.number if proposal else None, **common,
            )
        if kind == "amended" and decision is not None and decision.outcome == "granted":
            # A grant anew, or a change of the sum.
            new, raised = decision.amounts[0] + 50_000, decision.number % 2 == 1
            _add(
                draw, made, outcome="other" if raised else "granted", date=f"{year + 1}-05-02", amounts=(new,),
                amends=decision.number, new_amount=new if raised else None, **common,
            )


def _add(draw: Random, made: Made, *, region: int, **values: object) -> Act:
    number = len(made.acts)
    papers = {draw.randrange(made.papers) for _ in range(1 if made.lean else draw.choice((1, 1, 1, 2)))}
    act = Act(
        number=number,
        region=region,
        board=region + REGIONS * draw.randrange(2) if draw.random() < 0.7 else None,
        condition=draw.choice(CONDITIONS) if draw.random() < 0.2 else None,
        legal=draw.choice(LEGAL) if draw.random() < 0.2 else None,
        papers=tuple(sorted(papers)),
        confidence=draw.choice((0.95, 0.9, 0.7, 0.45)),
        **values,  # type: ignore[arg-type]
    )
    made.acts.append(act)
    made.projects[act.project].papers.update(papers)
    return act


def _make_lines(draw: Random, project: Project, made: Made) -> None:
    if draw.random() < 0.4:
        return
    paper = min(project.papers)
    payers = {draw.randrange(REGIONS)} | {draw.randrange(REGIONS, len(made.organisations)) for _ in range(2)}
    found = []
    for payer in sorted(payers):
        amount = draw.randint(10, 2000) * 1000 if draw.random() < 0.95 else None
        status = draw.choice(("planned", "sought", "granted", "paid"))
        form = draw.choice(("cash", "in_kind", None))
        found.append(Line(len(made.lines) + len(found), project.number, payer, amount, status, form, paper))
        if status == "planned" and draw.random() < 0.2:
            found.append(Line(len(made.lines) + len(found), project.number, payer, amount, "granted", form, paper))
    made.lines += found
    if draw.random() < 0.5:
        planned = {(line.payer, line.form): line.amount or 0 for line in found}
        project.budget = sum(planned.values()) + draw.choice((0, 0, 25_000))


# --- the same as a resolution ---------------------------------------------------------------------------------------


class _Resolver:
    """States the records as resolved claims.  The claims of one act or line share their words."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.claims: list[ResolvedClaim] = []
        self.places: dict[int, int] = {}
        regions = [o for o in made.registers.organisations if o.kind == "region"][:REGIONS]
        self.orgs = [
            f"organisation/{regions[n].id}" if n < REGIONS else f"organisation/made-{n}"
            for n in range(len(made.organisations))
        ]
        self.keys = [regions[n].id if n < REGIONS else None for n in range(len(made.organisations))]

    def resolution(self) -> Resolution:
        for project in self.made.projects:
            self._project(project)
        for act in self.made.acts:
            for paper in act.papers:
                self._act(act, paper)
        for line in self.made.lines:
            self._line(line)
        return Resolution(tuple(self._entities()), tuple(self.claims), ())

    def _entities(self) -> Iterator[Entity]:
        made = self.made
        for iri, label, key in zip(self.orgs, made.organisations, self.keys, strict=True):
            yield Entity(iri, "Organisation", label, (), key)
        for number, (_, label) in enumerate(made.boards):
            yield Entity(f"board/{number}", "Board", label)
        for project in made.projects:
            yield Entity(f"project/{project.number}", "Project", project.name)
        for act in made.acts:
            yield Entity(f"decision/{act.number}", "Decision", act.diary)
        for line in made.lines:
            yield Entity(f"financing/{line.number}", "FinancingLine", f"Post {line.number}")
        for county in sorted({c for p in made.projects for c in p.counties}):
            yield Entity(f"county/{county}", "County", made.registers.county(county).short_name, (), county)
        for code in sorted({m for p in made.projects for m in p.municipalities}):
            place = made.registers.municipality(code)
            yield Entity(f"municipality/{code}", "Municipality", place.short_name, (), code)
        for fund in sorted({a.source for a in made.acts if a.source}):
            yield Entity(f"fund/{fund}", "Appropriation", self.source_name(fund), (), fund)

    def source_name(self, key: str) -> str:
        return source_name(self.made, key)

    def _say(
        self, paper: int, subject: str, words: tuple[int, str], confidence: float, **values: str | tuple[str, ...]
    ) -> None:
        kind = subject.partition("/")[0]
        start, quote = words
        rule = f"made_{int(confidence * 100)}"
        evidence = Evidence(paper_id(paper), start, start + len(quote), quote, rule, 1, confidence)
        for property, given in values.items():
            for lexical in (given,) if isinstance(given, str) else given:
                name = "project" if kind == "project" else "decision" if kind == "decision" else "financing"
                known = PROPERTIES[name].get(property, ("node" if property in ("decides", "amends") else "text", True))
                thing = lexical if "/" in lexical and known[0] in _THINGS else None
                value = Value(known[0], lexical)
                claim = Claim(subject, property, value, evidence)
                self.claims.append(ResolvedClaim(subject, property, thing, value, claim))

    def _words(self, paper: int, quote: str) -> tuple[int, str]:
        start = self.places.get(paper, 0)
        self.places[paper] = start + len(quote) + 2
        return start, quote

    def _project(self, project: Project) -> None:
        paper = min(project.papers)
        words = self._words(paper, project.name)
        more = {"priority": project.priority} if project.priority else {}
        self._say(
            paper, f"project/{project.number}", words, 0.9, name=project.name,
            builds_on=tuple(f"project/{n}" for n in project.builds_on),
            related=tuple(f"project/{n}" for n in project.related), **more,
        )

    def _act(self, act: Act, paper: int) -> None:
        project = self.made.projects[act.project]
        words = self._words(paper, f"{act.diary}: {act.outcome} {act.amounts[0] if act.amounts else ''}".strip())
        values: dict[str, str | tuple[str, ...]] = {
            "project": f"project/{act.project}", "outcome": act.outcome, "authority": self.orgs[act.region],
            "date": act.date, "diary_number": act.diary, "amount_sek": tuple(map(str, act.amounts)),
        }
        optional: dict[str, str | None] = {
            "deciding_body": f"board/{act.board}" if act.board is not None else None,
            "beneficiary": self.orgs[act.receiver] if act.receiver is not None else None,
            "share_percent": act.share, "funding_source": f"fund/{act.source}" if act.source else None,
            "applied_amount_sek": str(act.sought) if act.sought else None, "ground": act.ground,
            "condition": act.condition, "legal_basis": act.legal,
            "decides": f"decision/{act.decides}" if act.decides is not None else None,
            "new_amount_sek": str(act.new_amount) if act.new_amount is not None else None,
            "amends": f"decision/{act.amends}" if act.amends is not None else None,
        }
        # What is true of the project is said once, in the first paper of its first act.
        if paper == min(project.papers) and act.project not in self._said:
            self._said.add(act.project)
            optional |= {"start": project.start, "end": project.end}
            values |= {
                "total_budget_sek": (str(project.budget),) if project.budget is not None else (),
                "county": tuple(f"county/{c}" for c in project.counties),
                "municipality": tuple(f"municipality/{m}" for m in project.municipalities),
                "partner": tuple(self.orgs[n] for n in project.partners),
            }
        values |= {key: value for key, value in optional.items() if value is not None}
        self._say(paper, f"decision/{act.number}", words, act.confidence, **values)

    @property
    def _said(self) -> set[int]:
        return self.__dict__.setdefault("said", set())

    def _line(self, line: Line) -> None:
        words = self._words(line.paper, f"{self.made.organisations[line.payer]} {line.amount or ''}".strip())
        more = {"amount_sek": str(line.amount)} if line.amount is not None else {}
        if line.form:
            more["form"] = line.form
        self._say(
            line.paper, f"financing/{line.number}", words, 0.9, project=f"project/{line.project}",
            funder=self.orgs[line.payer], status=line.status, **more,
        )


_THINGS = ("node", "organisation", "board", "fund", "county", "municipality")


def source_name(made: Made, key: str) -> str:
    """The name of a funding source in the graph."""
    return next(p.name for p in made.registers.programmes if p.id == key)


def _extractions(made: Made) -> Iterator[Extraction]:
    for number in range(made.papers):
        form = FORMS[number % len(FORMS)]
        yield Extraction(paper_id(number), paper_name(number), "text/plain", form, 5000, (), (), ())
