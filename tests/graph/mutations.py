"""Graphs that break one shape each: the sample graph with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.graph.map import quads
from kg.graph.nodes import date, decimal, digest, integer, term
from tests.graph.sample_resolution import (
    BEFORE,
    BOARD,
    DECIDED,
    FIRM,
    LINE_REGION,
    LINE_SCHOOL,
    PROJECT,
    PROPOSAL,
    PROPOSED,
    REGION,
    sample_extractions,
    sample_registers,
    sample_resolution,
)

BASE = "https://example.org/id/"
DERIVED = NamedNode(f"{BASE}graph/derived")
PAPER = NamedNode(f"{BASE}document/{PROPOSAL}")

LOST_NAME = ((term("rdf:type"), term("bg:NamePeriod")), (term("rdfs:label"), Literal("Landstinget i Norr")))

Quads = list[Quad]


def node(path: str) -> NamedNode:
    return NamedNode(BASE + path)


@cache
def whole() -> tuple[Quad, ...]:
    """The sample graph."""
    return tuple(quads(sample_resolution(), sample_extractions(), sample_registers(), base=BASE))


def sound() -> Quads:
    """The sample graph, to change."""
    return list(whole())


def state(found: Quads, subject: str, predicate: str, value: NamedNode | Literal) -> Quads:
    """The graph with a fact more, and a claim that states it."""
    claim = node(f"claim/{digest(subject, predicate, value)}")
    words = next(q.subject for q in found if q.object == term("oa:SpecificResource") and q.graph_name == PAPER)
    return [
        *found,
        Quad(node(subject), term(predicate), value),
        Quad(claim, term("rdf:type"), term("bg:Claim"), PAPER),
        Quad(claim, term("rdf:subject"), node(subject), PAPER),
        Quad(claim, term("rdf:predicate"), term(predicate), PAPER),
        Quad(claim, term("rdf:object"), value, PAPER),
        Quad(claim, term("bg:rule"), Literal("made"), PAPER),
        Quad(claim, term("bg:ruleVersion"), integer(1), PAPER),
        Quad(claim, term("bg:confidence"), decimal(1), PAPER),
        Quad(claim, term("prov:wasDerivedFrom"), words, PAPER),
    ]


def restate(found: Quads, subject: str, predicate: str, value: NamedNode | Literal) -> Quads:
    """The graph with the values of a property of a thing replaced, in its claims too."""
    gone = {(node(subject), term(predicate))}
    claims = {q.subject for q in found if q.predicate == term("rdf:subject") and q.object == node(subject)}
    claims &= {q.subject for q in found if q.predicate == term("rdf:predicate") and q.object == term(predicate)}
    kept = [
        q for q in found
        if (q.subject, q.predicate) not in gone and not (q.subject in claims and q.graph_name != DERIVED)
    ]
    return state(kept, subject, predicate, value)


def drop(found: Quads, predicate: str, subject: str | None = None, class_: str | None = None) -> Quads:
    """The graph without the values of a property of one thing, of the first of a class where none is named."""
    if subject is not None:
        gone: object = node(subject)
    else:
        gone = min((q.subject for q in found if q.object == term(class_ or "") and _checked(q)), key=str)
    return [q for q in found if not (q.subject == gone and q.predicate == term(predicate))]


def change(found: Quads, class_: str, predicate: str, value: NamedNode | Literal) -> Quads:
    """The graph with a property replaced of the first thing of a class."""
    first = min((q.subject for q in found if q.object == term(class_) and _checked(q)), key=str)
    here = (first, term(predicate))
    return [Quad(*here, value, q.graph_name) if (q.subject, q.predicate) == here else q for q in found]


def add(found: Quads, subject: str, predicate: str, value: NamedNode | Literal) -> Quads:
    """The graph with a quad more."""
    return [*found, Quad(node(subject), term(predicate), value)]


def _checked(quad: Quad) -> bool:
    return quad.predicate == term("rdf:type") and "graph/registers" not in str(quad.graph_name)


@dataclass(frozen=True)
class Mutation:
    """``name``; the graph changed; what the one message about it must hold; the shape that it breaks; whether SHACL's
    core can see it."""

    name: str
    make: Callable[[Quads], Quads]
    says: str
    shape: str
    core: bool = True
    severity: str = "violation"


MUTATIONS = [
    Mutation("two names", lambda g: add(g, PROJECT, "rdfs:label", Literal("Norrsken 2")),
             "a project must have exactly one name", "ProjectShape"),
    Mutation("start is no date", lambda g: restate(g, PROJECT, "bg:start", Literal("i våras")),
             'the start of a project must be a date, a month or a year: "i våras"', "ProjectShape"),
    Mutation("date that the calendar lacks", lambda g: restate(g, DECIDED, "bg:date", date("2023-02-30")),
             'the date of a decision must be a date, a month or a year: "2023-02-30"', "DecisionShape"),
    Mutation("two starts", lambda g: state(g, PROJECT, "bg:start", date("2024-01")),
             'papers state different dates: "2023-03, 2023-03-01, 2024-01" (bg:start)', "DatesShape", False, "warning"),
    Mutation("budget with decimals", lambda g: restate(g, PROJECT, "bg:totalBudget", decimal("10.5")),
             "a total budget must be a whole number of kronor", "ProjectShape"),
    Mutation("place is an authority", lambda g: restate(g, PROJECT, "dcterms:spatial", node(REGION)),
             f"the place of a project must be a county or municipality: <{REGION}>", "ProjectShape"),
    Mutation("builds on an organisation", lambda g: state(g, PROJECT, "bg:buildsOn", node(REGION)),
             "a project can only build on a project", "ProjectShape"),
    Mutation("project without a source", lambda g: drop(g, "bg:source", BEFORE),
             "a project must name at least one document", "ProjectShape"),
    Mutation("ends before it starts", lambda g: restate(g, PROJECT, "bg:end", date("2023-02")),
             'a project that ends before it starts: "2023-02"', "PeriodShape", core=False),
    Mutation("unknown outcome", lambda g: restate(g, DECIDED, "bg:outcome", term("bg:outcome-perhaps")),
             "the outcome of a decision must be one of the code list: <bg:outcome-perhaps>", "DecisionShape"),
    Mutation("no outcome", lambda g: _without(g, DECIDED, "bg:outcome"),
             "a decision should have exactly one outcome", "DecisionShape", severity="warning"),
    Mutation("share over a hundred", lambda g: restate(g, PROPOSED, "bg:sharePercent", decimal("131")),
             'the share of a decision must be a number from 0 to 100: "131"', "DecisionShape"),
    Mutation("negative amount", lambda g: restate(g, DECIDED, "bg:amount", integer(-5)),
             'the amount of a decision must be a whole number of kronor, not negative: "-5"', "DecisionShape"),
    Mutation("empty diary number", lambda g: restate(g, DECIDED, "bg:diaryNumber", Literal("")),
             "a diary number must be a string that is not empty", "DecisionShape"),
    Mutation("two amounts", lambda g: state(g, DECIDED, "bg:amount", integer(700000)),
             "papers state different amounts of a decision", "DecisionShape", severity="warning"),
    Mutation("decided by an organisation", lambda g: restate(g, DECIDED, "eli:passed_by", node(REGION)),
             "the body that decides must be a board", "DecisionShape"),
    Mutation("beneficiary is a project", lambda g: restate(g, DECIDED, "bg:beneficiary", node(BEFORE)),
             "the beneficiary of a decision must be an organisation", "DecisionShape"),
    Mutation("sought amount is text", lambda g: restate(
        g, "application/region-x-rx-1-2023-proposed", "bg:soughtAmount", Literal("mycket")),
             "the amount sought must be a whole number of kronor", "ApplicationShape"),
    Mutation("line without a contributor", lambda g: _without(g, LINE_SCHOOL, "bg:contributor", "bg:Funder"),
             "a financing line should have exactly one contributor", "FinancingLineShape", severity="warning"),
    Mutation("unknown status", lambda g: restate(g, LINE_REGION, "bg:status", term("bg:stage-decided")),
             "the status of a financing line must be one of the code list", "FinancingLineShape"),
    Mutation("organisation number", lambda g: _swap(g, REGION, "bg:organisationNumber", Literal("2321")),
             'an organisation number must have the form NNNNNN-NNNN: "2321"', "OrganisationShape"),
    Mutation("organisation without a key", lambda g: drop(g, "bg:nameKey", REGION),
             "an organisation must have a name key", "OrganisationShape"),
    Mutation("funder of nothing", lambda g: _mark(g, "organisation/firman-z-ab", "rdf:type", term("bg:Funder")),
             "a funder must contribute at least one financing line", "FunderShape"),
    Mutation("board of a project", lambda g: _remark(g, BOARD, "org:unitOf", node(PROJECT)),
             "a board must be a unit of an organisation", "BoardShape"),
    Mutation("role without a project", lambda g: drop(g, "bg:ofProject", class_="bg:OrganisationRole"),
             "a role must be in exactly one project", "OrganisationRoleShape"),
    Mutation("county code", lambda g: _swap(g, "county/99", "skos:notation", Literal("9")),
             'the code of a county must be two digits: "9"', "CountyShape"),
    Mutation("municipality in no county", lambda g: _swap(g, "municipality/9901", "skos:broader", node(REGION)),
             "a municipality must lie in a county", "MunicipalityShape"),
    Mutation("fund without a name", lambda g: drop(g, "rdfs:label", "fund/anslag-9-9"),
             "a funding source must have exactly one name", "FundingSourceShape"),
    Mutation("document without a path", lambda g: drop(g, "bg:path", f"document/{PROPOSAL}"),
             "a document must have the path where it was read", "DocumentShape"),
    Mutation("reconciliation without a verdict", lambda g: drop(g, "bg:holds", class_="bg:Reconciliation"),
             "a reconciliation must say whether it holds", "ReconciliationShape"),
    Mutation("contribution of nobody", lambda g: drop(g, "bg:ofOrganisation", class_="bg:Contribution"),
             "a contribution must be of exactly one organisation or fund", "ContributionShape"),
    Mutation("co-financing without a count", lambda g: drop(g, "bg:projectCount", class_="bg:CoFinancing"),
             "co-financing must be of at least one project", "CoFinancingShape"),
    Mutation("receiver without a sum", lambda g: drop(g, "bg:grantedSum", class_="bg:ReceiverTally"),
             "a receiver tally must have one sum, a whole number of kronor", "ReceiverTallyShape"),
    Mutation("index over one", lambda g: _swap(g, "concentration/region-x", "bg:herfindahl", decimal("1.5")),
             'a Herfindahl index must be a number from 0 to 1: "1.5"', "ConcentrationShape"),
    Mutation("tally of no county", lambda g: drop(g, "bg:ofTerritory", class_="bg:CountyTally"),
             "a county tally must be of exactly one territory", "CountyTallyShape"),
    Mutation("tally of no priority", lambda g: drop(g, "bg:ofPriority", class_="bg:PriorityTally"),
             "a priority tally must be of exactly one priority", "PriorityTallyShape"),
    Mutation("name of no organisation", lambda g: [
        *g, *(Quad(node("name/lost"), *pair) for pair in LOST_NAME)],
             "a name period must be of exactly one organisation", "NamePeriodShape"),
    Mutation("rule without a name", lambda g: drop(g, "bg:rule", class_="bg:Rule"),
             "a rule must have exactly one name", "RuleShape"),
    Mutation("claim without words", lambda g: drop(g, "prov:wasDerivedFrom", class_="bg:Claim"),
             "a claim must point to the words that it rests on", "ClaimShape"),
    Mutation("claim too sure", lambda g: change(g, "bg:Claim", "bg:confidence", decimal("1.2")),
             'the confidence of a claim must be a number from 0 to 1: "1.2"', "ClaimShape"),
    Mutation("words of no document", lambda g: drop(g, "oa:hasSource", class_="oa:SpecificResource"),
             "words must be of exactly one document", "WordsShape"),
    Mutation("empty quote", lambda g: change(g, "oa:TextQuoteSelector", "oa:exact", Literal("")),
             "a quote must be exactly one string that is not empty", "QuoteShape"),
    Mutation("words that end before they start", lambda g: change(g, "oa:TextPositionSelector", "oa:end", integer(0)),
             "the position of a quote must have a start before its end", "PositionShape"),
    Mutation("derived fact without a formula", lambda g: drop(g, "bg:formula", class_="bg:DerivedFact"),
             "a derived fact must say how it was computed", "DerivedFactShape"),
    Mutation("judgement without a reason", lambda g: drop(g, "bg:reason", class_="bg:Judgement"),
             "a judgement must give its reason", "JudgementShape"),
    Mutation("fact without evidence", lambda g: add(g, DECIDED, "bg:caseNumber", Literal("4711")),
             'a fact that no claim of a document states: "4711" (bg:caseNumber)', "EvidenceShape", core=False),
    Mutation("number without evidence", lambda g: add(g, FIRM, "bg:organisationNumber", Literal("556703-7485")),
             'a fact that no claim of a document states: "556703-7485" (bg:organisationNumber)', "NumberEvidenceShape",
             core=False),
    Mutation("claim that is no fact", lambda g: [
        q for q in g if not (q.predicate == term("bg:condition") and isinstance(q.graph_name, DefaultGraph))],
             'a claim that is not among the facts: "Medlen rekvireras senast den 1 mars"', "EvidenceShape", core=False),
    Mutation("derived fact without a mark", lambda g: add(g, BEFORE, "bg:startYear", integer(2019)),
             'a derived fact that is not marked as derived: "2019"', "DerivedFactShape", core=False),
]


def _without(found: Quads, subject: str, predicate: str, derived_class: str | None = None) -> Quads:
    """The graph without a fact and its claims; without the class that was derived from it, too."""
    claims = {q.subject for q in found if q.predicate == term("rdf:subject") and q.object == node(subject)}
    claims &= {q.subject for q in found if q.predicate == term("rdf:predicate") and q.object == term(predicate)}
    gone = {q.object for q in found if q.subject == node(subject) and q.predicate == term(predicate)}
    classes = {term("bg:Funder"), term("bg:ConfirmedFunder")} if derived_class else set()
    marks = {q.subject for q in found if q.predicate == term("rdf:object") and q.object in classes}
    marks &= {q.subject for q in found if q.predicate == term("rdf:subject") and q.object in gone}
    return [
        q for q in found
        if q.subject not in claims | marks
        and not (q.subject == node(subject) and q.predicate == term(predicate))
        and not (q.subject in gone and q.object in classes)
    ]


def _swap(found: Quads, subject: str, predicate: str, value: NamedNode | Literal) -> Quads:
    """The graph with a value in the default graph replaced."""
    here = Quad(node(subject), term(predicate), value)
    old = (here.subject, here.predicate, here.graph_name)
    return [here if (q.subject, q.predicate, q.graph_name) == old else q for q in found]


def _mark(found: Quads, subject: str, predicate: str, value: NamedNode) -> Quads:
    """The graph with a derived fact more, marked."""
    mark = node(f"derived/{digest(subject, predicate, value)}")
    return [
        *found,
        Quad(node(subject), term(predicate), value),
        Quad(mark, term("rdf:type"), term("bg:DerivedFact"), DERIVED),
        Quad(mark, term("rdf:subject"), node(subject), DERIVED),
        Quad(mark, term("rdf:predicate"), term(predicate), DERIVED),
        Quad(mark, term("rdf:object"), value, DERIVED),
        Quad(mark, term("bg:derivation"), Literal("made"), DERIVED),
        Quad(mark, term("bg:formula"), Literal("made"), DERIVED),
        Quad(mark, term("prov:wasDerivedFrom"), node(subject), DERIVED),
    ]


def _remark(found: Quads, subject: str, predicate: str, value: NamedNode) -> Quads:
    """The graph with a derived fact and its mark replaced."""
    marks = {q.subject for q in found if q.predicate == term("rdf:predicate") and q.object == term(predicate)}
    kept = [q for q in found if q.subject not in marks and not (
        q.subject == node(subject) and q.predicate == term(predicate))]
    return _mark(kept, subject, predicate, value)
