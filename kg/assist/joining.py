"""What the model says beside what the rules say: it adds, and never overrides.

Decisions are paired by the project's name.  Where the rules state a value, theirs stands; another of the model's is an
issue.  Where they state none, the model's becomes a claim of the rule ``language_model``.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.assist.grounding import Grounded, Grounding, Ungrounded
from kg.assist.reply import Reply, Said, SaidThing
from kg.extract.rules import ClaimBook
from kg.extract.view import View
from kg.lexicon import fold
from kg.model import Claim, Extraction, Issue, Value

RULE = "language_model"
# Words that the rules take for one of these are not another of them too.
_FAMILIES = (
    frozenset({"amount_sek", "total_budget_sek", "applied_amount_sek"}),
    frozenset({"date", "start", "end"}),
    frozenset({"authority", "beneficiary", "partner"}),
)
_QUOTES = "\"'”“»«’ .,:"


@dataclass(slots=True)
class _Node:
    """A node of the rules, or one that was added: its claims by property."""

    id: str
    claims: dict[str, list[Value]]


class Joining:
    """Joins one reply to one paper; ``claims`` go into ``book``, what is left out into ``issues``."""

    def __init__(self, extraction: Extraction, view: View, grounding: Grounding, book: ClaimBook) -> None:
        self.issues: list[Issue] = []
        self._form = extraction.form
        self._view = view
        self._grounding = grounding
        self._book = book
        self._nodes: dict[str, _Node] = {}
        self._stated = [c for c in extraction.claims if c.subject.startswith("decision/")]
        for claim in extraction.claims:
            self._note(claim.subject, claim.property, claim.value)

    def join(self, reply: Reply) -> None:
        """Decisions first, since lines and links lean on the projects that they name."""
        for field in reply.malformed:
            self._refuse(field, "no value with a quote", "")
        for kind, put in (("decision", self._decision), ("financing", self._line), ("lineage", self._link)):
            for thing in reply.things:
                if thing.kind == kind:
                    put(thing)

    # --- decisions -----------------------------------------------------------------------------------------------

    def _decision(self, thing: SaidThing) -> None:
        outcome = self._ground("outcome", thing.values.get("outcome"))
        near = outcome.start if outcome else None
        project = self._ground("project", thing.values.get("project"), near)
        if project is None or outcome is None:
            for name in ("project", "outcome"):
                if name not in thing.values:
                    self._refuse(name, "a decision without it", "")
            return
        if self._form == "proposal" and outcome.value.lexical in ("granted", "rejected"):
            self._differ("outcome", "a proposal", outcome)
            return
        known = self._find_project(project.value.lexical)
        same = [n for n in self._of_kind("decision") if known and self._says(n, "project", known)]
        node = self._pick(same, outcome, thing)
        if same and node is None:
            said = ", ".join(sorted({self._one(n, "outcome") for n in same}))
            self._differ("outcome", said, outcome)
            return
        if node is None:
            node = self._new("decision")
            self._add(node, "project", self._project(project), project)
            self._add(node, "outcome", outcome.value, outcome)
        for name, value in thing.values.items():
            if name not in ("project", "outcome"):
                self._fill(node, name, value, outcome.start, many=False)
        for name, value in thing.many:
            self._fill(node, name, value, outcome.start, many=True)

    def _pick(self, same: list[_Node], outcome: Grounded, thing: SaidThing) -> _Node | None:
        """The decision of the rules that is meant: of the same outcome, and of the same sum where several are."""
        fitting = [n for n in same if self._one(n, "outcome") == outcome.value.lexical]
        if len(fitting) > 1 and (amount := thing.values.get("amount_sek")) is not None:
            by_sum = [n for n in fitting if self._one(n, "amount_sek") == amount.value]
            fitting = by_sum or fitting
        return fitting[0] if fitting else None

    def _fill(self, node: _Node, prop: str, said: Said, near: int, *, many: bool) -> None:
        found = self._ground(prop, said, near)
        if found is None:
            return
        present = node.claims.get(prop, [])
        if any(_is_same(value, found.value) for value in present):
            return
        if present and not many:
            self._differ(prop, present[0].lexical, found)
            return
        other = self._find_use(node, prop, found)
        if other:
            self._differ(prop, f"it is {other}", found)
            return
        self._add(node, prop, found.value, found)

    def _find_use(self, node: _Node, prop: str, found: Grounded) -> str:
        """What the rules take the same words for: another property, or one of another decision; else empty."""
        family = next((f for f in _FAMILIES if prop in f), frozenset())
        for claim in self._stated:
            words = claim.evidence
            if claim.property in family and words.start <= found.low and found.high <= words.end:
                if claim.value.lexical == found.value.lexical and (claim.subject, claim.property) != (node.id, prop):
                    return claim.property if claim.subject == node.id else f"{claim.property} of another decision"
        return ""

    # --- lines and links -------------------------------------------------------------------------------------------

    def _line(self, thing: SaidThing) -> None:
        funder = self._ground("funder", thing.values.get("funder"))
        project = self._ground("project", thing.values.get("project"), funder.start if funder else None)
        if funder is None or project is None:
            return
        amount = None
        if "amount_sek" in thing.values:
            amount = self._ground("amount_sek", thing.values["amount_sek"], funder.start)
            if amount is None:
                return
        known = self._find_project(project.value.lexical)
        same = [
            n
            for n in self._of_kind("financing")
            if known
            and self._says(n, "project", known)
            and any(_is_same(value, funder.value) for value in n.claims.get("funder", []))
        ]
        if amount is None:
            if same:
                return
        elif any(self._one(n, "amount_sek") == amount.value.lexical for n in same):
            return
        elif same:
            stated = ", ".join(sorted({self._one(n, "amount_sek") for n in same} - {""}))
            self._differ("amount_sek", stated or "no sum", amount)
            return
        node = self._new("financing")
        self._add(node, "project", self._project(project), project)
        self._add(node, "funder", funder.value, funder)
        if amount is not None:
            self._add(node, "amount_sek", amount.value, amount)

    def _link(self, thing: SaidThing) -> None:
        old = self._ground("predecessor", thing.values.get("predecessor"))
        new = self._ground("project", thing.values.get("project"), old.start if old else None)
        if old is None or new is None or fold(old.value.lexical) == fold(new.value.lexical):
            return
        one, two = self._find_project(new.value.lexical), self._find_project(old.value.lexical)
        if one and two:
            for prop in ("builds_on", "continues", "related"):
                if self._says(self._nodes[one], prop, two):
                    return
                if prop != "related" and self._says(self._nodes[two], prop, one):
                    self._differ("lineage", "the reverse", old)
                    return
        newer = self._project(new).lexical
        self._add(self._nodes[newer], "builds_on", self._project(old), old)

    # --- what both need --------------------------------------------------------------------------------------------

    def _project(self, found: Grounded) -> Value:
        """The node of the project, added where the paper's rules do not name it."""
        node = self._find_project(found.value.lexical)
        if node is None:
            made = self._new("project")
            self._add(made, "name", found.value, found)
            node = made.id
        return Value("node", node)

    def _find_project(self, name: str) -> str | None:
        wanted = fold(name).strip(_QUOTES)
        for node in self._of_kind("project"):
            names = [*node.claims.get("name", []), *node.claims.get("alias", [])]
            if any(fold(value.lexical).strip(_QUOTES) == wanted for value in names):
                return node.id
        return None

    def _ground(self, prop: str, said: Said | None, near: int | None = None) -> Grounded | None:
        if said is None:
            return None
        try:
            return self._grounding.ground(prop, said, near)
        except Ungrounded as error:
            self._refuse(prop, str(error), said.value)
            return None

    def _add(self, node: _Node, prop: str, value: Value, found: Grounded) -> None:
        self._book.add(node.id, prop, value, found.start, found.end, RULE, (found.low, found.high))
        self._note(node.id, prop, value)

    def _note(self, node: str, prop: str, value: Value) -> None:
        self._nodes.setdefault(node, _Node(node, {})).claims.setdefault(prop, []).append(value)

    def _new(self, kind: str) -> _Node:
        number = 1 + max((int(n.id.split("/")[1]) for n in self._of_kind(kind)), default=0)
        node = self._nodes[f"{kind}/{number}"] = _Node(f"{kind}/{number}", {})
        return node

    def _of_kind(self, kind: str) -> list[_Node]:
        return [node for id, node in self._nodes.items() if id.startswith(f"{kind}/")]

    @staticmethod
    def _says(node: _Node, prop: str, other: str) -> bool:
        return any(value.lexical == other for value in node.claims.get(prop, []))

    @staticmethod
    def _one(node: _Node, prop: str) -> str:
        values = node.claims.get(prop, [])
        return values[0].lexical if values else ""

    def _refuse(self, prop: str, reason: str, value: str) -> None:
        # words that are not the paper's are shown only where they can name nobody
        shown = f" ({value[:40]})" if value and not any(c.isalpha() for c in value) else ""
        self.issues.append(Issue("model_refused", f"{prop}{shown}: {reason}"))

    def _differ(self, prop: str, stated: str, found: Grounded) -> None:
        if any(p.start < found.end and found.start < p.end for p in self._view.persons):
            quote, start, end = "", 0, 0
        else:
            quote, start, end = self._view.text[found.start : found.end], found.start, found.end
        message = f"{prop}: the rules say {stated}, the language model {found.value.lexical}"
        self.issues.append(Issue("model_disagrees", message, quote, start, end))


def _is_same(one: Value, two: Value) -> bool:
    if one.key is not None and two.key is not None:
        return one.key == two.key
    if one.kind in ("integer", "decimal"):
        return float(one.lexical) == float(two.lexical)
    return fold(one.lexical) == fold(two.lexical)


_NEEDED = {"decision": {"project", "outcome"}, "financing": {"project", "funder"}, "project": {"name"}}


def drop_dangling(claims: tuple[Claim, ...], known: frozenset[str]) -> tuple[Claim, ...]:
    """The claims but those on things that lack what makes them one, such as a project whose name a person's name hides.

    ``known`` are the nodes of the rules."""
    while True:
        said: dict[str, set[str]] = {}
        for claim in claims:
            said.setdefault(claim.subject, set()).add(claim.property)
        whole = known | {node for node, props in said.items() if _NEEDED[node.split("/", 1)[0]] <= props}
        kept = tuple(c for c in claims if c.subject in whole and (c.value.kind != "node" or c.value.lexical in whole))
        if len(kept) == len(claims):
            return kept
        claims = kept
