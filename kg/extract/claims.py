"""Turning what was read of a paper into claims, each with the words that it rests on."""

from __future__ import annotations

from kg.extract.acts import Act
from kg.extract.context import Reading
from kg.extract.frame import Found
from kg.extract.projects import Project
from kg.extract.record import SCALAR_FIELDS
from kg.extract.rules import ClaimBook
from kg.lexicon import fold
from kg.model import Claim, Value

_LISTS = {
    "case_id": "case_id",
    "county": "county",
    "municipality": "municipality",
    "partner": "partner",
    "condition": "condition",
    "ground": "ground",
    "legal_basis": "legal_basis",
}


def state_claims(reading: Reading, book: ClaimBook) -> tuple[Claim, ...]:
    """All claims of the paper.  Nodes are numbered in the order in which the paper names them."""
    used = _used_projects(reading)
    ids = number_projects(reading)
    for project in used:
        node = ids[project.id]
        book.add(node, "name", Value("text", project.name), project.start, project.end, project.rule)
        for alias in project.names:
            if fold(alias) != fold(project.name):
                spans = [
                    m
                    for m in reading.book.mentions
                    if m.project is project and fold(reading.view.line(m.start, m.end)) == fold(alias)
                ]
                if spans:
                    book.add(node, "alias", Value("text", alias), spans[0].start, spans[0].end, project.rule)
    lines = 0
    seen: set[tuple[str, str, str]] = set()
    for number, act in enumerate(reading.acts, 1):
        _state_act(reading, book, act, f"decision/{number}", ids)
        if _is_replaced(act, reading.acts):
            continue
        lines = _state_act_line(book, act, f"decision/{number}", ids, lines, seen)
    lines = _state_tables(reading, book, ids, lines, seen)
    _state_payments(reading, book, ids, lines, seen)
    for link in reading.links:
        prop = {"continues": "continues", "builds_on": "builds_on", "related": "related"}[link.kind]
        book.add(ids[link.project.id], prop, Value("node", ids[link.other.id]), link.start, link.end, link.rule)
    return book.claims()


def number_projects(reading: Reading) -> dict[str, str]:
    """The node of every project that is told of, by its id."""
    return {project.id: f"project/{n}" for n, project in enumerate(_used_projects(reading), 1)}


def _used_projects(reading: Reading) -> list[Project]:
    used = (
        {a.project.id for a in reading.acts}
        | {p.id for p, _ in reading.financing}
        | {p.project.id for p in reading.payments}
    )
    for link in reading.links:
        used |= {link.project.id, link.other.id}
    return [p for p in reading.book.projects if p.id in used]


def _put(book: ClaimBook, node: str, prop: str, found: Found) -> None:
    book.add(node, prop, found.value, found.start, found.end, found.rule, (found.low, found.high))


def _state_act(reading: Reading, book: ClaimBook, act: Act, node: str, ids: dict[str, str]) -> None:
    start, end = (act.triggers[0].start, act.triggers[0].end) if act.triggers else (act.start, act.end)
    book.add(
        node,
        "project",
        Value("node", ids[act.project.id]),
        act.project.start,
        act.project.end,
        act.project.rule,
    )
    # the words of a whole row are evidence of its outcome, but no use of the sums in it
    book.add(node, "outcome", Value("code", act.code), start, end, act.rule, (start, start))
    for prop in (*SCALAR_FIELDS, "new_amount_sek"):
        found = act.slots.get(prop)
        if found is not None:
            _put(book, node, prop, found)
    for prop, rows in act.lists.items():
        for row in rows:
            _put(book, node, _LISTS[prop], row)


def _is_revoked(act: Act) -> bool:
    left = act.slots.get("new_amount_sek")
    return "taken_back" in act.slots or left is not None and left.value.lexical == "0"


def _is_replaced(act: Act, acts: list[Act]) -> bool:
    """Whether the paper's own change gives another sum in place of a grant that it recalls, or takes it back."""
    told = not act.inherit or bool(act.triggers) and act.triggers[0].tense == "past"
    if act.outcome != "grant" or act.stage != "decided" or not told:
        return False
    giver = act.slots.get("authority")
    for other in acts:
        if other.project is not act.project or (other.outcome, other.stage, other.main) != ("other", "decided", True):
            continue
        by = other.slots.get("authority")
        one = giver is None or by is None or fold(giver.value.lexical) == fold(by.value.lexical)
        if one and {"new_amount_sek", "taken_back"} & set(other.slots):
            return True
    return False


def _state_act_line(
    book: ClaimBook, act: Act, node: str, ids: dict[str, str], lines: int, seen: set[tuple[str, str, str]]
) -> int:
    """A granted or proposed sum is a line of financing, paid by the authority, or by the fund where none is named."""
    amount = act.slots.get("amount_sek")
    payer = act.slots.get("authority") or act.slots.get("funding_source")
    listed = "amount_label" in act.slots
    if payer is None or act.outcome == "reject" or _is_revoked(act):
        return lines
    if amount is None and not (act.outcome == "grant" and (listed or act.main is False)):
        return lines
    key = (act.project.id, fold(payer.value.lexical), amount.value.lexical if amount else "")
    if key in seen:
        return lines
    seen.add(key)
    lines += 1
    line = f"financing/{lines}"
    basis = amount or payer
    book.add(
        line,
        "project",
        Value("node", ids[act.project.id]),
        act.project.start,
        act.project.end,
        act.project.rule,
    )
    book.add(
        line,
        "funder",
        Value("organisation", payer.value.lexical, payer.value.key),
        payer.start,
        payer.end,
        "financing.act",
        (payer.low, payer.high),
    )
    if amount is not None:
        book.add(
            line,
            "amount_sek",
            amount.value,
            amount.start,
            amount.end,
            "financing.act",
            (amount.low, amount.high),
        )
    status = {"proposed": "proposed", "decided": "granted"}[act.stage]
    book.add(
        line,
        "status",
        Value("code", status),
        basis.start,
        basis.end,
        "financing.act",
        (basis.low, basis.high),
    )
    book.add(line, "form", Value("code", "cash"), basis.start, basis.end, "financing.act", (basis.low, basis.high))
    book.add(
        line,
        "decision",
        Value("node", node),
        basis.start,
        basis.end,
        "financing.act",
        (basis.low, basis.high),
    )
    return lines


def _state_tables(
    reading: Reading, book: ClaimBook, ids: dict[str, str], lines: int, seen: set[tuple[str, str, str]]
) -> int:
    for project, financing in reading.financing:
        in_table: set[tuple[str, str, str]] = set()
        for row in financing.lines:
            key = (project.id, fold(row.funder.value.lexical), row.amount.value.lexical if row.amount else "")
            if key in seen and key not in in_table:
                in_table.add(key)
                continue
            in_table.add(key)
            seen.add(key)
            lines += 1
            line = f"financing/{lines}"
            book.add(line, "project", Value("node", ids[project.id]), project.start, project.end, project.rule)
            _put(book, line, "funder", row.funder)
            if row.amount is not None:
                _put(book, line, "amount_sek", row.amount)
            book.add(
                line,
                "status",
                Value("code", financing.status),
                row.start,
                row.end,
                "financing.row",
                (row.funder.low, row.funder.high),
            )
            book.add(
                line,
                "form",
                Value("code", "in_kind" if row.in_kind else "cash"),
                row.start,
                row.end,
                "financing.row",
                (row.funder.low, row.funder.high),
            )
    return lines


def _state_payments(
    reading: Reading, book: ClaimBook, ids: dict[str, str], lines: int, seen: set[tuple[str, str, str]]
) -> None:
    paid = {(p, f) for p, f, _ in seen}
    applicants = {
        (a.project.id, fold(a.slots["beneficiary"].value.lexical))
        for a in reading.acts
        if a.rule in ("act.table", "act.record") and "beneficiary" in a.slots
    }
    for payment in sorted(reading.payments, key=lambda p: p.amount is None):
        key = (
            payment.project.id,
            fold(payment.funder.value.lexical),
            payment.amount.value.lexical if payment.amount else "",
        )
        bare = payment.amount is None and (key[:2] in paid or key[:2] in applicants)
        if key in seen or bare or payment.project.id not in ids:
            continue
        seen.add(key)
        paid.add(key[:2])
        lines += 1
        line = f"financing/{lines}"
        book.add(
            line,
            "project",
            Value("node", ids[payment.project.id]),
            payment.project.start,
            payment.project.end,
            payment.project.rule,
        )
        _put(book, line, "funder", payment.funder)
        if payment.amount is not None:
            _put(book, line, "amount_sek", payment.amount)
        book.add(
            line,
            "form",
            Value("code", "in_kind" if payment.in_kind else "cash"),
            payment.funder.start,
            payment.funder.end,
            "financing.phrase",
            (payment.funder.low, payment.funder.high),
        )
