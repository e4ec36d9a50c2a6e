"""Facts that no paper states but that follow from facts: each with its rule, its formula and what it came from."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext
from hashlib import blake2b

from pyoxigraph import NamedNode, Quad

from kg.graph.nodes import Namer, integer, term, text
from kg.graph.tally import TALLIES, tally, tally_group
from kg.graph.view import Derived, View
from kg.terms import CONFIRMED_STATUSES, GRAPHS, STAGE_OF_OUTCOME, code_iri

DERIVATIONS: dict[str, str] = {
    "stage_of_outcome": "the stage of an act follows from its outcome, or from its amending another",
    "year_of_date": "the year of the date of a decision",
    "project_years": "the earliest start and the latest end of a project",
    "applicant_of_beneficiary": "who receives or applied for money in a decision on a project is its applicant",
    "role_of_organisation": "a partner or applicant has that role in the project",
    "board_of_authority": "the body that decides belongs to the authority of the decision",
    "funder": "who contributes a financing line is a funder; a confirmed one where the line is granted or paid",
    "implied_total": "the amount divided by its share of the costs",
    "reconciliation": "the financing lines that a paper states of a project against the total cost that it states",
    **TALLIES,
}


def derive(view: View, name: Namer) -> Iterator[Derived]:
    """All derived facts but reconciliations, in a fixed order."""
    for group in ("own", "role_of_organisation", "board_of_authority", "funder", "implied_total"):
        yield from derive_group(group, view, name)
    yield from tally(view, name)


def derive_group(group: str, view: View, name: Namer) -> Iterator[Derived]:
    """The derived facts of one derivation.  ``own``: stages and years, which follow from the facts of one thing alone;
    ``role_of_organisation`` gives those of ``applicant_of_beneficiary`` too."""
    match group:
        case "own":
            yield from _own(view)
        case "role_of_organisation":
            yield from _roles(view, name)
        case "board_of_authority":
            yield from _boards(view, name)
        case "funder":
            yield from _funders(view)
        case "implied_total":
            for subject in view.subjects("bg:sharePercent"):
                yield from _implied_total(view, subject)
        case other:
            yield from tally_group(other, view, name)


def _own(view: View) -> Iterator[Derived]:
    for subject in view.subjects("bg:outcome"):
        yield from _stage(view, subject)
    for subject in view.subjects("bg:date"):
        yield _year(view, subject, "bg:date", "bg:year", "year_of_date", "earliest")
    for subject in view.subjects("bg:start"):
        yield _year(view, subject, "bg:start", "bg:startYear", "project_years", "earliest")
    for subject in view.subjects("bg:end"):
        yield _year(view, subject, "bg:end", "bg:endYear", "project_years", "latest")


def state_derived(derived: Iterable[Derived], name: Namer, parts: Container[str] | None = None) -> Iterator[Quad]:
    """Each derived fact in the default graph, and its mark in the graph of derived facts.  A fact derived in several
    ways is stated once, with a mark for each.  ``parts``: those that are wanted, all where it is None."""
    graph = name(GRAPHS["derived"])
    # of many facts their keys take more memory than all else that is held here
    stated: set[bytes] = set()
    for fact in derived:
        mark = name.minted("derived", *fact.key, fact.derivation, *fact.sources)
        if parts is not None and name.base + fact.subject not in parts and f"{mark.value}\t{graph.value}" not in parts:
            continue
        subject, predicate = name(fact.subject), term(fact.predicate)
        key = blake2b("\x1f".join(fact.key).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        if key not in stated:
            stated.add(key)
            yield Quad(subject, predicate, fact.object)
            for other, value in fact.rest:
                yield Quad(subject, term(other), value)
        yield Quad(mark, term("rdf:type"), term("rdf:Statement"), graph)
        yield Quad(mark, term("rdf:type"), term("bg:DerivedFact"), graph)
        yield Quad(mark, term("rdf:subject"), subject, graph)
        yield Quad(mark, term("rdf:predicate"), predicate, graph)
        yield Quad(mark, term("rdf:object"), fact.object, graph)
        yield Quad(mark, term("bg:derivation"), text(fact.derivation), graph)
        yield Quad(mark, term("bg:formula"), text(fact.formula), graph)
        for source in fact.sources:
            yield Quad(mark, term("prov:wasDerivedFrom"), name(source), graph)


def _stage(view: View, act: str) -> Iterator[Derived]:
    outcomes = view.codes(act, "bg:outcome")
    if view.values(act, "bg:amends"):
        stage, formula = "amended", "it amends another decision"
    else:
        stages = {STAGE_OF_OUTCOME[o] for o in outcomes if o in STAGE_OF_OUTCOME}
        if not stages:
            return
        stage = "decided" if "decided" in stages else "proposed"
        formula = f"outcome {' and '.join(outcomes)}"
    yield Derived(act, "bg:stage", NamedNode(code_iri("stage", stage)), "stage_of_outcome", formula, (act,))


def _year(view: View, subject: str, of: str, to: str, derivation: str, which: str) -> Derived:
    """The year of the ``earliest`` or ``latest`` date."""
    dates = view.values(subject, of)
    chosen = dates[0] if which == "earliest" else dates[-1]
    formula = chosen if len(dates) == 1 else f"{which} of {', '.join(dates)}"
    return Derived(subject, to, integer(chosen[:4]), derivation, formula, (subject,))


def _roles(view: View, name: Namer) -> Iterator[Derived]:
    roles: dict[tuple[str, str, str], set[str]] = {}
    for decision in view.subjects("bg:beneficiary"):
        for project in view.values(decision, "bg:project"):
            for organisation in view.values(decision, "bg:beneficiary"):
                roles.setdefault((project, organisation, "applicant"), set()).add(decision)
    for project in view.subjects("bg:partner"):
        if not project.startswith("project/"):
            continue
        for organisation in view.values(project, "bg:partner"):
            roles.setdefault((project, organisation, "partner"), set()).add(project)
    for (project, organisation, role), sources in sorted(roles.items()):
        if role == "applicant":
            yield Derived(
                project,
                "bg:applicant",
                name(organisation),
                "applicant_of_beneficiary",
                "beneficiary of a decision on the project",
                tuple(sorted(sources)),
                organisation,
            )
        node = f"role/{project.partition('/')[2]}/{organisation.partition('/')[2]}/{role}"
        yield Derived(
            node,
            "rdf:type",
            term("bg:OrganisationRole"),
            "role_of_organisation",
            role,
            tuple(sorted(sources)),
            rest=(
                ("bg:ofProject", name(project)),
                ("bg:ofOrganisation", name(organisation)),
                ("bg:role", NamedNode(code_iri("role", role))),
            ),
        )


def _boards(view: View, name: Namer) -> Iterator[Derived]:
    decisions: dict[tuple[str, str], set[str]] = {}
    for decision in view.subjects("eli:passed_by"):
        boards, authorities = view.values(decision, "eli:passed_by"), view.values(decision, "bg:authority")
        if len(boards) == 1 and len(authorities) == 1:
            decisions.setdefault((boards[0], authorities[0]), set()).add(decision)
    for (board, authority), sources in sorted(decisions.items()):
        yield Derived(
            board,
            "org:unitOf",
            name(authority),
            "board_of_authority",
            "body and authority of one decision",
            tuple(sorted(sources)),
            authority,
        )


def _funders(view: View) -> Iterator[Derived]:
    lines: dict[str, set[str]] = {}
    confirmed: dict[str, set[str]] = {}
    for line in view.subjects("bg:contributor"):
        statuses = view.codes(line, "bg:status")
        # A fund that a paper lists among those who pay is no organisation, and so no funder.
        for organisation in (c for c in view.values(line, "bg:contributor") if not c.startswith("fund/")):
            lines.setdefault(organisation, set()).add(line)
            if any(s in CONFIRMED_STATUSES for s in statuses):
                confirmed.setdefault(organisation, set()).add(line)
    for organisation, of in sorted(lines.items()):
        formula = f"financing lines contributed: {len(of)}"
        yield Derived(organisation, "rdf:type", term("bg:Funder"), "funder", formula, tuple(sorted(of)))
    for organisation, of in sorted(confirmed.items()):
        formula = f"lines granted or paid: {len(of)}"
        yield Derived(organisation, "rdf:type", term("bg:ConfirmedFunder"), "funder", formula, tuple(sorted(of)))


def _implied_total(view: View, decision: str) -> Iterator[Derived]:
    amounts, shares = view.values(decision, "bg:amount"), view.values(decision, "bg:sharePercent")
    if len(amounts) != 1 or len(shares) != 1:
        return
    amount, share = Decimal(amounts[0]), Decimal(shares[0])
    if amount <= 0 or not 0 < share <= 100:
        return
    with localcontext() as context:
        context.prec = 40
        total = (amount * 100 / share).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    exact = "=" if total * share == amount * 100 else "≈"
    formula = f"{amounts[0]} / {share} % {exact} {total}"
    yield Derived(decision, "bg:impliedTotal", integer(int(total)), "implied_total", formula, (decision,))
