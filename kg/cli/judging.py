"""What ``kg review``, ``kg merge`` and ``kg split`` share: who judges, when, and which thing a name means."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import UsageError
from kg.terms import PATHS

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.resolve.rulings import Ruling

Who = Annotated[str, typer.Option("--who", metavar="NAME", help="Who judges (default: the name of your account).")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="Why: words that another person can follow.")]

JUDGED = ("project", "decision", "organisation", "board")


def judge_name(who: str) -> str:
    """The signature of the one who judges; raises UsageError where there is none."""
    if who.strip():
        return who.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("it is not known who judges", hint="--who NAME") from error


def today() -> str:
    """The day as an ISO date: of ``SOURCE_DATE_EPOCH`` where it is set, else of the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.date().isoformat()


def tell_waiting(store: ox.Store, rulings: list[Ruling]) -> list[str]:
    """A line for each judgement that waits, because nothing in the graph bears or has borne one of its IRIs."""
    from kg.query.doubts import find_waiting

    waiting = find_waiting(store, (side for ruling in rulings for side in ruling.sides))
    found = []
    for ruling in rulings:
        for side in (ruling.left, ruling.right):
            if side in waiting:
                close = f" (did you mean {waiting[side]}?)" if waiting[side] else ""
                found.append(f"{ruling.left} and {ruling.right}, {ruling.verdict}, wait: there is no {side}{close}")
    return found


def find_one(store: ox.Store, term: str) -> tuple[str, str]:
    """The IRI, relative to the base, and the label of the one thing that ``term`` names: a name, or an IRI, of now or
    replaced.  Raises UsageError where it names none or several."""
    from kg.query.doubts import replacements
    from kg.query.things import find_base, find_things, suggest_names

    base = find_base(store)
    relative = term.strip().removeprefix(base)
    now = replacements(store, relative) if relative.partition("/")[0] in PATHS.values() else []
    if now:
        labels = [find_things(store, base + iri) for iri in now]
        return relative, next((things[0].label for things in labels if things), relative)
    found = [t for t in find_things(store, term) if str(t.iri).removeprefix(base).partition("/")[0] in JUDGED]
    exact = [t for t in found if t.label.casefold() == term.strip().casefold()]
    # An act goes by the name of its project: where a name is that of a thing too, the thing is meant.
    things = [t for t in exact or found if not str(t.iri).removeprefix(base).startswith("decision/")]
    found = exact if len(exact) == 1 else things if len(things) == 1 else found
    if len(found) == 1:
        return str(found[0].iri).removeprefix(base), found[0].label
    if not found:
        close = suggest_names(store, term)
        hint = ", ".join(close) or "name a project, decision, organisation or board of the graph"
        raise UsageError(f"nothing that can be judged has the name '{term}'", hint=hint)
    iris = ", ".join(str(t.iri).removeprefix(base) for t in found[:6])
    raise UsageError(f"'{term}' names {len(found)} things", hint=f"one of {iris}")
