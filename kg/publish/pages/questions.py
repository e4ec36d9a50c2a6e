"""Prepared questions as pages: a form, the answer as a table, a picture where the question names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import KgError, QueryError, UsageError
from kg.publish.interface import Ask, Page, PageRequest
from kg.publish.pages.charts import draw_chart
from kg.publish.pages.drawing import Drawing
from kg.publish.pages.links import Links
from kg.publish.pages.reader import Reader
from kg.publish.pages.templating import answer, links_of, render, render_problem
from kg.publish.pages.wording import Words
from kg.query import (
    Column,
    Parameter,
    PreparedQuery,
    QueryFile,
    Table,
    find_query,
    find_unknown,
    list_queries,
    prepare,
    strip_head,
)
from kg.terms import CODES, ENTITY_TYPES, NAMESPACE, code_iri

MOST = 1000
"""Of an answer with more rows the page shows the first; all are there to download."""

MOST_NAMES = 20_000
"""Among so many names those closest to an unknown one are sought, so that no large graph holds a page up."""

_INPUTS = {"integer": "number", "decimal": "number"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form of a question.  ``note``: what it is, in ``note_language``."""

    name: str
    label: str
    note: str
    note_language: str
    required: bool
    input: str
    value: str
    choices: tuple[tuple[str, str], ...]


def show_questions(request: PageRequest) -> Page:
    """``/questions``: all of them by topic."""
    return answer(render_questions(links_of(request)))


def render_questions(links: Links) -> str:
    """The list of the prepared questions by topic."""
    words = Words(links.language)
    topics: dict[str, list[tuple[str, str]]] = {}
    for query in list_queries():
        title = words.find("topics", query.topic) or query.topic
        topics.setdefault(title, []).append((query.name, say_question(query, links.language)))
    return render("questions.html", links, topics=sorted(topics.items()), active="questions")


def say_question(query: QueryFile, language: str) -> str:
    """The question in words."""
    return query.question_sv if language == "sv" else query.question_en


def show_text(query: QueryFile, language: str, prepared: PreparedQuery | None = None) -> str:
    """The query as people read it: the question, and the SPARQL with the values that were given."""
    body = query.bare if prepared is None else strip_head(prepared.text)
    return f"# {say_question(query, language)}\n{body}"


def say_note(told: Parameter | Column, language: str) -> tuple[str, str]:
    """What a parameter or column is, and the language of the words: English where there are no Swedish ones."""
    if language == "sv" and told.description_sv:
        return told.description_sv, "sv"
    return told.description, "en"


def show_question(request: PageRequest) -> Page:
    """``/questions/NAME``: its form; with parameters, or where it needs none, its answer too."""
    words = Words(request.language)
    try:
        query = find_query(request.rest)
    except KgError as error:
        return answer(render_problem(404, words("error"), error.what, request.language, request.publication), 404)
    given = {p.name: request.get(p.name).strip() for p in query.parameters}
    reader = Reader(request.graph.store, request.graph.manifest.base, request.language)
    return _answer_question(reader, links_of(request), query, given, request.ask)


def _answer_question(reader: Reader, links: Links, query: QueryFile, given: Mapping[str, str], ask: Ask) -> Page:
    table, prepared, problem, status = None, None, "", 200
    missing = [p for p in query.parameters if p.required and not given[p.name]]
    if not missing:
        try:
            prepared = prepare(
                query.name, {name: value for name, value in given.items() if value}, base=lambda: reader.base
            )
            table = ask(prepared)
            problem = "" if len(table) else _tell_unknown(reader, prepared, given)
        except UsageError as error:
            problem, status = f"{error.what}. {error.hint or ''}", 400
        except QueryError as error:
            problem, status = error.what, 503
    elif any(given.values()):
        problem, status = (
            f"{', '.join(Words(links.language).column(p.name) for p in missing)}: " + Words(links.language)("required"),
            400,
        )
    return answer(render_question(reader, links, query, given, prepared, table, problem), status)


def _tell_unknown(reader: Reader, query: PreparedQuery, given: Mapping[str, str]) -> str:
    """Which of the names given the graph does not have, with those closest; empty where it has them all."""
    words = Words(reader.language)
    found = find_unknown(reader.store, query, {name: value for name, value in given.items() if value}, MOST_NAMES)
    return " ".join(
        f"{words('unknown_name')}: {value.value}."
        + (f" {words('closest_names')}: {', '.join(value.close)}." if value.close else "")
        for value in found
    )


def render_question(
    reader: Reader,
    links: Links,
    query: QueryFile,
    given: Mapping[str, str],
    prepared: PreparedQuery | None,
    table: Table | None,
    problem: str = "",
) -> str:
    """The page of a question, with its answer where there is one."""
    drawing: Drawing | None = None
    if table is not None:
        drawing = draw_chart(query.chart, table, links, lambda column, value: say_code(reader, column, value))
    return render(
        "question.html",
        links,
        active="questions",
        query=query,
        question=say_question(query, links.language),
        fields=[_make_field(reader, query, p.name, given.get(p.name, "")) for p in query.parameters],
        problem=problem,
        text=show_text(query, links.language, prepared),
        table=table,
        heads=[(c, Words(links.language).column(c.name)) for c in table.columns] if table is not None else [],
        cells=[_show_row(reader, links, table, row) for row in table.rows[:MOST]] if table is not None else [],
        notes=[(Words(links.language).column(c.name), *say_note(c, links.language), c.unit) for c in query.columns],
        cut=table is not None and len(table) > MOST,
        drawing=drawing,
    )


def _make_field(reader: Reader, query: QueryFile, name: str, value: str) -> Field:
    parameter = query.parameter(name)
    assert parameter is not None
    words = Words(reader.language)
    choices = tuple((c, say_code(reader, name, c) or c) for c in parameter.choices)
    note, language = say_note(parameter, reader.language)
    note += f" ({parameter.default})" if parameter.default else ""
    kind = _INPUTS.get(parameter.type, "text")
    return Field(name, words.column(name), note, language, parameter.required, kind, value, choices)


def say_code(reader: Reader, column: str, value: str) -> str | None:
    """A code in an answer in words, by the name of its column: of the vocabulary, or of the questions' own; None for
    what is no code."""
    last = column.rpartition("_")[2]
    scheme = last if last in CODES else last.removesuffix("s")
    parts = value.split(", ")
    if scheme in CODES and set(parts) <= set(CODES[scheme]):
        return ", ".join(reader.label(code_iri(scheme, part)) for part in parts)
    if column == "type" and value in ENTITY_TYPES:
        return reader.label(NAMESPACE + value)
    return Words(reader.language).find("codes", f"{column}.{value}")


def _show_row(reader: Reader, links: Links, table: Table, row: tuple[Any, ...]) -> list[tuple[str, str | None, bool]]:
    """Text, link, and whether it is a number, of each cell."""
    words = Words(links.language)
    found = []
    for column, value in zip(table.columns, row, strict=True):
        if column.type == "iri" and isinstance(value, str):
            href = links.thing(value)
            found.append((reader.label(value) if href else value, href or _web(value), False))
        elif isinstance(value, str) and (said := say_code(reader, column.name, value)) is not None:
            found.append((said, None, False))
        else:
            number = column.type in ("integer", "decimal")
            found.append((words.value(value, column.unit), None, number))
    return found


def _web(value: str) -> str | None:
    return value if value.startswith(("https://", "http://")) else None
