"""What changes among the derived facts where some facts have changed: no other is looked at.

What a derivation depends on stands in ``docs/architecture.md``.  Of each that the change touches, what it is derived
from is read from the store, whole, and derived as in a graph made anew (``kg.graph.derive``); of the result is taken
what the change touches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pyoxigraph import NamedNode, Quad

from kg.graph.derive import derive_group, state_derived
from kg.graph.nodes import Namer, term
from kg.graph.storeview import Objects, StoreFacts, StoreView
from kg.graph.tally import county_of
from kg.graph.view import Derived
from kg.terms import DERIVED_PREDICATES

_OWN = ("stage_of_outcome", "year_of_date", "project_years", "implied_total")
_GRANT = ("bg:outcome", "bg:amount", "bg:amends", "bg:newAmount", "bg:date")

Wanted = Callable[[Derived], bool]


class Change:
    """The facts that were taken out of a store and put in, as far as others are derived from them."""

    def __init__(self, facts: StoreFacts, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        self.facts = facts
        self.predicates: dict[str, set[str]] = {}
        self._removed: dict[tuple[str, str], Objects] = {}
        self._added: dict[tuple[str, str], Objects] = {}
        for quads, into in ((removed, self._removed), (added, self._added)):
            for quad in quads:
                place = facts.place_of(quad)
                if place is not None:
                    subject, predicate, key = place
                    self.predicates.setdefault(subject, set()).add(predicate)
                    into.setdefault((subject, predicate), {})[key] = quad.object  # type: ignore[assignment]

    def subjects(self, kind: str, *predicates: str) -> set[str]:
        """The things of a kind of which one of the predicates has changed."""
        return {s for s, ps in self.predicates.items() if s.startswith(f"{kind}/") and not ps.isdisjoint(predicates)}

    def ever(self, subjects: Iterable[str], predicate: str) -> set[str]:
        """What they have or had as values: IRIs relative to the base, or literals as written."""
        found: set[str] = set()
        for subject in subjects:
            found |= self.facts.objects(subject, predicate).keys() | self._of(self._removed, subject, predicate).keys()
        return found

    def before(self, subject: str, predicate: str) -> set[str]:
        """What one had."""
        now = self.facts.objects(subject, predicate).keys() - self._of(self._added, subject, predicate).keys()
        return now | self._of(self._removed, subject, predicate).keys()

    def had(self, predicate: str, value: str) -> set[str]:
        """The subjects that had a thing as value."""
        now = set(self.facts.subjects(predicate, value))
        lost = {s for (s, p), found in self._removed.items() if p == predicate and value in found}
        fresh = {s for (s, p), found in self._added.items() if p == predicate and value in found}
        return (now - fresh) | lost

    @staticmethod
    def _of(table: dict[tuple[str, str], Objects], subject: str, predicate: str) -> Objects:
        return table.get((subject, predicate), {})


class Rederivation:
    """All groups of derivations that a change touches, each with what is read for it and what of it is wanted."""

    def __init__(self, change: Change, name: Namer, municipalities: Iterable[str]) -> None:
        self._change, self._facts, self._name = change, change.facts, name
        self._municipalities = tuple(municipalities)
        self._old: set[Quad] = set()
        self._new: list[Derived] = []

    def run(self) -> tuple[set[Quad], set[Quad]]:
        """The statements of the store that no longer follow, or may not, and those that follow in their place."""
        self._local()
        self._roles()
        self._boards()
        self._funders()
        self._granted()
        self._standing()
        self._contributions()
        self._receivers()
        self._concentrations()
        self._counties()
        self._priorities()
        self._works_under()
        self._active_years()
        self._depths()
        return self._old, set(state_derived(self._new, self._name))

    def replace_nodes(self, nodes: Iterable[str]) -> None:
        """Takes out derived nodes with their marks."""
        for node in nodes:
            self._old |= self._facts.derived_of(node, whole=True)

    def add(self, derived: Iterable[Derived]) -> None:
        """Puts in derived facts that were made elsewhere."""
        self._new += derived

    # --- taking out and putting in ---

    def _derive(self, group: str, loaded: set[str], wanted: Wanted) -> None:
        view = StoreView(self._facts, loaded)
        self._new += [d for d in derive_group(group, view, self._name) if wanted(d)]

    def _take(self, subjects: Iterable[str], *derivations: str, objects: set[str] | None = None) -> None:
        for subject in subjects:
            self._old |= self._facts.derived_of(subject, derivations, objects)

    # --- what is read ---

    def _acts_on(self, projects: Iterable[str]) -> set[str]:
        return {s for p in projects for s in self._facts.subjects("bg:project", p) if s.startswith("decision/")}

    def _lines_on(self, projects: Iterable[str]) -> set[str]:
        return {s for p in projects for s in self._facts.subjects("bg:project", p) if s.startswith("financing/")}

    def _with_amenders(self, acts: set[str]) -> set[str]:
        """The acts and those that amend them, which tell whether they stand."""
        return acts | {later for act in acts for later in self._facts.subjects("bg:amends", act)}

    def _regranted(self, *more: str) -> set[str]:
        """The acts whose standing as grants may have changed, or of which one of ``more`` has."""
        acts = self._change.subjects("decision", *_GRANT)
        return acts | self._change.ever(acts, "bg:amends") | self._change.subjects("decision", *more)

    # --- the derivations ---

    def _local(self) -> None:
        subjects = set(self._change.predicates)
        self._take(subjects, *_OWN, "disagreement")
        for group in ("own", "implied_total", "disagreement"):
            self._derive(group, subjects, lambda d: True)

    def _roles(self) -> None:
        projects = self._change.ever(self._change.subjects("decision", "bg:project", "bg:beneficiary"), "bg:project")
        projects |= self._change.subjects("project", "bg:partner")
        self._take(projects, "applicant_of_beneficiary")
        self.replace_nodes(node for p in projects for node in self._facts.nodes_of_project(p, "role/"))
        loaded = self._acts_on(projects) | projects
        of = {project.partition("/")[2] for project in projects}

        def wanted(d: Derived) -> bool:
            kind, _, rest = d.subject.partition("/")
            return d.subject in projects if kind == "project" else rest.partition("/")[0] in of

        self._derive("role_of_organisation", loaded, wanted)

    def _boards(self) -> None:
        acts = self._change.subjects("decision", "eli:passed_by", "bg:authority")
        boards = self._change.ever(acts, "eli:passed_by")
        self._take(boards, "board_of_authority")
        loaded = {act for board in boards for act in self._facts.subjects("eli:passed_by", board)}
        self._derive("board_of_authority", loaded, lambda d: d.subject in boards)

    def _funders(self) -> None:
        payers = self._change.ever(self._change.subjects("financing", "bg:contributor", "bg:status"), "bg:contributor")
        self._take(payers, "funder")
        loaded = {line for payer in payers for line in self._facts.subjects("bg:contributor", payer)}
        self._derive("funder", loaded, lambda d: d.subject in payers)

    def _standing(self) -> None:
        acts = self._regranted()
        self._take(acts, "standing_amount")
        self._derive("standing_amount", self._with_amenders(acts), lambda d: d.subject in acts)

    def _granted(self) -> None:
        projects = self._change.ever(self._regranted("bg:project"), "bg:project")
        self._take(projects, "granted_total")
        loaded = self._with_amenders(self._acts_on(projects))
        self._derive("granted_total", loaded, lambda d: d.subject in projects)

    def _contributions(self) -> None:
        lines = self._change.subjects(
            "financing", "bg:contributor", "bg:amount", "bg:status", "bg:project", "bg:decision"
        )
        acts = self._regranted("bg:beneficiary", "bg:project")
        projects = self._change.ever(lines, "bg:project") | self._change.ever(acts, "bg:project")
        old = {p: self._payers_before(p) for p in projects}
        now = {p: self._payers_now(p) for p in projects}
        moved = {p: old[p] ^ now[p] for p in projects}
        pairs = {
            frozenset((payer, other)) for p in projects for payer in moved[p] for other in (old[p] | now[p]) - {payer}
        }
        self.replace_nodes(node for p in projects for node in self._facts.nodes_of_project(p, "contribution/"))
        joint = {f"cofinancing/{_tail(a)}/{_tail(b)}" for a, b in map(sorted, pairs)}
        self.replace_nodes(joint)
        # all projects of each payer that came or went, with all their lines
        payers = set().union(*moved.values()) if moved else set()
        theirs = {
            p
            for payer in payers
            for line in self._facts.subjects("bg:contributor", payer)
            for p in self._facts.objects(line, "bg:project")
        }
        loaded = self._lines_on(projects | theirs) | self._with_amenders(self._acts_on(projects))
        of = {_tail(project) for project in projects}

        def wanted(d: Derived) -> bool:
            kind, _, rest = d.subject.partition("/")
            return rest.partition("/")[0] in of if kind == "contribution" else d.subject in joint

        self._derive("contribution", loaded, wanted)

    def _payers_now(self, project: str) -> set[str]:
        return {payer for line in self._lines_on([project]) for payer in self._facts.objects(line, "bg:contributor")}

    def _payers_before(self, project: str) -> set[str]:
        lines = (s for s in self._change.had("bg:project", project) if s.startswith("financing/"))
        return {payer for line in lines for payer in self._change.before(line, "bg:contributor")}

    def _receivers(self) -> None:
        receivers = self._change.ever(self._regranted("bg:beneficiary"), "bg:beneficiary")
        nodes = {f"receiver/{_tail(receiver)}" for receiver in receivers}
        self.replace_nodes(nodes)
        acts = {act for receiver in receivers for act in self._facts.subjects("bg:beneficiary", receiver)}
        self._derive("receiver_tally", self._with_amenders(acts), lambda d: d.subject in nodes)

    def _concentrations(self) -> None:
        bodies = self._change.ever(self._regranted("bg:beneficiary", "bg:authority"), "bg:authority")
        nodes = {f"concentration/{_tail(body)}" for body in bodies}
        self.replace_nodes(nodes)
        acts = {act for body in bodies for act in self._facts.subjects("bg:authority", body)}
        self._derive("concentration", self._with_amenders(acts), lambda d: d.subject in nodes)

    def _counties(self) -> None:
        projects = self._change.ever(self._regranted("bg:project"), "bg:project")
        projects |= self._change.subjects("project", "dcterms:spatial")
        counties = {county_of(place) for place in self._change.ever(projects, "dcterms:spatial")} - {""}
        self.replace_nodes(f"tally/{county}" for county in counties)
        places = counties | {m for m in self._municipalities if county_of(m) in counties}
        there = {project for place in places for project in self._facts.subjects("dcterms:spatial", place)}
        loaded = self._with_amenders(self._acts_on(there))
        self._derive("county_tally", loaded, lambda d: d.subject.removeprefix("tally/") in counties)

    def _priorities(self) -> None:
        projects = self._change.ever(self._regranted("bg:project"), "bg:project")
        projects |= self._change.subjects("project", "bg:priority")
        priorities = self._change.ever(projects, "bg:priority")
        nodes = {self._facts.priority_node(priority) for priority in priorities}
        self.replace_nodes(nodes)
        there = {p for priority in priorities for p in self._facts.subjects_of_literal("bg:priority", priority)}
        loaded = self._with_amenders(self._acts_on(there))
        self._derive("priority_tally", loaded, lambda d: d.subject in nodes)

    def _works_under(self) -> None:
        acts = self._change.subjects("decision", "bg:authority", "bg:project", "bg:beneficiary")
        projects = self._change.ever(acts, "bg:project") | self._change.subjects("project", "bg:partner")
        pairs = {pair for p in projects for pair in self._pairs_before(p) ^ self._pairs_now(p)}
        for member, body in pairs:
            self._take([member], "works_under", objects={body})
        members = {member for member, _ in pairs}
        theirs = {
            p
            for member in members
            for act in self._facts.subjects("bg:beneficiary", member)
            for p in self._facts.objects(act, "bg:project")
        } | {p for member in members for p in self._facts.subjects("bg:partner", member)}
        self._derive("works_under", self._acts_on(theirs) | theirs, lambda d: (d.subject, d.thing) in pairs)

    def _pairs_now(self, project: str) -> set[tuple[str, str]]:
        facts = self._facts
        acts = [act for act in self._acts_on([project]) if facts.objects(act, "bg:authority")]
        bodies = {body for act in acts for body in facts.objects(act, "bg:authority")}
        members = {m for act in acts for m in facts.objects(act, "bg:beneficiary")}
        members |= facts.objects(project, "bg:partner").keys()
        return {(m, body) for m in members for body in bodies if m != body}

    def _pairs_before(self, project: str) -> set[tuple[str, str]]:
        before = self._change.before
        acts = [s for s in self._change.had("bg:project", project) if s.startswith("decision/")]
        acts = [act for act in acts if before(act, "bg:authority")]
        bodies = {body for act in acts for body in before(act, "bg:authority")}
        members = {m for act in acts for m in before(act, "bg:beneficiary")} | before(project, "bg:partner")
        return {(m, body) for m in members for body in bodies if m != body}

    def _active_years(self) -> None:
        acts = self._change.subjects("decision", "bg:date", "bg:authority", "eli:passed_by")
        bodies = self._change.ever(acts, "bg:authority") | self._change.ever(acts, "eli:passed_by")
        years = {date[:4] for date in self._change.ever(acts, "bg:date")}
        for body in bodies:
            self._take([body], "active_year", objects=years)
        loaded = {
            act for body in bodies for p in ("bg:authority", "eli:passed_by") for act in self._facts.subjects(p, body)
        }
        self._derive("active_year", loaded, lambda d: d.subject in bodies and d.object.value in years)

    def _depths(self) -> None:
        todo = list(self._change.subjects("project", "bg:buildsOn"))
        todo += self._change.ever(todo, "bg:buildsOn")
        tied = set(todo)
        while todo:
            project = todo.pop()
            near = {*self._facts.objects(project, "bg:buildsOn"), *self._facts.subjects("bg:buildsOn", project)} - tied
            tied |= near
            todo += near
        self._take(tied, "depth")
        self._derive("depth", tied, lambda d: d.subject in tied)


def is_derived(quad: Quad) -> bool:
    """Whether a statement of the default graph about a thing that papers name is derived."""
    return quad.predicate in _derived_predicates() or (
        quad.predicate == term("rdf:type") and quad.object in (term("bg:Funder"), term("bg:ConfirmedFunder"))
    )


def _derived_predicates() -> set[NamedNode]:
    return {term(p) for p in DERIVED_PREDICATES}


def _tail(path: str) -> str:
    kind, _, name = path.partition("/")
    return name if kind in ("project", "organisation") else f"{kind}-{name}"
