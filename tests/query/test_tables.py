"""Answers as Python values and in every format."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.graph.store import memory_store
from kg.query import (
    FORMATS,
    Column,
    Iri,
    Table,
    execute,
    explain_thing,
    find_things,
    prepare,
    prepare_text,
    render_json,
    render_markdown,
    render_plain,
    suggest_names,
    write_results,
)

VALUES = """SELECT * { VALUES (?a ?b ?c ?d ?e ?f ?g ?h) {
  (4529875 31.5 "2022-12-14"^^xsd:date "2022"^^xsd:gYear true bg:Project "å\\nä"@sv UNDEF) } }"""


def test_values_have_the_types_of_python() -> None:
    (row,) = execute(memory_store(), prepare_text(VALUES))
    assert row == (4529875, Decimal("31.5"), date(2022, 12, 14), "2022", True, row[5], "å\nä", None)
    assert isinstance(row[5], Iri) and isinstance(row[5], str) and row[5].endswith("#Project")
    assert [type(v) for v in row[:2]] == [int, Decimal]


def test_a_literal_that_its_type_does_not_allow_stays_a_text() -> None:
    query = prepare_text('SELECT ?x { VALUES ?x { "2022-02-30"^^xsd:date "x"^^xsd:integer } }')
    assert execute(memory_store(), query).column("x") == ["2022-02-30", "x"]


def test_ask_and_construct(store: ox.Store) -> None:
    assert execute(store, prepare_text("ASK { ?p a bg:Project }")).rows == ((True,),)
    table = execute(store, prepare_text("CONSTRUCT { ?p a bg:X } WHERE { ?p a bg:Project }"))
    assert table.names == ("subject", "predicate", "object")
    assert len(table) == 6


def written(store: ox.Store, text: str, form: str) -> str:
    out = io.BytesIO()
    write_results(store, prepare_text(text), form, out)
    return out.getvalue().decode("utf-8")


SELECT = "SELECT ?name ?sum { ?d bg:project/rdfs:label ?name ; bg:amount ?sum } ORDER BY ?sum"


def test_formats_of_a_select(store: ox.Store) -> None:
    rows = list(csv.reader(io.StringIO(written(store, SELECT, "csv"))))
    assert rows[0] == ["name", "sum"] and len(rows) == 9
    assert written(store, SELECT, "tsv").startswith("?name\t?sum\n")
    assert len(json.loads(written(store, SELECT, "json"))["results"]["bindings"]) == 8
    assert ElementTree.fromstring(written(store, SELECT, "xml")).tag.endswith("}sparql")
    assert written(store, SELECT, "md").splitlines()[1] == "| --- | --: |"
    assert "4000000" in written(store, SELECT, "table")


CONSTRUCT = "CONSTRUCT { ?p rdfs:label ?l } WHERE { ?p a bg:Project ; rdfs:label ?l }"


BYTES = ("xlsx", "parquet")


@pytest.mark.parametrize("form", [f for f in FORMATS if f not in BYTES])
def test_formats_of_a_construct(form: str, store: ox.Store) -> None:
    text = written(store, CONSTRUCT, form)
    assert "Fjäll förstudie" in text
    assert text == written(store, CONSTRUCT, form)


@pytest.mark.parametrize("form", [f for f in FORMATS if f not in ("turtle", *BYTES)])
def test_formats_of_an_ask(form: str, store: ox.Store) -> None:
    assert "true" in written(store, "ASK { ?p a bg:Project }", form)


def test_turtle_is_for_triples_and_other_names_are_unknown(store: ox.Store) -> None:
    with pytest.raises(UsageError, match="CONSTRUCT"):
        written(store, SELECT, "turtle")
    with pytest.raises(UsageError, match="one of table, csv"):
        written(store, SELECT, "excel")


MONEY = Table(
    (Column("who"), Column("amount", "integer", "SEK"), Column("year", "integer")),
    (("a|b\nc", 4529875, 2022), ("å", None, 1999)),
)


def test_plain_text_is_aligned_with_swedish_digit_groups() -> None:
    lines = render_plain(MONEY).splitlines()
    assert lines == [
        "who    amount (SEK)  year",
        "-----  ------------  ----",
        "a|b c     4\u00a0529\u00a0875  2022",
        "å                    1999",
    ]


def test_markdown_keeps_its_cells_apart() -> None:
    assert render_markdown(MONEY).splitlines()[2] == "| a\\|b c | 4\u00a0529\u00a0875 | 2022 |"


def test_json_of_a_table() -> None:
    assert json.loads(render_json(MONEY))[0] == {"who": "a|b\nc", "amount": 4529875, "year": 2022}


def test_pandas_keeps_whole_numbers_whole() -> None:
    pytest.importorskip("pandas")
    frame = MONEY.to_pandas()
    assert frame["amount"].dtype == "Int64" and frame["amount"].isna().tolist() == [False, True]


def test_columns_by_name() -> None:
    assert MONEY.column("year") == [2022, 1999]
    assert MONEY.without("amount").names == ("who", "year")
    assert MONEY.without("nothing") is MONEY
    with pytest.raises(UsageError, match="who, amount, year"):
        MONEY.column("years")


def test_things_are_found_by_name_number_and_iri(store: ox.Store) -> None:
    def labels(term: str) -> list[tuple[str, str]]:
        return [(t.label, t.type) for t in find_things(store, term)]

    assert labels("FJÄLL*") == [("Fjäll*", "Project")]
    assert labels("Fjäll") == [("Fjäll", "County"), ("Fjäll", "Project")]
    assert labels("rf") == [("Region Fjäll", "Organisation")]
    assert labels("project/fjall") == [("Fjäll", "Project")]
    assert labels("https://w3id.org/beslutsgraf/id/project/fjall") == [("Fjäll", "Project")]
    assert labels("20rt7") == [("20rt7", "Application"), *[("20RT7", "Decision")] * 3]
    assert labels("20RT7") == [("20RT7", "Decision")] * 3
    assert labels("näringsNÄMNDEN") == [("Näringsnämnden", "Board")]
    assert labels('"} DROP ALL') == labels("ingen alls") == []
    with pytest.raises(UsageError):
        find_things(store, " ")


def test_every_fact_comes_with_its_words(store: ox.Store) -> None:
    (thing,) = find_things(store, "Fjäll*")
    rows = explain_thing(store, thing).records()
    by_property = {row["property"]: row for row in rows}
    assert by_property["amount"]["quote"] == "4 529 875" and by_property["amount"]["paper"] == "in/forslag.txt"
    assert by_property["buildsOn"]["confidence"] == Decimal("0.9")
    assert by_property["impliedTotal"]["quote"] == "4529875 / 31 % = 14612500"
    assert by_property["impliedTotal"]["paper"] is None


def test_near_names_are_suggested(store: ox.Store) -> None:
    assert suggest_names(store, "fjäl*")[0] == "Fjäll*"
    assert suggest_names(store, "universitet") == ["Fjällby universitet"]
    assert suggest_names(store, "qqqqq") == []
    assert suggest_names(store, "fjälprojektet") == ["Fjällprojektet (Fjäll)"]  # another name, with the label


def test_queries_run_with_the_questions_of_one_name_only(store: ox.Store) -> None:
    assert prepare("lineage", {"project": "x"}).prepared
    assert not prepare_text("ASK {}").prepared
