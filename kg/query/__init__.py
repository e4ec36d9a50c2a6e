"""Questions to a graph: those prepared in ``queries/`` and those that a user writes in SPARQL.

``prepare`` checks the name and the parameters of a prepared question, ``prepare_text`` takes any SPARQL query;
``execute`` gives a ``Table`` of Python values, ``write_results`` streams a standard format.
"""

from __future__ import annotations

from kg.query.catalogue import find_query, list_queries
from kg.query.coverage import Coverage, add_evidence, measure_coverage
from kg.query.formats import (
    FORMATS,
    render_csv,
    render_json,
    render_markdown,
    render_plain,
    render_tsv,
    write_results,
    write_table,
)
from kg.query.prepare import PreparedQuery, prepare, prepare_text
from kg.query.questions import Column, Parameter, QueryFile, strip_head
from kg.query.tables import Iri, Table, execute
from kg.query.things import Thing, UnknownValue, explain_thing, find_things, find_unknown, say_unknown, suggest_names

__all__ = [
    "FORMATS",
    "Column",
    "Coverage",
    "Iri",
    "Parameter",
    "PreparedQuery",
    "QueryFile",
    "Table",
    "Thing",
    "UnknownValue",
    "add_evidence",
    "execute",
    "explain_thing",
    "find_query",
    "find_things",
    "find_unknown",
    "list_queries",
    "measure_coverage",
    "prepare",
    "prepare_text",
    "render_csv",
    "render_json",
    "render_markdown",
    "render_plain",
    "render_tsv",
    "say_unknown",
    "strip_head",
    "suggest_names",
    "write_results",
    "write_table",
]
