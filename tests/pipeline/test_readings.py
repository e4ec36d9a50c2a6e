"""What reading gave of a paper is kept, so that a change of what comes after it parses no file again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.config import Config
from kg.graph.store import open_graph
from kg.model import Extraction, Issue, Mark, RawDocument
from kg.pipeline import Stages, build
from kg.pipeline import papers as stage
from kg.pipeline.readings import SUFFIX, ReadingFolder
from kg.pipeline.signatures import sign_reading
from kg.read import Member, members, read_member
from tests.pipeline.conftest import NOW, make_test_stages
from tests.pipeline.test_increment import export, settle

AMOUNT = NamedNode("https://w3id.org/beslutsgraf/ns#amount")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RAW = RawDocument("ab" * 32, "a.pdf", "application/pdf", "Å\ud800 1", (Mark("page", 0, 3, 1),), (Issue("x", "y"),))


def test_a_reading_gives_back_the_paper(tmp_path: Path) -> None:
    folder = ReadingFolder(tmp_path, "one")
    folder.keep(RAW)
    assert folder.find(RAW.id, "b.pdf") == replace(RAW, source="b.pdf")
    assert ReadingFolder(tmp_path, "two").find(RAW.id, "b.pdf") is None
    assert ReadingFolder(tmp_path, "").find(RAW.id, "b.pdf") is None


def test_a_reading_that_is_damaged_or_of_another_paper_is_none(tmp_path: Path) -> None:
    folder = ReadingFolder(tmp_path, "one")
    folder.keep(RAW)
    path = tmp_path / f"{RAW.id}{SUFFIX}"
    whole = path.read_bytes()
    for place in range(0, len(whole), 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert folder.find(RAW.id, "a.pdf") is None, place
        path.write_bytes(whole[:place])
        assert folder.find(RAW.id, "a.pdf") is None, place
    path.rename(tmp_path / f"{'cd' * 32}{SUFFIX}")
    assert folder.find("cd" * 32, "a.pdf") is None


def test_what_is_kept_and_what_is_not(tmp_path: Path) -> None:
    folder = ReadingFolder(tmp_path, "one")
    for media_type in ("text/plain", "text/html", "text/markdown"):
        folder.keep(replace(RAW, media_type=media_type))
    folder.keep(replace(RAW, issues=(Issue("needs_ocr", "page 2"),)))
    ReadingFolder(tmp_path, "").keep(RAW)
    assert list(tmp_path.iterdir()) == []
    folder.keep(replace(RAW, media_type=DOCX))
    assert [path.suffix for path in tmp_path.iterdir()] == [SUFFIX]


def test_other_text_recognition_reads_its_papers_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, read_by_ocr = ReadingFolder(tmp_path, "one"), replace(RAW, issues=(Issue("read_by_ocr", "1 page"),))
    monkeypatch.setattr("kg.pipeline.readings.sign_recognition", lambda: "tesseract 5")
    folder.keep(read_by_ocr)
    folder.keep(replace(RAW, id="cd" * 32))
    assert folder.find(RAW.id, "a.pdf") is not None
    monkeypatch.setattr("kg.pipeline.readings.sign_recognition", lambda: "tesseract 6")
    assert folder.find(RAW.id, "a.pdf") is None
    assert folder.find("cd" * 32, "a.pdf") is not None


# --- in builds ------------------------------------------------------------------------------------------------------


def make_stages(rules: str, reading: str = "one") -> Stages:
    def find(path: Path, source: str) -> Iterator[Member]:
        return members(path, source=source)

    return replace(make_test_stages(rules), members=find, reading=(("code of reading", reading),))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were parsed, by name."""
    names: list[str] = []

    def read_and_tell(member: Member) -> RawDocument:
        names.append(Path(member.source).name)
        return read_member(member)

    monkeypatch.setattr(stage, "read_member", read_and_tell)
    return names


@pytest.fixture
def forms(papers: Path) -> Path:
    """Papers as text and RTF, which is put together with marks."""
    (papers / "form.rtf").write_bytes(rb"{\rtf1\ansi Havet;granted;12\par}")
    return papers


def test_other_rules_parse_no_kept_paper_again(forms: Path, config: Config, tmp_path: Path, parsed: list[str]) -> None:
    build([forms], config, now=NOW, stages=make_stages("one"))
    assert sorted(parsed) == ["a.txt", "b.txt", "c.txt", "form.rtf"]
    parsed.clear()
    report = build([forms], config, now=NOW, stages=make_stages("two"))
    assert sorted(parsed) == ["a.txt", "b.txt", "c.txt"]
    assert report.kept == 1 and report.again == (("rules changed", 4),) and report.reused == 0
    # they say what they said, so that nothing of the graph is made anew
    assert dict(report.seconds).keys().isdisjoint({"resolve", "load"})
    parsed.clear()
    build([forms], config, now=NOW, stages=make_stages("three", "two"))
    assert "form.rtf" in parsed
    anew = replace(config, store=tmp_path / "anew")
    build([forms], anew, now=NOW, stages=make_stages("three", "two"))
    assert export(config.store) == export(anew.store)


@pytest.mark.parametrize("damage", ["lost", "cut", "changed"])
def test_a_kept_paper_that_is_damaged_is_parsed_again(
    damage: str, forms: Path, config: Config, tmp_path: Path, parsed: list[str]
) -> None:
    build([forms], config, now=NOW, stages=make_stages("one"))
    (kept,) = (config.store / "shards").glob(f"*{SUFFIX}")
    data = kept.read_bytes()
    match damage:
        case "lost":
            kept.unlink()
        case "cut":
            kept.write_bytes(data[:-9])
        case "changed":
            kept.write_bytes(data[:-9] + bytes([data[-9] ^ 255]) + data[-8:])
    parsed.clear()
    report = build([forms], config, now=NOW, stages=make_stages("two"))
    assert "form.rtf" in parsed and report.kept == 0
    anew = replace(config, store=tmp_path / "anew")
    build([forms], anew, now=NOW, stages=make_stages("two"))
    assert export(config.store) == export(anew.store)
    assert kept.read_bytes() == data


def test_what_was_kept_goes_with_the_paper(forms: Path, config: Config) -> None:
    build([forms], config, now=NOW, stages=make_stages("one"))
    (forms / "form.rtf").unlink()
    build([forms], config, now=NOW, stages=make_stages("one"))
    assert list((config.store / "shards").glob(f"*{SUFFIX}")) == []


def test_a_paper_that_text_recognition_read_is_read_again_by_another_version(
    forms: Path, config: Config, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the papers here, those named "c" are scanned."""

    def make(amount: str) -> Stages:
        stages = make_stages("one")

        def extract(raw: RawDocument) -> Extraction:
            scanned = Path(raw.source).name == "c.txt"
            found = stages.extract(replace(raw, text=raw.text.replace("7", amount) if scanned else raw.text))
            return replace(found, issues=(Issue("read_by_ocr", "1 page"),)) if scanned else found

        return replace(stages, extract=extract)

    for module in ("readings", "standing"):
        monkeypatch.setattr(f"kg.pipeline.{module}.sign_recognition", lambda: "tesseract 5")
    build([forms], config, now=NOW, stages=make("7"))
    settle(config.store)
    assert build([forms], config, now=NOW, stages=make("8")).reused == 4
    for module in ("readings", "standing"):
        monkeypatch.setattr(f"kg.pipeline.{module}.sign_recognition", lambda: "tesseract 6")
    parsed.clear()
    report = build([forms], config, now=NOW, stages=make("8"))
    assert parsed == ["c.txt"] and report.again == (("text recognition changed", 1),)
    with open_graph(config.store) as graph:
        amounts = {quad.object.value for quad in graph.store.quads_for_pattern(None, AMOUNT, None, None)}
    assert "8" in amounts and "7" not in amounts


def test_a_paper_that_wanted_text_recognition_changes_the_graph_when_it_is_there(forms: Path, config: Config) -> None:
    there = False

    def make() -> Stages:
        stages = make_stages("one")

        def extract(raw: RawDocument) -> Extraction:
            found = stages.extract(raw)
            if Path(raw.source).name != "c.txt" or there:
                return found
            return replace(found, claims=(), issues=(Issue("needs_ocr", "page 1: scanned"),))

        return replace(stages, extract=extract)

    build([forms], config, now=NOW, stages=make())
    settle(config.store)
    there = True
    report = build([forms], config, now=NOW, stages=make())
    assert report.reused == 3 and report.manifest.revisions == 1
    with open_graph(config.store) as graph:
        assert any(quad.object.value == "7" for quad in graph.store.quads_for_pattern(None, AMOUNT, None, None))


def test_a_file_that_was_too_large_is_read_when_the_limit_is_raised(forms: Path, config: Config) -> None:
    def make(limit: int) -> Stages:
        def find(path: Path, source: str) -> Iterator[Member]:
            return members(path, source=source, limit=limit)

        return replace(make_stages("one"), members=find, reading=sign_reading(limit))

    (forms / "large.txt").write_text("Norrsken;granted;1000\n" * 50)
    assert [r.code for r in build([forms], config, now=NOW, stages=make(500)).refused] == ["too_large"]
    settle(config.store)
    report = build([forms], config, now=NOW, stages=make(5000))
    assert report.refused == () and report.read == 5 and report.reused == 4
    settle(config.store)
    assert [r.code for r in build([forms], config, now=NOW, stages=make(500)).refused] == ["too_large"]
