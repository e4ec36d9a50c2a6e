"""Invented papers for each verdict, from the words to the verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.forms import Catalogue, Fingerprint, FormReader, judge, load_catalogue, to_known
from kg.read import read_bytes

MINUTES = """Region Sjöbo Norra
Regionala utvecklingsnämnden
Sammanträdesprotokoll
{date}

§ {item} Projektmedel till {name}
{number}

Beslut
Regionala utvecklingsnämnden beslutar
att {verb} {owner} {amount} kronor till projektet {name}, och
att projektet pågår från den 1 januari 2024 till den 31 december 2025.

Bakgrund
{owner} ansöker om stöd till projektet {name}. Projektet ska stärka små företag i länet.
"""


def minutes(count: int = 1, **changes: str) -> str:
    values = {
        "date": f"2023-0{count}-14",
        "item": str(40 + count),
        "name": ["Grön verkstad", "Nya vägar", "Digital hamn", "Lokal mat"][count % 4],
        "number": f"Dnr: RUN 2023/{100 + count}",
        "owner": "Luleå kommun",
        "verb": "bevilja",
        "amount": f"{count} 250 000",
    }
    return MINUTES.format(**(values | changes))


@pytest.fixture(scope="module")
def reader() -> FormReader:
    return FormReader()


def look(reader: FormReader, text: str, name: str = "paper.txt") -> Fingerprint:
    return reader.fingerprint(read_bytes(text.encode(), name))


@pytest.fixture(scope="module")
def seen(reader: FormReader) -> Catalogue:
    """The package's papers and three of one board."""
    return load_catalogue() + Catalogue(to_known(look(reader, minutes(n), f"{n}.txt")) for n in (1, 2, 3))


def test_the_next_minutes_of_a_board_are_known(reader: FormReader, seen: Catalogue) -> None:
    verdict = judge(look(reader, minutes(4)), seen)
    assert (verdict.verdict, verdict.findings) == ("known", ()) and verdict.similarity > 0.9


def test_a_number_that_is_gone_is_named_with_its_place(reader: FormReader, seen: Catalogue) -> None:
    verdict = judge(look(reader, minutes(4, number="")), seen)
    assert verdict.verdict == "moved"
    assert [f.code for f in verdict.findings] == ["no_diary_number"]
    assert verdict.findings[0].missing.startswith("no diary number: papers of this body carry it ")


def test_one_paper_of_a_body_shows_nothing_to_expect(reader: FormReader) -> None:
    one = Catalogue([to_known(look(reader, minutes(1)))])
    assert judge(look(reader, minutes(4, number="")), one).verdict == "known"


def test_a_verb_that_is_not_understood_is_named(reader: FormReader, seen: Catalogue) -> None:
    verdict = judge(look(reader, minutes(4, verb="vinkalisera")), seen)
    assert verdict.verdict == "moved"
    assert {"no_decision", "silent_decision"} <= {f.code for f in verdict.findings}
    assert any("nämnden beslutar'" in f.missing and "no decision verb" in f.missing for f in verdict.findings)


def test_a_matter_that_is_not_understood_among_others_is_named(reader: FormReader, seen: Catalogue) -> None:
    matter = minutes(2, verb="vinkalisera").partition("§ 42")[2]
    verdict = judge(look(reader, f"{minutes(1)}\n§ 42{matter}"), seen)
    assert (verdict.verdict, [f.code for f in verdict.findings]) == ("moved", ["silent_matter"])
    assert "'§ 42 Projektmedel till Digital hamn'" in verdict.findings[0].missing
    understood = minutes(2).partition("§ 42")[2]
    assert judge(look(reader, f"{minutes(1)}\n§ 42{understood}"), seen).verdict == "known"


def test_a_column_of_sums_under_an_unknown_head_is_named(reader: FormReader) -> None:
    cells = "".join(f"<tr><td>Nya vägar {n}</td><td>Forum Företag AB</td><td>{n}00 000</td></tr>" for n in range(2, 7))
    head = "<tr><th>Projekt</th><th>Sökande</th><th>Föreslagen vinkning</th></tr>"
    text = f"<html><body><h1>Beviljade projekt</h1><p>2023-05-02</p><table>{head}{cells}</table></body></html>"
    found = look(reader, text).findings
    assert any(f.code == "unknown_head" and "'Föreslagen vinkning'" in f.missing and f.moves for f in found)
    told = look(reader, text.replace("Föreslagen vinkning", "Beviljat belopp")).findings
    assert not any(f.code == "unknown_head" for f in told)


def test_something_else_on_the_same_letterhead_is_unknown(reader: FormReader, seen: Catalogue) -> None:
    head = "Region Sjöbo Norra\nRegionala utvecklingsnämnden\n\n"
    menu = head + "Lunch i matsalen vecka 12\n\nSoppa och pannkakor serveras klockan 12.\n"
    verdict = judge(look(reader, menu), seen)
    assert verdict.verdict == "unknown form"
    assert "no decision" in verdict.findings[-1].missing and "leave the paper out" in verdict.findings[-1].hint


def test_a_paper_of_the_package_is_known(reader: FormReader, root: Path) -> None:
    verdict = judge(reader.read(root / "data/documents/indi-avslag.txt"), load_catalogue())
    assert (verdict.verdict, verdict.similarity, verdict.nearest.name) == ("known", 1.0, "indi-avslag.txt")


def test_without_a_catalogue_nothing_is_known(reader: FormReader) -> None:
    verdict = judge(look(reader, minutes(1)), Catalogue(()))
    assert verdict.verdict == "unknown form" and verdict.nearest is None and verdict.findings


def test_the_same_paper_gives_the_same_fingerprint(reader: FormReader) -> None:
    assert look(reader, minutes(2)) == look(FormReader(), minutes(2))
