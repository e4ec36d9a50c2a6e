"""``kg query``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import Store, check_choice, note, open_store, print_table, put
from kg.errors import QueryError, UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.query import PreparedQuery, QueryFile


def query(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A prepared question; --list shows all.")] = None,
    params: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="KEY=VALUE", help="A parameter of the question; may be given again."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, tsv, json, xml, md or turtle.")
    ] = "table",
    listing: Annotated[bool, typer.Option("--list", help="Show the prepared questions and their parameters.")] = False,
    file: Annotated[Path | None, typer.Option("--file", metavar="X.rq", help="Run the SPARQL query in a file.")] = None,
    sparql: Annotated[str | None, typer.Option("--sparql", metavar="QUERY", help="Run a SPARQL query.")] = None,
    store: Store = None,
) -> None:
    """Ask the graph: a prepared question, or SPARQL of your own.

    The answer goes to standard output. The format table leaves out the column 'iri', which the others have; turtle is
    for queries that CONSTRUCT. In your own SPARQL the prefixes of the vocabulary (bg:, rdfs:, skos:, prov: and others)
    need not be declared, and SERVICE and updates are refused.

    \b
    Example:
      kg query lineage -p project='AI.ALL*'
      kg query decisions -p outcome=granted -p from=2022 --format csv
      kg query --sparql 'SELECT ?name { ?p a bg:Project ; rdfs:label ?name }'
    """
    from kg.query import FORMATS

    check_choice(form, FORMATS, "--format")
    if sum((name is not None, listing, file is not None, sparql is not None)) != 1:
        raise UsageError(
            "a question is needed, and only one",
            where="kg query",
            hint="kg query NAME, kg query --list, kg query --file X.rq or kg query --sparql '...'",
        )
    if listing:
        _show_list()
        return
    given = _parse_params(params or [])
    prepared = _prepare(name, given, file, sparql)
    with open_store(store) as graph:
        _answer(graph.store, prepared, form)
        if name is not None:
            _hint_names(graph.store, given)


def _parse_params(params: list[str]) -> dict[str, str]:
    given: dict[str, str] = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals or not key:
            raise UsageError(f"cannot read the parameter '{param}'", where="-p", hint="write it as KEY=VALUE")
        if key in given:
            raise UsageError(f"the parameter '{key}' is given twice", where="-p", hint="give it once")
        given[key] = value
    return given


def _prepare(name: str | None, given: dict[str, str], file: Path | None, sparql: str | None) -> PreparedQuery:
    from kg.query import prepare, prepare_text

    if name is not None:
        return prepare(name, given)
    if given:
        raise UsageError("only prepared questions have parameters", where="-p", hint="write the values into the query")
    if file is None:
        return prepare_text(sparql or "", "--sparql")
    try:
        return prepare_text(file.read_text(encoding="utf-8"), str(file))
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise QueryError(
            f"the query file cannot be read ({reason})", where=str(file), hint="name a text file with a SPARQL query"
        ) from error


def _answer(store: ox.Store, prepared: PreparedQuery, form: str) -> None:
    from kg.query import execute, write_results

    if form == "table":
        table = execute(store, prepared)
        print_table(table.without("iri") if prepared.prepared else table)
    else:
        write_results(store, prepared, form, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _hint_names(store: ox.Store, given: dict[str, str]) -> None:
    """Says so where a project that was asked for is not in the graph."""
    from kg.query import find_things, suggest_names

    name = given.get("project", "")
    if not name or any(thing.type == "Project" for thing in find_things(store, name)):
        return
    close = suggest_names(store, name)
    note(f"kg: no project in the graph has the name '{name}'. Try: {', '.join(close) or 'kg query decisions'}")


def _show_list() -> None:
    from kg.query import list_queries
    from kg.query.catalogue import list_broken

    put("\n".join(_describe(question) for question in list_queries()))
    for error in list_broken():
        note(f"kg: {error.message}")


def _describe(question: QueryFile) -> str:
    lines = [question.name, f"  {question.question_sv}", f"  {question.question_en}"]
    for parameter in question.parameters:
        need = "" if parameter.required else ", optional"
        words = f": {', '.join(parameter.choices)}" if parameter.choices else ""
        lines.append(f"    -p {parameter.name}=...  ({parameter.type}{need}) {parameter.description}{words}")
    return "\n".join(lines) + "\n"
