"""What the shell offers at a press of the tab key: names of questions, their parameters, and words that these take."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.query import QueryFile


def complete_question(incomplete: str) -> list[tuple[str, str]]:
    """The prepared questions that begin so, each with its question in Swedish."""
    from kg.query import list_queries

    return [(q.name, q.question_sv) for q in list_queries() if q.name.startswith(incomplete.lower())]


def complete_chart(incomplete: str) -> list[tuple[str, str]]:
    """The prepared questions with a picture that begin so."""
    from kg.query import list_queries

    return [(q.name, q.question_sv) for q in list_queries() if q.chart and q.name.startswith(incomplete.lower())]


def complete_parameter(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """``KEY=`` of the question named on the line, or ``KEY=WORD`` where the parameter takes words of a list."""
    question = _named(ctx)
    if question is None:
        return []
    key, equals, value = incomplete.partition("=")
    if not equals:
        given = {p.partition("=")[0] for p in ctx.params.get("params") or ()}
        return [
            (f"{p.name}=", p.description) for p in question.parameters if p.name.startswith(key) and p.name not in given
        ]
    parameter = question.parameter(key)
    words = parameter.choices if parameter else ()
    return [(f"{key}={word}", "") for word in words if word.startswith(value.lower())]


Params = Annotated[
    list[str] | None,
    typer.Option(
        "--param",
        "-p",
        metavar="KEY=VALUE",
        help="A parameter of the question; may be given again.",
        autocompletion=complete_parameter,
    ),
]


def _named(ctx: typer.Context) -> QueryFile | None:
    """The question named on the line.  Click does not know it yet where the line ends in ``-p``, so the words of the
    line, as the shells hand them over, are looked through too."""
    from kg.query import list_queries

    words = [ctx.params.get("name") or ""]
    for variable in ("COMP_WORDS", "_TYPER_COMPLETE_ARGS"):
        words += os.environ.get(variable, "").split()
    known = {question.name: question for question in list_queries()}
    return next((known[word] for word in words if word in known), None)
