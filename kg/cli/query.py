"""``kg query``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from kg.cli.common import Store, check_choice, note, open_store, print_table, settings
from kg.cli.complete import Params, complete_question
from kg.errors import EXIT_DATA, QueryError, StoreError, UsageError
from kg.wholefile import whole_file

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.query import PreparedQuery, QueryFile, Table

# Of the words behind a row, so many are shown on a terminal.
SHOWN_WORDS = 3


def query(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="A prepared question; --list shows all.", autocompletion=complete_question
        ),
    ] = None,
    params: Params = None,
    form: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="table, csv, tsv, json, xml, md, xlsx, parquet or turtle."
        ),
    ] = "table",
    evidence: Annotated[bool, typer.Option("--evidence", help="Add the words of the papers behind each row.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the answer to a file.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not tell what the answer rests on.")] = False,
    listing: Annotated[bool, typer.Option("--list", help="Show the prepared questions and their parameters.")] = False,
    file: Annotated[Path | None, typer.Option("--file", metavar="X.rq", help="Run the SPARQL query in a file.")] = None,
    sparql: Annotated[str | None, typer.Option("--sparql", metavar="QUERY", help="Run a SPARQL query.")] = None,
    store: Store = None,
    store_url: Annotated[
        str | None, typer.Option("--store-url", metavar="URL", help="Ask the SPARQL endpoint of a server instead.")
    ] = None,
) -> None:
    """Ask the graph: a prepared question, or SPARQL of your own.

    The answer goes to standard output; how many papers it rests on, and how many more could have answered, to standard
    error. The format table leaves out the column 'iri', which the others have; xlsx and parquet want --output; turtle
    is for queries that CONSTRUCT. In your own SPARQL the prefixes of the vocabulary (bg:, rdfs:, skos:, prov: and
    others) need not be declared, and SERVICE and updates are refused. The exit code is 1 where a name that was given
    is not in the graph.

    \b
    Example:
      kg query lineage -p project='AI.ALL*'
      kg query decisions -p outcome=granted -p from=2022 --format csv
      kg query funders -p project='AI.ALL*' --evidence
      kg query receivers --format xlsx -o receivers.xlsx
      kg query --list --format json
      kg query --sparql 'SELECT ?name { ?p a bg:Project ; rdfs:label ?name }'
    """
    from kg.query.formats import FORMATS, SYNONYMS

    form = check_choice(SYNONYMS.get(form, form), FORMATS, "--format")
    if sum((name is not None, listing, file is not None, sparql is not None)) != 1:
        raise UsageError(
            "a question is needed, and only one",
            where="kg query",
            hint="kg query NAME, kg query --list, kg query --file X.rq or kg query --sparql '...'",
        )
    if listing:
        _show_list(form, output)
        return
    given = parse_params(params or [])
    prepared = _prepare(name, given, file, sparql, lambda: read_base(store, store_url))
    _check_form(form, evidence, output, prepared)
    if store_url is not None:
        from kg.graph.remote import RemoteStore

        server = cast("ox.Store", RemoteStore(store_url, settings(store).base))
        table = _answer(server, prepared, form, evidence, output)
        try:
            unknown = name is not None and tell_rest(server, prepared, table, given, quiet)
        except (QueryError, StoreError) as error:
            # The answer is there; a server that cannot count what it rests on does not take it away.
            note(f"kg: what the answer rests on is not known: {error.message}")
            return
        if unknown:
            raise typer.Exit(EXIT_DATA)
        return
    with open_store(store) as graph:
        table = _answer(graph.store, prepared, form, evidence, output)
        if name is not None and tell_rest(graph.store, prepared, table, given, quiet):
            raise typer.Exit(EXIT_DATA)


def parse_params(params: list[str]) -> dict[str, str]:
    """``KEY=VALUE`` given once for each key; raises UsageError for anything else."""
    given: dict[str, str] = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals or not key:
            raise UsageError(f"cannot read the parameter '{param}'", where="-p", hint="write it as KEY=VALUE")
        if key in given:
            raise UsageError(f"the parameter '{key}' is given twice", where="-p", hint="give it once")
        given[key] = value
    return given


def read_base(store: Path | None, store_url: str | None = None) -> str:
    """What the IRIs of the graph begin with; of a server's graph as the settings say."""
    if store_url is not None:
        return settings(store).base
    with open_store(store) as graph:
        return graph.manifest.base


def _prepare(
    name: str | None, given: dict[str, str], file: Path | None, sparql: str | None, base: Callable[[], str]
) -> PreparedQuery:
    from kg.query import prepare, prepare_text

    if name is not None:
        return prepare(name, given, base=base)
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


def _check_form(form: str, evidence: bool, output: Path | None, prepared: PreparedQuery) -> None:
    _check_terminal(form, output)
    if evidence and (prepared.question is None or prepared.question.basis is None):
        if prepared.question is None:
            what, hint = "a query of your own does not say what it rests on", "a prepared question; kg query --list"
        else:
            what = f"'{prepared.name}' does not say what it rests on: it tells of the graph, not of facts"
            hint = "kg explain NAME, or another question; kg query --list --format json tells which have evidence"
        raise UsageError(what, where="--evidence", hint=hint)
    if evidence and form == "turtle":
        raise UsageError("turtle has no columns for evidence", where="--evidence", hint="--format json")


def _check_terminal(form: str, output: Path | None) -> None:
    from kg.query.formats import BINARY_WRITERS

    if form in BINARY_WRITERS and output is None and sys.stdout.isatty():
        raise UsageError(f"{form} is no text for a terminal", where="--format", hint=f"-o answer.{form}")


def _answer(store: ox.Store, prepared: PreparedQuery, form: str, evidence: bool, output: Path | None) -> Table | None:
    """Writes the answer; gives it back where it was made as a table."""
    from kg.query import add_evidence, execute, write_results

    if form == "table" and output is None or evidence:
        table = execute(store, prepared)
        shown = add_evidence(store, prepared, table, SHOWN_WORDS if form == "table" else 0) if evidence else table
        if form == "table" and output is None:
            print_table(shown.without("iri") if prepared.prepared else shown)
        else:
            from kg.query import write_table

            _write(output, lambda out: write_table(shown, form, out))
        return table
    _write(output, lambda out: write_results(store, prepared, form, out))
    return None


def _write(output: Path | None, write: Any) -> None:
    if output is None:
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    with whole_file(output) as out:
        write(out)
    note(f"wrote {output}")


def tell_rest(
    store: ox.Store, prepared: PreparedQuery, table: Table | None, given: dict[str, str], quiet: bool
) -> bool:
    """Says on standard error what the answer rests on, and which of the names given the graph does not have; gives
    back whether there is such a name."""
    from kg.query import find_unknown, say_unknown

    unknown = find_unknown(store, prepared, given)
    for value in unknown:
        close = ", ".join(value.close) or "kg query decisions lists all acts"
        note(f"kg: {say_unknown(value)}. Try: {close}")
    if not quiet and not unknown:
        _tell_coverage(store, prepared, table)
    return bool(unknown)


def _tell_coverage(store: ox.Store, prepared: PreparedQuery, table: Table | None) -> None:
    from kg.query import execute, measure_coverage

    coverage = measure_coverage(store, prepared, table if table is not None else execute(store, prepared))
    if coverage is not None:
        note(f"kg: the answer {coverage}")


def _show_list(form: str, output: Path | None) -> None:
    from kg.query import list_queries
    from kg.query.catalogue import list_broken

    if form == "turtle":
        raise UsageError("the list of questions cannot be written as 'turtle'", where="--list", hint="--format json")
    _check_terminal(form, output)
    if form == "json":
        text = json.dumps([_as_json(question) for question in list_queries()], ensure_ascii=False, indent=1) + "\n"
        _write(output, lambda out: out.write(text.encode()))
    elif form == "table":
        text = "\n".join(_describe(question) for question in list_queries())
        _write(output, lambda out: out.write(text.encode()))
    else:
        from kg.query import write_table

        _write(output, lambda out: write_table(_as_table(list_queries()), form, out))
    for error in list_broken():
        note(f"kg: {error.message}")


def _as_table(questions: list[QueryFile]) -> Table:
    """A row for each question; parameters and columns by their names, those that must be given with an asterisk."""
    from kg.query import Column, Table

    names = ("name", "topic", "sv", "en", "parameters", "columns", "chart")
    rows = tuple(
        (
            question.name,
            question.topic,
            question.question_sv,
            question.question_en,
            ", ".join(f"{p.name}{'*' if p.required else ''}" for p in question.parameters) or None,
            ", ".join(column.name for column in question.columns),
            question.chart.form if question.chart else None,
        )
        for question in questions
    )
    return Table(tuple(Column(name) for name in names), rows)


def _as_json(question: QueryFile) -> dict[str, Any]:
    parameters = [
        {
            "name": p.name,
            "type": p.type,
            "required": p.required,
            "default": p.default or None,
            "choices": list(p.choices),
            "description": p.description,
        }
        for p in question.parameters
    ]
    return {
        "name": question.name,
        "topic": question.topic,
        "question": {"sv": question.question_sv, "en": question.question_en},
        "parameters": parameters,
        "evidence": question.basis is not None,
        "columns": [asdict(c) for c in question.columns],
        "chart": question.chart.form if question.chart else None,
    }


def _describe(question: QueryFile) -> str:
    lines = [question.name, f"  {question.question_sv}", f"  {question.question_en}"]
    for parameter in question.parameters:
        need = "" if parameter.required else f", default {parameter.default}" if parameter.default else ", optional"
        words = f": {', '.join(parameter.choices)}" if parameter.choices else ""
        lines.append(f"    -p {parameter.name}=...  ({parameter.type}{need}) {parameter.description}{words}")
    return "\n".join(lines) + "\n"
