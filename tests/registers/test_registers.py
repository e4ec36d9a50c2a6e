"""The registers: every record of the files, found by any of its names; a malformed file is refused with its line."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ResourceError
from kg.registers import (
    County,
    Municipality,
    Organisation,
    Programme,
    alternatives,
    check_org_number,
    load_registers,
    normal_form,
)
from kg.resources import data_path


@pytest.fixture(scope="module")
def registers():
    return load_registers()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for path in data_path("data", "registers").glob("*.csv"):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def test_counts(registers):
    assert len(registers.counties) == 21
    assert len(registers.municipalities) == 290
    kinds = Counter(o.kind for o in registers.organisations)
    assert kinds["municipality"] == 289, "Gotland's organisation is the region"
    assert kinds["region"] == kinds["county_board"] == 21


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Luleå tekniska universitet", "lulea-tekniska-universitet"),
        ("LULEÅ TEKNISKA UNIVERSITET", "lulea-tekniska-universitet"),
        ("Luleå tekniska universitets", "lulea-tekniska-universitet"),
        ("LTU", "lulea-tekniska-universitet"),
        ("Luleå University of Technology", "lulea-tekniska-universitet"),
        ("Mälardalens högskola", "malardalens-universitet"),
        ("Västerås stad", "kommun-1980"),
        ("City of Västerås", "kommun-1980"),
        ("Härnösand kommun", "kommun-2280"),
        ("Kramfors kommuns", "kommun-2282"),
        ("Örebro Holding", "orebro-holding"),
        ("Paper Province ek. för.", "paper-province"),
        ("Region Gotland", "region-gotland"),
        ("Swedish Incubators & Science Parks", "sisp"),
        ("Länsstyrelsen Västerbotten", "lansstyrelsen-vasterbotten"),
    ],
)
def test_lookup_organisation(registers, name, id):
    found = registers.lookup_organisation(name)
    assert found is not None and found.id == id


def test_lookup_tells_the_territory_from_its_authority(registers):
    assert [type(r) for r in registers.lookup("Norrbottens län")] == [County]
    assert [r.id for r in registers.lookup("Region Norrbotten")] == ["region-norrbotten"]
    assert {type(r) for r in registers.lookup("Uppsala")} == {County, Municipality}
    assert registers.municipality_of("kommun-2282").short_name == "Kramfors"
    assert registers.county("25").region_id == "region-norrbotten"


def test_the_plus_of_the_fund_counts(registers):
    assert normal_form("ESF+") != normal_form("ESF")
    plus = next(r for r in registers.lookup("Europeiska socialfonden+") if isinstance(r, Programme))
    assert plus.canonical == "Europeiska socialfonden+"
    plain = next(r for r in registers.lookup("ESF") if isinstance(r, Programme))
    assert plain.canonical == "Europeiska socialfonden"


def test_unknown_and_empty_names(registers):
    assert registers.lookup("Stiftelsen Finns Inte") == []
    assert registers.lookup("") == []


def test_every_record_is_found_by_each_of_its_names(registers):
    for record in registers.records():
        for name in (record.name, *record.names):
            assert record in registers.lookup(name), name


def test_references_hold(registers):
    ids = {o.id for o in registers.organisations}
    assert all(o.parent in ids for o in registers.organisations if o.parent)
    assert all(p.managing_body in ids for p in registers.programmes if p.managing_body)
    assert all(s.region in ids for s in registers.strategies if s.region)
    assert all(c.region_id in ids for c in registers.counties)
    assert all(m.county in {c.id for c in registers.counties} for m in registers.municipalities)
    assert all(m.organisation_id in ids for m in registers.municipalities)


def test_unverified_rows_are_marked(registers):
    marked = [r for r in registers.records() if isinstance(r, Organisation | Programme) and not r.verified]
    assert marked and all(r.source.startswith("general knowledge") for r in marked)


@pytest.mark.parametrize(
    ("number", "right"),
    [
        ("202100-2841", True),
        ("2021002841", True),
        ("202100-2842", False),
        ("", False),
        ("١٢٣٤٥٦٧٨٩٠", False),
        ("202100", False),
    ],
)
def test_check_digit(number, right):
    assert check_org_number(number) is right


@given(st.text(max_size=60))
def test_normal_form_is_idempotent_and_lookup_never_raises(text):
    form = normal_form(text)
    assert normal_form(form) == form
    assert form not in alternatives(text)
    load_registers().lookup(text)


def test_signature_follows_the_contents(copied: Path, registers):
    assert load_registers(copied).signature == registers.signature
    load_registers.cache_clear()
    path = copied / "strategies.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Agenda 2030", "Agenda 2031"), encoding="utf-8")
    assert load_registers(copied).signature != registers.signature


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda text: text + "one,cell\n", "cells"),
        (lambda text: text.replace("municipality_code", "code", 1), "municipality_code"),
        (lambda text: text.replace("212000-0019", "212000-0018", 1), "check digit"),
        (lambda text: text + text.splitlines(keepends=True)[1], "twice"),
        (lambda text: text.replace("\n0115,", '\n"0115,', 1), ""),
        (lambda text: "", "empty"),
    ],
)
def test_malformed_file_is_refused_with_its_place(copied: Path, damage, says):
    path = copied / "municipalities.csv"
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ResourceError) as caught:
        load_registers(copied)
    assert "municipalities.csv" in caught.value.where
    assert says in caught.value.message


def test_missing_file_is_refused(copied: Path):
    (copied / "counties.csv").unlink()
    with pytest.raises(ResourceError, match="cannot be read"):
        load_registers(copied)


def test_loading_is_quick():
    best = min(_time_loading() for _ in range(3))
    assert best < 0.5, "about 0.04 s on the machine it was written on"


def _time_loading() -> float:
    load_registers.cache_clear()
    started = time.process_time()
    load_registers()
    return time.process_time() - started


def test_former_names_are_optional_and_checked(copied: Path, registers):
    assert {p.id for p in registers.name_periods} <= {o.id for o in registers.organisations}
    assert all(p.since or p.until for p in registers.name_periods) and all(p.source for p in registers.name_periods)
    path = copied / "former_names.csv"
    path.write_text("id,name,since,until,source\nno-such,Region X,2019-01-01,,x\n", encoding="utf-8")
    load_registers.cache_clear()
    with pytest.raises(ResourceError, match=r"former_names\.csv:2"):
        load_registers(copied)
    path.unlink()
    assert load_registers(copied).name_periods == ()
