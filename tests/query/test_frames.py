"""True types in data frames, Parquet and Excel."""

from __future__ import annotations

import datetime
import io
import sys
from datetime import date
from decimal import Decimal

import pytest

from kg.errors import UsageError
from kg.graph.store import memory_store
from kg.query import Column, Iri, Table, execute, prepare_text, write_table
from kg.query.formats import render_xml
from kg.query.frames import EXTRAS, kind_of, to_arrow, to_polars, write_xlsx

BIG = 2**70
TABLE = Table(
    (
        Column("who"), Column("amount", "integer", "SEK", "what it comes to"), Column("share", "decimal", "%"),
        Column("day", "date"), Column("rough", "date"), Column("sure", "boolean"), Column("iri", "iri"),
    ),
    (
        ("=1+1", 4529875, Decimal("37.5"), date(2022, 12, 14), "2022-05", True, Iri("http://a/b")),
        (None, None, Decimal("31"), None, date(2022, 12, 14), None, None),
    ),
)


def test_polars_has_the_types_of_the_columns() -> None:
    polars = pytest.importorskip("polars")
    frame = to_polars(TABLE)
    assert dict(frame.schema) == {
        "who": polars.String, "amount": polars.Int64, "share": polars.Decimal(38, 1), "day": polars.Date,
        "rough": polars.String, "sure": polars.Boolean, "iri": polars.String,
    }
    assert frame["amount"].to_list() == [4529875, None] and frame["share"].to_list() == [Decimal("37.5"), Decimal(31)]
    assert frame["day"].to_list() == [date(2022, 12, 14), None] and frame["rough"][1] == "2022-12-14"


def test_pandas_has_the_types_of_the_columns() -> None:
    pytest.importorskip("pandas")
    frame = TABLE.to_pandas()
    kinds = ["string", "Int64", "object", "object", "string", "boolean", "string"]
    assert [str(t).replace("str", "string") if str(t) == "str" else str(t) for t in frame.dtypes] == kinds
    assert frame["share"].sum() == Decimal("68.5") and frame["day"][0] == date(2022, 12, 14)
    assert frame["amount"].sum() == 4529875


def test_parquet_comes_back_as_it_was() -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    out = io.BytesIO()
    write_table(TABLE, "parquet", out)
    found = pyarrow.parquet.read_table(io.BytesIO(out.getvalue()))
    assert [str(f.type) for f in found.schema] == [
        "string", "int64", "decimal128(38, 1)", "date32[day]", "string", "bool", "string"
    ]
    assert found.to_pylist()[0]["share"] == Decimal("37.5") and found.to_pylist()[1]["day"] is None
    assert found.schema.field("amount").metadata == {b"unit": b"SEK", b"description": b"what it comes to"}


def test_excel_has_numbers_and_days() -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    out = io.BytesIO()
    write_xlsx(TABLE, out, (("question", "Vem?"),))
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    rows = list(book["svar"].iter_rows(values_only=True))
    assert rows[0][:3] == ("who", "amount (SEK)", "share (%)")
    assert rows[1] == ("=1+1", 4529875, 37.5, datetime.datetime(2022, 12, 14), "2022-05", True, "http://a/b")
    assert rows[2] == (None, None, 31, None, "2022-12-14", None, None)
    assert book["svar"]["A2"].data_type == "s" and book["svar"]["B2"].number_format == "# ##0"
    assert book["om"]["A1"].value == "question" and book["om"]["B3"].value == "what it comes to (SEK)"


def test_a_number_too_large_for_a_machine_word_is_a_decimal() -> None:
    assert kind_of(Column("n", "integer"), [1, BIG]) == "decimal"
    assert kind_of(Column("n"), [1, "x"]) == "text" and kind_of(Column("n", "integer"), [None]) == "integer"
    pytest.importorskip("pyarrow")
    table = to_arrow(Table((Column("n"),), ((1,), (BIG,))))
    assert table.to_pylist() == [{"n": Decimal(1)}, {"n": Decimal(BIG)}]


def test_a_query_of_ones_own_is_typed_by_its_values() -> None:
    polars = pytest.importorskip("polars")
    text = 'SELECT * { VALUES (?a ?b ?c) { (1 1.5 "2022-12-14"^^xsd:date) (UNDEF 2 UNDEF) } }'
    frame = execute(memory_store(), prepare_text(text)).to_polars()
    assert list(frame.dtypes) == [polars.Int64, polars.Decimal(38, 1), polars.Date]


def test_xml_tells_the_types() -> None:
    from xml.etree import ElementTree

    tree = ElementTree.fromstring(render_xml(TABLE))
    first = tree[1][0]
    values = [(b.get("name"), b[0].tag.rpartition("}")[2], b[0].get("datatype") or "") for b in first]
    kinds = [(name, tag, datatype.rpartition("#")[2]) for name, tag, datatype in values]
    assert kinds == [
        ("who", "literal", ""), ("amount", "literal", "integer"), ("share", "literal", "decimal"),
        ("day", "literal", "date"), ("rough", "literal", ""), ("sure", "literal", "boolean"), ("iri", "uri", ""),
    ]


@pytest.mark.parametrize(("package", "form"), [("pyarrow", "parquet"), ("xlsxwriter", "xlsx")])
def test_a_missing_package_is_named_with_its_extra(package: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageError, match=rf"{package} is not installed.*\[{EXTRAS[package]}\]"):
        write_table(TABLE, form, io.BytesIO())


def test_every_extra_is_one_of_the_package(root: object) -> None:
    import tomllib
    from pathlib import Path

    project = tomllib.loads(Path(str(root), "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for package, extra in EXTRAS.items():
        assert any(line.lower().startswith(package.lower().replace("_", "-")) for line in extras[extra]), package
