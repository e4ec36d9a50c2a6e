"""The samples, the development papers and the held-out papers: their gold is well formed, what it
states stands in the paper, and no paper carries a person's address or an official's name.

A gold value that fails here is either mistyped or a fact that the paper does not tell.  For the held-out
papers only the name of the file and of the field are printed, so that a failing run does not show them.
"""

from __future__ import annotations

import csv
import html
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
SETS = {
    "samples": (DATA / "documents", DATA / "gold"),
    "dev": (DATA / "corpus/dev/docs", DATA / "corpus/dev/gold"),
    "dev-2": (DATA / "corpus/dev-2/docs", DATA / "corpus/dev-2/gold"),
    "dev-3": (DATA / "corpus/dev-3/docs", DATA / "corpus/dev-3/gold"),
    "dev-4": (DATA / "corpus/dev-4/docs", DATA / "corpus/dev-4/gold"),
    "held-out-2": (DATA / "corpus/held-out-2/docs", DATA / "corpus/held-out-2/gold"),
    "held-out-3": (DATA / "corpus/held-out-3/docs", DATA / "corpus/held-out-3/gold"),
}
LEAST_PAPERS = {
    "samples": 10,
    "dev": 24,
    "dev-2": 24,
    "dev-3": 6,
    "dev-4": 24,
    "held-out-2": 4,
    "held-out-3": 16,
}

TEXTS = (
    "project",
    "outcome",
    "deciding_body",
    "authority",
    "date",
    "diary_number",
    "beneficiary",
    "funding_source",
    "start",
    "end",
)
AMOUNTS = ("amount_sek", "total_budget_sek", "applied_amount_sek")
LISTS = ("case_ids", "counties", "municipalities", "partners")
DECISION_KEYS = {*TEXTS, *AMOUNTS, *LISTS, "share_percent"}
OUTCOMES = {"granted", "rejected", "proposed_grant", "proposed_rejection", "other"}
FUNDS = {
    "1:1-anslaget": r"1:1|tillväxtmedel|utvecklingsmedel",
    "Europeiska regionala utvecklingsfonden": (
        r"regionala\s+utvecklingsfonden|eruf|regionalfond|regional\s+development\s+fund"
    ),
    "Europeiska socialfonden": r"socialfond|esf",
    "Europeiska socialfonden+": r"socialfonden\+|esf\+",
}
MONTHS = (  # Swedish or English, by number
    "januari|january",
    "februari|february",
    "mars|march",
    "april",
    "maj|may",
    "juni|june",
    "juli|july",
    "augusti|august",
    "september",
    "oktober|october",
    "november",
    "december",
)
NUMERALS = {
    "en": 1,
    "ett": 1,
    "två": 2,
    "tre": 3,
    "fyra": 4,
    "fem": 5,
    "sex": 6,
    "sju": 7,
    "åtta": 8,
    "nio": 9,
    "tio": 10,
    "elva": 11,
    "tolv": 12,
}


# --- reading ------------------------------------------------------------------------------------------------


def decode(path: Path) -> str:
    payload = path.read_bytes()
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("cp1252")


@cache
def paper_text(path: Path) -> str:
    """The paper in lower case, without tags and ligatures; words cut at a line end stand both ways."""
    text = decode(path)
    if path.suffix == ".html":
        text = re.sub(r"(?is)<(script|style)\b.*?</\1>", " ", text)
        text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    if "Ã" in text:  # UTF-8 that was read as Windows-1252: one paper is given so, as some sites serve them
        text = text.encode("cp1252").decode("utf-8")
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold()
    return re.sub(r"-\s*\n\s*", "", text) + "\n" + re.sub(r"-\s*\n\s*", "-", text)


def squeeze(text: str) -> str:
    return re.sub(r"[^\w*+]", "", unicodedata.normalize("NFKC", text).casefold())


@cache
def squeezed_paper(path: Path) -> str:
    return squeeze(paper_text(path))


@cache
def digits_closed(path: Path) -> str:
    """The paper with its thousands separators closed, those that a line break stands in included."""
    return re.sub(r"(?<=\d)(?:\n ?|[ .,])(?=\d{3}(?!\d))", "", paper_text(path))


@cache
def other_names() -> dict[str, frozenset[str]]:
    """The ways of writing each name of the registers."""
    found: dict[str, frozenset[str]] = {}
    for name in ("organisations", "municipalities", "counties"):
        with (DATA / "registers" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                canonical = row.get("name_sv") or row["name"]
                others = [row.get(k) or "" for k in ("short_name", "name_en", "region_name")]
                for key in ("acronyms", "aliases"):
                    others += (row.get(key) or "").split("|")
                found[canonical] = frozenset(n for n in others if n) | found.get(canonical, frozenset())
                if name == "counties":
                    found[row["short_name"]] = frozenset({canonical, row["name_en"]})
                if name == "municipalities":
                    found[canonical] |= {f"municipality of {row['short_name']}"}
    return found


# --- does the paper say it? ---------------------------------------------------------------------------------


def says_words(path: Path, name: str) -> bool:
    """Each word of the name stands in the paper, up to its ending: a page head or a column may stand between
    them, and a word may be cut at the end of a cell's line."""
    text = paper_text(path)
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold())

    def says_word(word: str) -> bool:
        if re.search(rf"(?<!\w){re.escape(word if len(word) < 6 else word[:-2])}", text):
            return True
        cuts = range(3, len(word) - 2)
        return any(
            re.search(rf"\b{word[:i]}-", text) and re.search(rf"(?<!\w){word[i:]}\b", text) for i in cuts
        )

    return all(says_word(word) for word in words)


def says_name(path: Path, name: str) -> bool:
    short = re.sub(r"s? kommun$", "", name)
    names = {name, short, *other_names().get(name, ())}
    names |= {"sörmland"} if name == "Södermanland" else set()
    return any(squeeze(n) in squeezed_paper(path) or says_words(path, n) for n in names)


def says_amount(path: Path, amount: int) -> bool:
    text = digits_closed(path)
    if re.search(rf"(?<!\d){amount}(?!\d)", text):
        return True
    if (
        amount % 1000 == 0
        and re.search(r"tkr|tusen", text)
        and re.search(rf"(?<!\d){amount // 1000}(?!\d)", text)
    ):
        return True
    if not re.search(r"miljon|milj|mkr|mnkr|mnkr|msek|million", text):
        return False
    millions = f"{amount / 1_000_000:.6f}".rstrip("0").rstrip(".")
    shown = {millions, millions + ".0"} if "." not in millions else {millions}
    if any(
        re.search(rf"(?<![\d,.]){re.escape(m).replace(chr(92) + '.', '[.,] ?')}(?!\d)", text) for m in shown
    ):
        return True
    return any(
        value * 1_000_000 == amount and re.search(rf"\b{word}\s+miljon", text)
        for word, value in NUMERALS.items()
    )


def says_date(path: Path, date: str) -> bool:
    text = paper_text(path)
    year, *rest = date.split("-")
    if len(rest) == 2 and re.search(rf"\b{year[2:]}{rest[0]}{rest[1]}\b", text):
        return True
    if year not in text:
        return False
    if not rest:
        return True
    if date in text or date.replace("-", "") in text:
        return True
    months = MONTHS[int(rest[0]) - 1]
    if len(rest) == 1:
        return re.search(rf"\b({months})\b", text) is not None
    day = int(rest[1])
    return re.search(rf"\b0?{day}[\s:e]+({months}|{months[:3]})\b", text) is not None or "-".join(rest) in text


def says_share(path: Path, share: float) -> bool:
    number = f"{share:g}".replace(".", "[.,]") + ("0*" if share % 1 else "([.,]0+)?")
    return re.search(rf"(?<![\d,.]){number}(?!\d)\s*(procent|%|per\s+cent)", paper_text(path)) is not None


def says_fund(path: Path, fund: str) -> bool:
    known = FUNDS.get(fund)
    return says_name(path, fund) if known is None else re.search(known, paper_text(path)) is not None


def says_number(path: Path, number: str) -> bool:
    return squeeze(number) in squeezed_paper(path)


CHECKS: dict[str, Callable[[Path, Any], bool]] = {
    "project": says_name,
    "deciding_body": says_words,
    "authority": says_name,
    "date": says_date,
    "diary_number": says_number,
    "beneficiary": says_name,
    "funding_source": says_fund,
    "start": says_date,
    "end": says_date,
    "share_percent": says_share,
    "amount_sek": says_amount,
    "total_budget_sek": says_amount,
    "applied_amount_sek": says_amount,
    "case_ids": says_number,
    "counties": says_name,
    "municipalities": says_name,
    "partners": says_name,
    "funder": says_name,
    "predecessor": says_name,
    "related": says_name,
}


def stated_values(gold: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for decision in gold["decisions"]:
        for key in CHECKS.keys() & decision.keys():
            value = decision[key]
            yield from ((key, v) for v in (value if isinstance(value, list) else [value]) if v is not None)
    for row in gold["financing"] + gold["lineage"]:
        yield from ((key, v) for key, v in row.items() if v is not None)
    yield from (("related", name) for name in gold["related"])


# --- the form of a gold file --------------------------------------------------------------------------------


def faults_of_form(gold: dict[str, Any]) -> Iterator[str]:
    if set(gold) - {"issues"} != {"decisions", "financing", "lineage", "related", "same_decision_as"}:
        yield f"keys {sorted(gold)}"
        return
    for decision in gold["decisions"]:
        name = decision.get("project")
        if set(decision) != DECISION_KEYS:
            yield f"{name}: keys differ by {sorted(set(decision) ^ DECISION_KEYS)}"
            continue
        if decision["outcome"] not in OUTCOMES or not name:
            yield f"{name}: outcome {decision['outcome']!r}"
        for key in TEXTS:
            if decision[key] is not None and (
                not isinstance(decision[key], str) or decision[key] != decision[key].strip()
            ):
                yield f"{name}: {key} is no clean text"
        for key in AMOUNTS:
            if decision[key] is not None and (type(decision[key]) is not int or decision[key] <= 0):
                yield f"{name}: {key} is no whole amount"
        for key in LISTS:
            values = decision[key]
            if not isinstance(values, list) or len(set(values)) != len(values):
                yield f"{name}: {key} is no list without doubles"
        share = decision["share_percent"]
        if share is not None and not (isinstance(share, float) and 0 < share <= 100):
            yield f"{name}: share {share!r}"
        if decision["date"] is not None and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", decision["date"]):
            yield f"{name}: date {decision['date']}"
        for key in ("start", "end"):
            if decision[key] is not None and not re.fullmatch(r"\d{4}(-\d{2}){0,2}", decision[key]):
                yield f"{name}: {key} {decision[key]}"
        if decision["start"] and decision["end"] and decision["start"][:4] > decision["end"][:4]:
            yield f"{name}: ends before it starts"
        if decision["outcome"] in ("rejected", "proposed_rejection") and decision["amount_sek"] is not None:
            yield f"{name}: a rejection grants nothing"
        if decision["beneficiary"] in decision["partners"]:
            yield f"{name}: the beneficiary is no partner"
        for key, whole in (("amount_sek", "total_budget_sek"), ("applied_amount_sek", "total_budget_sek")):
            if decision[key] and decision[whole] and decision[key] > decision[whole]:
                yield f"{name}: {key} exceeds {whole}"
    for row in gold["financing"]:
        if set(row) != {"project", "funder", "amount_sek"} or not row["funder"]:
            yield f"financing row {sorted(row)}"
    for row in gold["lineage"]:
        if set(row) != {"project", "predecessor"} or row["project"] == row["predecessor"]:
            yield f"lineage row {row}"


def papers(which: str) -> list[tuple[Path, dict[str, Any]]]:
    docs, golds = SETS[which]
    found = {p.stem: p for p in sorted(docs.iterdir()) if not p.name.startswith(".")}
    facts = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted(golds.glob("*.json"))}
    assert found.keys() == facts.keys(), f"{which}: without its pair: {sorted(found.keys() ^ facts.keys())}"
    assert len(found) >= LEAST_PAPERS[which]
    return [(path, facts[stem]) for stem, path in found.items()]


# --- tests --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", SETS)
def test_gold_is_well_formed(which: str) -> None:
    faults = [
        f"{path.stem}: {fault if not which.startswith('held-out') else 'form'}"
        for path, gold in papers(which)
        for fault in faults_of_form(gold)
    ]
    assert not faults, "\n".join(faults)


# What this checker cannot read, though a person can: (paper, key) -> the reason.
BEYOND_THE_CHECKER = {
    ("c01-jh-run-protokoll-flera", "end"): "written as the last of June",
    ("c03-lansstyrelsen-beslutsbrev", "end"): "written as the last of March",
    ("h05-sjobygden-direktion-tabell", "amount_sek"): "cells on lines of their own, in tkr by the head",
    ("h05-sjobygden-direktion-tabell", "applied_amount_sek"): "cells on lines of their own, in tkr by the head",
    ("h05-sjobygden-direktion-tabell", "total_budget_sek"): "cells on lines of their own, in tkr by the head",
    ("h08-gavleborg-beslutsbrev", "share_percent"): "written 48,00 %",
    ("k03-varmland-styrelsen-i-korthet", "share_percent"): "written nio procent",
    ("k06-lansstyrelsen-vg-lona-beslut", "share_percent"): "the sign stands in the head of the table",
    ("h10-sormland-utlatande-med-beslut", "funding_source"): "written as the state's regional growth means",
    ("b01-tillvaxt-beslut-eu-stod", "share_percent"): "written 40,00 procent",
    ("b08-gotland-celler-rad-for-rad", "amount_sek"): "cells on lines of their own, one number below another",
    ("b08-gotland-celler-rad-for-rad", "applied_amount_sek"): "cells on lines of their own, one number below another",
    ("b14-leader-cellrader-okanda-huvuden", "amount_sek"): "cells on lines of their own, sums below points",
    ("b21-tabell-bruten-sidor-summa-fel", "project"): "a word broken over two rows, with other cells between",
    ("h59-leader-fjallskogen-beslutslista", "amount_sek"): "cells on lines of their own, in tkr by the head",
    ("h59-leader-fjallskogen-beslutslista", "applied_amount_sek"): "cells on lines of their own, in tkr by the head",
}


@pytest.mark.parametrize("which", SETS)
def test_gold_stands_in_the_paper(which: str) -> None:
    faults = [
        f"{path.stem}: {key}" + (f": {value!r}" if not which.startswith("held-out") else "")
        for path, gold in papers(which)
        for key, value in stated_values(gold)
        if (path.stem, key) not in BEYOND_THE_CHECKER and not CHECKS[key](path, value)
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("which", SETS)
def test_same_decision_is_mutual(which: str) -> None:
    pairs = {path.stem: gold["same_decision_as"] for path, gold in papers(which)}
    assert [a for a, b in pairs.items() if b and pairs.get(b) != a] == []


@pytest.mark.parametrize("which", SETS)
def test_no_paper_holds_an_address_of_a_person(which: str) -> None:
    forms = {
        "e-mail": r"[\w.+-]+@[\w-]+\.\w",
        "telephone": r"(?<![\d/-])(\+46|0\d{1,3}[-/ ]\d{2,3} ?\d{2} ?\d{2})(?!\d)",
        "personal number": r"(?<!\d)(\d\d)?\d\d(0[1-9]|1[0-2])([0-2]\d|3[01])[-+]\d{4}(?!\d)",
    }
    faults = [
        f"{path.stem}: {kind}"
        for path, _ in papers(which)
        for kind, form in forms.items()
        if re.search(form, decode(path))
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("which", SETS)
def test_no_paper_names_an_official_of_the_real_papers(which: str, shared: Path) -> None:
    name = r"[A-ZÅÄÖ][a-zåäöé]+ [A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
    places = (
        rf"(?m)^ *({name}), |Projektstöd, ({name})|professor ({name})"
        rf"|^ *({name}) ?- ?Verksamhetschef|^({name})\s*\nRegional utv"
    )
    names = {
        found
        for path in sorted((shared / "documents").glob("*.txt"))
        for match in re.finditer(places, path.read_text(encoding="utf-8"))
        for found in match.groups()
        if found
    }
    things = {"region", *(word.casefold() for known in other_names() for word in known.split())}
    names = {found for found in names if not things & set(found.casefold().split())}
    assert len(names) >= 5, "the real papers' officials were not found: the test would not fail"
    faults = [path.stem for path, _ in papers(which) if any(n.casefold() in paper_text(path) for n in names)]
    assert not faults


def test_the_checker_sees_what_a_paper_does_not_say(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Nämnden beviljar Säters kommun 2 150\n000 kr, 45 procent, den 3 maj 2021 till Ljus-\nstråket.",
        encoding="utf-8",
    )
    right = {
        "beneficiary": "Säters kommun",
        "amount_sek": 2150000,
        "share_percent": 45.0,
        "date": "2021-05-03",
        "project": "Ljusstråket",
    }
    wrong = {
        "beneficiary": "Falu kommun",
        "amount_sek": 215000,
        "share_percent": 5.0,
        "date": "2021-05-13",
        "project": "Mörkerstråket",
    }
    assert all(CHECKS[key](path, value) for key, value in right.items())
    assert not any(CHECKS[key](path, value) for key, value in wrong.items())
