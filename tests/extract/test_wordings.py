"""Wordings of one fact, as boards, offices and county boards have them: each sentence stands in the same minutes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.annotate.annotator import Annotator
from kg.clean import clean
from kg.extract import extract, record
from kg.lexicon import load_lexicon
from kg.read import read
from kg.registers import load_registers

MINUTES = """Region Gävleborg                          PROTOKOLL
Regionala utvecklingsnämnden              2021-05-18

§ 44  Information
Nämnden tackar för informationen.

§ 45  {title}
Dnr RUN 2021/101

Beslut
{decision}

Sammanfattning av ärendet
{summary}

§ 46  Mötet avslutas
Ordföranden avslutar mötet.
"""
GRANT = "Regionala utvecklingsnämnden beslutar att bevilja 900 000 kronor till projektet Rena vikar."
BOTH = ["Hudiksvalls kommun", "Nordanstigs kommun"]


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(load_registers())


def read_minutes(annotator: Annotator, folder: Path, **parts: str) -> dict[str, Any]:
    paper = folder / "minutes.txt"
    words = {"title": "Rena vikar", "decision": GRANT, "summary": "Vattnet ska bli renare.", **parts}
    paper.write_text(MINUTES.format(**words), encoding="utf-8")
    return record(extract(annotator.annotate(clean(read(paper))), load_lexicon(), load_registers()))


def read_one(annotator: Annotator, folder: Path, **parts: str) -> dict[str, Any]:
    decisions = read_minutes(annotator, folder, **parts)["decisions"]
    assert [d["project"] for d in decisions] == ["Rena vikar"]
    return decisions[0]


@pytest.mark.parametrize(
    "title",
    [
        "Rena vikar, Söderhamns kommun",
        "Rena vikar (Söderhamns kommun)",
        "Söderhamns kommun – Rena vikar",
        "Ansökan om medel till Rena vikar från Söderhamns kommun",
        "Ansökan projektmedel Rena vikar",
        "Ansökan om regional projektfinansiering: Rena vikar",
    ],
)
def test_title_names_project(title: str, annotator: Annotator, tmp_path: Path) -> None:
    """The applicant and the means in a title are no part of the project's name."""
    act = read_one(annotator, tmp_path, title=title, decision="Ansökan beviljas med 900 000 kronor.")
    assert (act["outcome"], act["amount_sek"]) == ("granted", 900000)


@pytest.mark.parametrize(
    "summary",
    [
        "Bakom ansökan står Söderhamns kommun.",
        "Huvudman för projektet är Söderhamns kommun.",
        "Söderhamns kommun, i samverkan med Hudiksvalls kommun, har ansökt om 900 000 kronor.",
        "Söderhamns kommun ansöker tillsammans med Hudiksvalls kommun om 900 000 kronor.",
        "Söderhamns kommun har hos regionen ansökt om stöd.",
        "En ansökan om 900 000 kronor har kommit in från Söderhamns kommun.",
    ],
)
def test_applicant(summary: str, annotator: Annotator, tmp_path: Path) -> None:
    assert read_one(annotator, tmp_path, summary=summary)["beneficiary"] == "Söderhamns kommun"


@pytest.mark.parametrize(
    ("decision", "share"),
    [
        ("Stöd lämnas med 50 % av godkända kostnader, dock högst 900 000 kronor.", 50.0),
        ("Regionala utvecklingsnämnden beviljar ansökan om 900 000 kronor.", None),
        (
            "Regionala utvecklingsnämnden beslutar att delta som finansiär i projektet Rena vikar med 900 000 kronor.",
            None,
        ),
    ],
)
def test_grant(decision: str, share: float | None, annotator: Annotator, tmp_path: Path) -> None:
    act = read_one(annotator, tmp_path, decision=decision)
    assert (act["outcome"], act["amount_sek"], act["share_percent"]) == ("granted", 900000, share)


def test_rejection_without_a_verb(annotator: Annotator, tmp_path: Path) -> None:
    assert read_one(annotator, tmp_path, decision="Avslag på ansökan.")["outcome"] == "rejected"


@pytest.mark.parametrize(
    ("summary", "field", "value"),
    [
        ("Det innebär en finansieringsgrad på 50 procent.", "share_percent", 50.0),
        ("Regionen medfinansierar därmed 50 procent av kostnaderna.", "share_percent", 50.0),
        ("Av den totala kostnaden på 1 800 000 kronor söks hälften från regionen.", "total_budget_sek", 1800000),
        ("Från Region Gävleborg söks 950 000 kronor.", "applied_amount_sek", 950000),
        ("Genomförandet sker mellan 1/9 2021 och 31/8 2023.", "end", "2023-08-31"),
        ("Projektperiod: 210901 - 230831.", "end", "2023-08-31"),
        ("Projektstart är satt till 1 september 2021.", "start", "2021-09-01"),
        ("Kommunerna Hudiksvall och Nordanstig deltar.", "partners", BOTH),
        ("Hudiksvalls och Nordanstigs kommuner är också med.", "partners", BOTH),
        ("Övriga projektparter är Hudiksvalls kommun samt Nordanstigs kommun.", "partners", BOTH),
    ],
)
def test_fact_of_summary(summary: str, field: str, value: Any, annotator: Annotator, tmp_path: Path) -> None:
    assert read_one(annotator, tmp_path, summary=summary)[field] == value


@pytest.mark.parametrize(
    "summary",
    [
        "Projektet medfinansieras av Söderhamns kommun (400 000 kr) och Gästrike Vatten AB (500 000 kr).",
        "Övrig finansiering: Söderhamns kommun 400 000 kr, Gästrike Vatten AB 500 000 kr.",
    ],
)
def test_others_who_pay_decide_nothing(summary: str, annotator: Annotator, tmp_path: Path) -> None:
    rows = read_minutes(annotator, tmp_path, summary=summary)
    assert len(rows["decisions"]) == 1
    paid = {(r["funder"], r["amount_sek"]) for r in rows["financing"]}
    assert {("Söderhamns kommun", 400000), ("Gästrike Vatten AB", 500000)} <= paid


def test_study_that_showed_the_need(annotator: Annotator, tmp_path: Path) -> None:
    told = "Under 2019 genomfördes förstudien Friska fjärdar, som visade på behovet av detta projekt."
    rows = read_minutes(annotator, tmp_path, summary=told)
    assert rows["lineage"] == [{"project": "Rena vikar", "predecessor": "Friska fjärdar"}]


def test_study_only_told_of_is_no_predecessor(annotator: Annotator, tmp_path: Path) -> None:
    rows = read_minutes(annotator, tmp_path, summary="I förstudien Friska fjärdar mätte föreningen halterna 2019.")
    assert rows["lineage"] == []


def test_name_that_ends_in_a_preposition(annotator: Annotator, tmp_path: Path) -> None:
    decision = "Regionala utvecklingsnämnden beviljar 900 000 kronor till projektet Skärgården året om."
    acts = read_minutes(annotator, tmp_path, title="Projektmedel", decision=decision)["decisions"]
    assert [a["project"] for a in acts] == ["Skärgården året om"]


LETTER = """Region Gävleborg                      {kind}
                                      2021-05-18
                                      RUN 2019/33
Söderhamns kommun

{title}

{decision}
"""


def read_letter(annotator: Annotator, folder: Path, kind: str, title: str, decision: str) -> list[dict[str, Any]]:
    paper = folder / "letter.txt"
    paper.write_text(LETTER.format(kind=kind, title=title, decision=decision), encoding="utf-8")
    return record(extract(annotator.annotate(clean(read(paper))), load_lexicon(), load_registers()))["decisions"]


def test_decision_that_a_revocation_recalls(annotator: Annotator, tmp_path: Path) -> None:
    """The grant that is revoked is a decision of its own day; who is written to received it."""
    decision = (
        "Regionala utvecklingsnämnden återkallar beslutet den 12 juni 2019 om stöd med 900 000 kronor till projektet "
        "Rena vikar."
    )
    acts = read_letter(annotator, tmp_path, "BESLUT", "Återkallelse av stöd till Rena vikar", decision)
    told = {(a["outcome"], a["date"], a["amount_sek"], a["beneficiary"]) for a in acts}
    assert told == {
        ("other", "2021-05-18", 900000, "Söderhamns kommun"),
        ("granted", "2019-06-12", 900000, "Söderhamns kommun"),
    }


def test_new_end_is_the_change_s_alone(annotator: Annotator, tmp_path: Path) -> None:
    decision = (
        "Region Gävleborg godkänner att projektet Rena vikar förlängs till den 31 december 2022. Övriga villkor gäller "
        "enligt beslut 2019-06-12, då nämnden beviljade 900 000 kronor."
    )
    acts = read_letter(annotator, tmp_path, "BESLUT OM ÄNDRING", "Rena vikar – förlängd projekttid", decision)
    told = {(a["outcome"], a["date"], a["amount_sek"], a["end"]) for a in acts}
    assert told == {("other", "2021-05-18", None, "2022-12-31"), ("granted", "2019-06-12", 900000, None)}


@pytest.mark.parametrize("head", ["45 § {}", "Paragraf 45\n{}", "Ärende 45\n{}"])
def test_matters_headed_in_other_ways(head: str, annotator: Annotator, tmp_path: Path) -> None:
    """'45 §' is as good as '§ 45', and a number on a line of its own belongs to the title below it."""
    heads = [head.format(title) for title in ("Rena vikar", "Friska fjärdar")]
    paper = tmp_path / "minutes.txt"
    text = "Region Gävleborg\nRegionala utvecklingsnämnden, protokoll 2021-05-18\n"
    for title, decision in zip(heads, ("Ansökan beviljas med 900 000 kronor.", "Ansökan avslås."), strict=True):
        text += f"\n{title.replace('45', '46') if 'avslås' in decision else title}\n\nBeslut\n{decision}\n"
    paper.write_text(text, encoding="utf-8")
    acts = record(extract(annotator.annotate(clean(read(paper))), load_lexicon(), load_registers()))["decisions"]
    assert {(a["project"], a["outcome"]) for a in acts} == {("Rena vikar", "granted"), ("Friska fjärdar", "rejected")}


def test_labels_around_an_outcome(annotator: Annotator, tmp_path: Path) -> None:
    paper = tmp_path / "decision.txt"
    paper.write_text(
        "BESLUT\n\nBeslutsdatum: 2021-05-18\nDiarienr: RUN 2021/101\nSökande: Söderhamns kommun\nProjekt: Rena vikar\n"
        "Beslut: Bifall\nBeviljat belopp: 900 000 kr\nSökt belopp: 950 000 kr\n",
        encoding="utf-8",
    )
    (act,) = record(extract(annotator.annotate(clean(read(paper))), load_lexicon(), load_registers()))["decisions"]
    assert (act["outcome"], act["amount_sek"], act["applied_amount_sek"]) == ("granted", 900000, 950000)


def test_several_receivers_in_one_sentence(annotator: Annotator, tmp_path: Path) -> None:
    """Each project of the sentence has its own receiver and sum."""
    decision = (
        "Regionala utvecklingsnämnden beviljar Söderhamns kommun 900 000 kronor till Rena vikar och Hudiksvalls kommun "
        "400 000 kronor till Friska fjärdar."
    )
    acts = read_minutes(annotator, tmp_path, title="Projektmedel våren 2021", decision=decision)["decisions"]
    assert {(a["project"], a["beneficiary"], a["amount_sek"]) for a in acts} == {
        ("Rena vikar", "Söderhamns kommun", 900000),
        ("Friska fjärdar", "Hudiksvalls kommun", 400000),
    }


def test_not_taking_part_is_a_rejection(annotator: Annotator, tmp_path: Path) -> None:
    decision = "Regionala utvecklingsnämnden beslutar att inte medverka i finansieringen."
    assert read_one(annotator, tmp_path, decision=decision)["outcome"] == "rejected"


def test_proposal_on_the_line_of_its_heading(annotator: Annotator, tmp_path: Path) -> None:
    paper = tmp_path / "pm.txt"
    paper.write_text(
        "Föredragnings-PM\nRegion Gävleborg, regionala utvecklingsnämnden\n\nProjekt: Rena vikar\n"
        "Sökande: Söderhamns kommun\n\nProjektet höjer kunskapen om vatten.\n\n"
        "Förslag till beslut: Projektet beviljas högst 900 000 kr.\n",
        encoding="utf-8",
    )
    (act,) = record(extract(annotator.annotate(clean(read(paper))), load_lexicon(), load_registers()))["decisions"]
    assert (act["project"], act["outcome"], act["amount_sek"]) == ("Rena vikar", "proposed_grant", 900000)


def test_number_in_a_title_is_no_name(annotator: Annotator, tmp_path: Path) -> None:
    title = "2023.417 KS\n\nMedfinansiering av Rena vikar"
    assert read_one(annotator, tmp_path, title=title)["diary_number"] == "2023.417 KS"
