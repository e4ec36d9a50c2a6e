"""``kg validate`` reads the papers again."""

from __future__ import annotations

import os
import shutil
import zipfile
from email.message import EmailMessage
from pathlib import Path

from tests.cli.conftest import Run, run_kg


def test_words_are_held_against_the_papers(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "copy")
    folder = tmp_path / "copy"
    done = run_kg("validate", cwd=folder)
    assert done.returncode == 0 and "0 violations" in done.stderr and "cannot be checked" not in done.stdout
    (folder / "papers/indi-avslag.txt").unlink()
    proposal = folder / "papers/ai-all-stjarna-forslag.txt"
    proposal.write_bytes(proposal.read_bytes() + b"!")
    done = run_kg("validate", "-f", "csv", cwd=folder)
    assert done.returncode == 0, "papers may be gone; that is a warning"
    assert "it has changed since the graph was built" in done.stdout and "papers/indi-avslag.txt" in done.stdout


def test_words_that_are_not_in_the_paper_are_a_violation(built: Path) -> None:
    from kg.graph.store import open_graph
    from kg.pipeline.verify import _fault, _words

    with open_graph(built / "graph") as graph:
        (paper,) = (p for p in graph.manifest.papers if p.source.endswith("indi-avslag.txt"))
        words = list(_words(graph.store, f"{graph.manifest.base}document/{paper.id}"))
    assert len(words) > 5 and all(end - start == len(quote) for start, end, quote in words)
    assert _fault("a b", "a b") == "" and "not those" in _fault("a b", "a c")


def test_papers_in_archives_and_letters_are_held_against_the_graph(kg: Run, root: Path, tmp_path: Path) -> None:
    paper = (root / "data/documents/indi-avslag.txt").read_bytes()
    other = (root / "data/documents/ai-all-stjarna-forslag.txt").read_bytes()
    (tmp_path / "papers").mkdir()
    packed = tmp_path / "papers/packed!.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("2023/decision.txt", paper)
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Proposal", "a@example.org", "b@example.org"
    letter.set_content("Attached is the proposal.")
    letter.add_attachment(other, maintype="text", subtype="plain", filename="proposal.txt")
    (tmp_path / "papers/letter.eml").write_bytes(letter.as_bytes())
    assert kg("build", "papers").returncode == 0
    done = kg("validate", "-f", "csv")
    assert done.returncode == 0 and "cannot be checked" not in done.stdout, done.stdout
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("2023/decision.txt", paper + b"!")
    (tmp_path / "papers/letter.eml").unlink()
    lines = kg("validate", "-f", "csv").stdout.splitlines()
    assert any("decision.txt" in line and "it has changed" in line for line in lines)
    assert any("proposal.txt" in line and "there is no such file" in line for line in lines)


def test_a_file_whose_name_is_no_utf8_is_read_and_checked(kg: Run, root: Path, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    name = os.fsdecode("råd.txt".encode("latin-1"))
    (tmp_path / "papers" / name).write_bytes((root / "data/documents/indi-avslag.txt").read_bytes())
    (tmp_path / "papers" / os.fsdecode(b"bad\xe5.txt")).write_bytes(b"")
    planned = kg("build", "papers", "--dry-run", "--json")
    assert "papers/råd.txt" in planned.stdout and "papers/badå.txt" in planned.stdout
    done = kg("build", "papers")
    assert done.returncode == 1 and "refused papers/badå.txt" in done.stderr, done.stderr
    assert "råd.txt" in kg("query", "papers", "-f", "csv").stdout
    assert "råd.txt" in kg("extract", "papers/" + name).stdout
    assert "cannot be checked" not in kg("validate", "-f", "csv").stdout
    (tmp_path / "papers/more.txt").write_bytes((root / "data/documents/ai-all-stjarna-forslag.txt").read_bytes())
    again = kg("build", "papers/more.txt")
    assert "1 file of the graph before" in again.stderr and "(papers/råd.txt)" in again.stderr
    again = kg("build", "papers")
    assert "1 of them unchanged" in " ".join(again.stdout.split()), again.stdout
