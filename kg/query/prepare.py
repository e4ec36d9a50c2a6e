"""From a name and parameters to a query that can run."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.query.catalogue import find_query
from kg.query.guard import refuse_deep, refuse_outside, refuse_slow
from kg.query.questions import Column, Parameter, QueryFile, values_pattern
from kg.query.values import PARAMETER_TYPES, serialise_term


@dataclass(frozen=True, slots=True)
class PreparedQuery:
    """A query ready to run.  ``name``: of the question, or of the file; ``columns``: empty where they are not known
    before it runs; ``prepared``: whether it is one of the questions in ``queries/``, which is then ``question``, asked
    with ``terms``: the SPARQL term of every parameter, given or not."""

    name: str
    text: str
    columns: tuple[Column, ...] = ()
    prepared: bool = False
    question: QueryFile | None = None
    terms: tuple[tuple[str, str], ...] = ()


# The end of an IRI below the base: project/ai-all.
_RELATIVE = re.compile(r"[a-z][a-z-]*/[^\s:<>]+")


def prepare(
    name: str,
    params: Mapping[str, Any] | None = None,
    *,
    folder: Path | None = None,
    base: Callable[[], str] | None = None,
) -> PreparedQuery:
    """The prepared question ``name`` with ``params`` put in.

    Values may be given as text or as Python values (int, date).  A value of None is as if not given.  ``base`` gives
    what the IRIs of the graph begin with; with it an IRI may be given by its end ("project/ai-all").  Raises
    UsageError for an unknown question, an unknown, missing or ill-typed parameter; it lists those known.
    """
    query = find_query(name, folder)
    given = {key: value for key, value in (params or {}).items() if value is not None}
    _check_names(query, given)
    terms = {parameter.name: parameter.sample for parameter in query.parameters}
    for parameter in query.parameters:
        if parameter.name in given:
            value = given[parameter.name]
            if base is not None and parameter.type == "iri" and isinstance(value, str) and _RELATIVE.fullmatch(value):
                value = base() + value
            terms[parameter.name] = _make_term(query, parameter, value)
    _check_period(query, given)
    return PreparedQuery(query.name, _put_in(query.text, terms), query.columns, True, query, tuple(terms.items()))


def prepare_text(text: str, where: str = "the query") -> PreparedQuery:
    """A query that a user wrote, as it stands.  Raises UsageError where it has ``SERVICE`` or is an update,
    QueryError where it is too deep for the engine, or would be planned for too long."""
    if not isinstance(text, str):
        raise UsageError(f"a query is a text, not {text!r}", where=where, hint="give the SPARQL as a text")
    if not text.strip():
        raise UsageError("the query is empty", where=where, hint="kg query --list shows prepared ones")
    refuse_outside(text, where)
    refuse_deep(text, where)
    refuse_slow(text, where)
    return PreparedQuery(where, text)


def _check_names(query: QueryFile, given: Mapping[str, Any]) -> None:
    known = ", ".join(f"{p.name} ({p.type}{'' if p.required else ', optional'})" for p in query.parameters) or "none"
    for name in given:
        if query.parameter(name) is None:
            close = get_close_matches(name, [p.name for p in query.parameters], n=1)
            likely = f"{close[0]}; " if close else ""
            raise UsageError(
                f"unknown parameter '{name}'", where=f"query {query.name}", hint=f"{likely}its parameters: {known}"
            )
    missing = [p.name for p in query.parameters if p.required and p.name not in given]
    if missing:
        raise UsageError(
            f"missing parameter {', '.join(map(repr, missing))}",
            where=f"query {query.name}",
            hint=f"-p {missing[0]}=...; its parameters: {known}",
        )


def _check_period(query: QueryFile, given: Mapping[str, Any]) -> None:
    """Refuses a period that ends before it starts; dates are compared as far as both go."""
    if "from" not in given or "to" not in given:
        return
    start, end = str(given["from"]), str(given["to"])
    common = min(len(start), len(end))
    if start[:common] > end[:common]:
        raise UsageError(
            f"the period ends before it starts ({start} to {end})",
            where=f"query {query.name}",
            hint="the earlier day first",
        )


def _make_term(query: QueryFile, parameter: Parameter, value: Any) -> str:
    wanted = f"one of {', '.join(parameter.choices)}" if parameter.choices else PARAMETER_TYPES[parameter.type][1]
    try:
        if parameter.choices:
            value = _choose(parameter, value)
        return serialise_term(parameter.type, value)
    except ValueError:
        raise UsageError(
            f"parameter '{parameter.name}' is {value!r}", where=f"query {query.name}", hint=f"give {wanted}"
        ) from None


def _choose(parameter: Parameter, value: Any) -> str:
    """The word of the list that is meant; capitals do not matter.  Raises ValueError where it is none."""
    for choice in parameter.choices:
        if isinstance(value, str) and value.strip().casefold() == choice.casefold():
            return choice
    raise ValueError


def _put_in(text: str, terms: Mapping[str, str]) -> str:
    """The text with the terms in place of the samples; those of parameters that are not given are the samples."""
    parts, last = [], 0
    for start, end, name in _find_places(text, tuple(terms)):
        parts += [text[last:start], terms[name]]
        last = end
    return "".join([*parts, text[last:]])


@lru_cache(maxsize=256)
def _find_places(text: str, names: tuple[str, ...]) -> tuple[tuple[int, int, str], ...]:
    """Where the samples of the parameters stand, in order; to look for them takes as long as some answers do."""
    found = [(*m.span("term"), name) for name in names for m in values_pattern(name).finditer(text)]
    return tuple(sorted(found))
