"""Which grants stand, and with what sum, after later grants that amend them and decisions that raise or cut them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.nodes import integer
from kg.graph.view import Derived, View


def find_grants(view: View) -> Iterator[tuple[str, int | None]]:
    """Every grant that stands with its sum after changes, else its largest amount, None where no paper states one."""
    granted = [act for act in view.subjects("bg:outcome") if "granted" in view.codes(act, "bg:outcome")]
    replaced = {
        earlier for act in granted if view.values(act, "bg:amount") for earlier in view.values(act, "bg:amends")
    }
    changes = _sum_changes(view)
    for act in granted:
        if act not in replaced:
            changed = changes.get(act)
            most = max((int(a) for a in view.values(act, "bg:amount")), default=None)
            yield act, changed[1] if changed is not None else most


def _sum_changes(view: View) -> dict[str, tuple[str, int, str]]:
    """For each act whose sum others change: the day, the new sum and the last of them, of two of one day the larger."""
    found: dict[str, tuple[str, int, str]] = {}
    for act in view.subjects("bg:newAmount"):
        change = (min(view.values(act, "bg:date"), default=""), max(map(int, view.values(act, "bg:newAmount"))), act)
        for earlier in view.values(act, "bg:amends"):
            found[earlier] = max(found.get(earlier, change), change)
    return found


def derive_amounts(view: View, standing: dict[str, int | None]) -> Iterator[Derived]:
    """The sum of each grant that stands after the last decision that raises or cuts it."""
    changes = _sum_changes(view)
    for act in sorted(changes.keys() & standing.keys()):
        day, amount, change = changes[act]
        formula = f"{amount}, as changed {day or 'later'}"
        sources = tuple(sorted((act, change)))
        yield Derived(act, "bg:standingAmount", integer(amount), "standing_amount", formula, sources)


def find_overtaken(view: View) -> set[str]:
    """The lines of grants that a later decision gives anew, raises or cuts, or tells again with the same sum (as one
    that moves its end does), with a line of its own for the payer; and those of grants that one revokes."""
    later: dict[str, set[str]] = {}
    revoked: set[str] = set()
    for act in view.subjects("bg:amends"):
        codes, amounts = view.codes(act, "bg:outcome"), set(view.values(act, "bg:amount"))
        changed = view.values(act, "bg:newAmount")
        anew = "granted" in codes and amounts or changed
        for earlier in view.values(act, "bg:amends"):
            if "0" in changed:
                revoked.add(earlier)
            if anew or "other" in codes and amounts & set(view.values(earlier, "bg:amount")):
                later.setdefault(earlier, set()).add(act)
    told: dict[tuple[str, str, str], list[str]] = {}
    for line in view.subjects("bg:decision") if later else ():
        for act in view.values(line, "bg:decision"):
            for project in view.values(line, "bg:project"):
                for payer in view.values(line, "bg:contributor"):
                    told.setdefault((act, project, payer), []).append(line)
    return {
        line
        for (act, project, payer), lines in told.items()
        if act in revoked or any((other, project, payer) in told for other in later.get(act, ()))
        for line in lines
    }
