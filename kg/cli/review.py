"""``kg review``: the pairs that may be one thing, one after the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import (
    TABLE_FORMATS,
    Store,
    check_choice,
    counted,
    note,
    number,
    open_store,
    put,
    put_table,
    settings,
)
from kg.cli.judging import Who, judge_name, tell_waiting, today
from kg.cli.run import EXIT_INTERRUPTED
from kg.errors import EXIT_DATA, UsageError

if TYPE_CHECKING:
    from kg.query.doubts import Doubt, Side
    from kg.query.tables import Table
    from kg.resolve.rulings import Ruling

_ANSWERS = {"s": "same", "d": "different", "u": "undecided"}
_ASK = "[s]ame, [d]ifferent, [u]ndecided for good, [n]ext, [q]uit: "


def review(
    listed: Annotated[bool, typer.Option("--list", help="List the pairs and ask nothing.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Tell what contradicts what in the judgements.")] = False,
    form: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="Of --list.")] = "table",
    who: Who = "",
    store: Store = None,
) -> None:
    """Go through the pairs that may be one thing, the most valuable first.

    Shows what papers say of both and asks. Every answer goes at once into the file of judgements ('identity' in
    kg.toml, else identity.csv), where it can be read and edited, and takes effect with the next build.

    \b
    Example:
      kg review
      kg review --list --format csv
      kg review --check
    """
    from kg.query.doubts import list_doubts
    from kg.resolve.judgefile import find_contradictions, read_rulings

    check_choice(form, TABLE_FORMATS, "--format")
    config = settings(store)
    rulings = read_rulings(config.identity, config.base)
    if check:
        contradictions = find_contradictions(rulings)
        for contradiction in contradictions:
            put(contradiction.message + "\n")
        waiting = _list_waiting(rulings, store, config.store)
        for line in waiting:
            put(line + "\n")
        found = counted(len(contradictions), "contradiction", "contradictions")
        note(f"{counted(len(rulings), 'judgement', 'judgements')}, {found}, {len(waiting)} waiting")
        if contradictions:
            raise typer.Exit(EXIT_DATA)
        return
    with open_store(store) as graph:
        doubts = list_doubts(graph.store)
    judged = {r.sides for r in rulings}
    doubts = [d for d in doubts if (d.left.iri, d.right.iri) not in judged]
    if listed:
        put_table(_table(doubts), form)
        return
    if not doubts:
        note("nothing is undecided")
        return
    _walk(doubts, judge_name(who), config.identity, config.base)


def _list_waiting(rulings: list[Ruling], store: Path | None, folder: Path) -> list[str]:
    """A line for each judgement that waits; none where there is no graph yet."""
    if not rulings or not (folder / "CURRENT").exists():
        return []
    with open_store(store) as graph:
        return tell_waiting(graph.store, rulings)


def _walk(doubts: list[Doubt], who: str, path: Path, base: str) -> None:
    answered = 0
    try:
        for answer in _answers(doubts, who, path, base):
            answered += answer
    except KeyboardInterrupt:
        note(f"\nkg: interrupted; {counted(answered, 'answer', 'answers')} of this walk in {path}")
        raise typer.Exit(EXIT_INTERRUPTED) from None
    note(f"{counted(answered, 'answer', 'answers')} in {path}; build the graph again for them to take effect")


def _answers(doubts: list[Doubt], who: str, path: Path, base: str) -> Iterator[int]:
    """1 for each answer that was kept, 0 for one that was not."""
    for place, doubt in enumerate(doubts, 1):
        put(_show(doubt, place, len(doubts)))
        answer = _ask()
        if answer == "q":
            break
        if answer == "n":
            continue
        why = _read("why (Enter for none): ")
        yield _keep(doubt, _ANSWERS[answer], who, why or "", path, base)


def _keep(doubt: Doubt, verdict: str, who: str, why: str, path: Path, base: str) -> int:
    from kg.errors import ResourceError
    from kg.resolve.judgefile import add_ruling
    from kg.resolve.rulings import Ruling

    names = (doubt.left.label, doubt.right.label)
    ruling = Ruling(verdict, doubt.left.iri, doubt.right.iri, who, today(), why, names)
    try:
        add_ruling(path, ruling, base)
    except ResourceError as error:
        # A contradiction is told, and the walk goes on.
        note(f"not kept: {error.message}")
        return 0
    return 1


def _ask() -> str:
    for _ in range(20):
        answer = _read(_ASK)
        if answer is None:
            return "q"
        if answer[:1].lower() in (*_ANSWERS, "n", "q"):
            return answer[:1].lower()
    raise UsageError("no answer could be understood", hint="answer s, d, u, n or q")


def _read(prompt: str) -> str | None:
    """A line of the user's, without blanks; None at the end of the input."""
    sys.stderr.write(prompt)
    sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip() if line else None


def _show(doubt: Doubt, place: int, count: int) -> str:
    parts = [f"\n{place} of {count}: {doubt.reason}\n"]
    for side in (doubt.left, doubt.right):
        parts.append(f"\n  {side.label}  <{side.iri}>  {_size(side)}\n")
        parts += [f"    {word}: {values}\n" for word, values in side.told]
        parts += [f"    {paper}: “{quote}”\n" for paper, quote in side.quotes]
    return "".join((*parts, "\n"))


def _size(side: Side) -> str:
    money = f"{number(side.money)} kr, " if side.money else ""
    return f"{money}{counted(side.claims, 'claim', 'claims')}"


def _table(doubts: list[Doubt]) -> Table:
    from kg.query import Column, Table

    columns = (
        *(Column(name) for name in ("left", "right", "reason")),
        Column("score", "decimal"),
        Column("amount", "integer", "SEK"),
        *(Column(name, "text") for name in ("left_iri", "right_iri")),
    )
    rows = [(d.left.label, d.right.label, d.reason, d.score, d.worth[0], d.left.iri, d.right.iri) for d in doubts]
    return Table(columns, tuple(rows))
