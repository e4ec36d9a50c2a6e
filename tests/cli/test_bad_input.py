"""Whatever a user does wrong: one clear message, exit code 1 or 2, no traceback, and the graph of before intact."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run, run_kg

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8


def check(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """One message with the words, the exit code, nothing on standard output, no traceback."""
    messages = [line for line in done.stderr.splitlines() if line.startswith("kg: ")]
    assert done.returncode == code, done.stderr
    assert len(messages) == 1 and done.stdout == ""
    assert "Traceback" not in done.stderr and "failed unexpectedly" not in done.stderr
    for word in words:
        assert word in messages[0]


def _words(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)


def mark(folder: Path) -> tuple[str, str]:
    return (folder / "graph/CURRENT").read_text("utf-8"), run_kg("query", "decisions", "-f", "csv", cwd=folder).stdout


FILES: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "zeros.txt": (bytes(4096), "zero"),
    "picture.txt": (PNG, "picture"),
    "large.txt": (b"beslut " * 7_200_000, "50400000 bytes"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_no_papers(name: str, built: Path, tmp_path: Path) -> None:
    content, word = FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    before = (built / "graph/CURRENT").read_text("utf-8")
    check(run_kg("build", path, cwd=built), 1, name, word, "Try: ")
    assert (built / "graph/CURRENT").read_text("utf-8") == before


def test_bad_files_stop_no_good_one(built: Path, kg: Run, tmp_path: Path) -> None:
    for name, (content, _) in FILES.items():
        (tmp_path / name).write_bytes(content)
    done = kg("extract", *FILES, built / "papers/indi-avslag.txt")
    assert done.returncode == 1
    assert [Path(json.loads(line)["document"]).name for line in done.stdout.splitlines()] == ["indi-avslag.txt"]
    assert all(f"kg: {name}: " in done.stderr and word in done.stderr for name, (_, word) in FILES.items())


def test_a_bad_file_among_good_ones_is_named_and_the_others_are_built(built: Path, kg: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = kg("build", "empty.txt", "missing.txt", built / "papers")
    assert done.returncode == 1
    assert "refused empty.txt" in done.stderr and "refused missing.txt" in done.stderr
    assert kg("query", "decisions").returncode == 0
    assert "empty.txt" in kg("info").stdout


def test_a_file_that_may_not_be_read(built: Path, kg: Run, tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("Beslut", encoding="utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    check(kg("build", path), 1, "closed.txt", "Try: ")


def test_other_encodings_are_read(built: Path, tmp_path: Path, kg: Run) -> None:
    text = (built / "papers/indi-avslag.txt").read_text("utf-8").replace("–", "-").replace("”", '"')
    (tmp_path / "latin1.txt").write_bytes(text.encode("latin-1", "replace"))
    (tmp_path / "mojibake.txt").write_bytes(text.encode("utf-8").decode("latin-1").encode("utf-8"))
    done = kg("extract", "latin1.txt", "mojibake.txt")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 0
    assert first["decisions"][0]["beneficiary"] == second["decisions"][0]["beneficiary"] == "Luleå tekniska universitet"


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("build", "none"), 1, ["none", "no papers"]),
        (("build", "missing.txt"), 1, ["missing.txt"]),
        (("query", "linage"), 2, ["linage", "lineage"]),
        (("query", "lineage"), 2, ["missing", "project"]),
        (("query", "lineage", "-p", "projekt=x"), 2, ["projekt", "project"]),
        (("query", "lineage", "-p", "project"), 2, ["KEY=VALUE"]),
        (("query", "lineage", "-p", "project=a", "-p", "project=b"), 2, ["twice"]),
        (("query", "decisions", "-p", "from=igår"), 2, ["from", "2022-12-14"]),
        (("query", "decisions", "-p", "outcome=ja"), 2, ["granted"]),
        (("query", "lineage", "-p", "project=x", "-f", "pdf"), 2, ["pdf", "table, csv"]),
        (("query",), 2, ["--list"]),
        (("query", "lineage", "--list"), 2, ["only one"]),
        (("query", "--sparql", "SELECT ?x {"), 1, ["line 1, column 12"]),
        (("query", "--sparql", " "), 2, ["empty"]),
        (("query", "--sparql", "ASK {}", "-p", "x=y"), 2, ["parameters"]),
        (("query", "--sparql", "ASK {}", "-f", "turtle"), 2, ["CONSTRUCT"]),
        (("query", "--sparql", "DROP ALL"), 2, ["DROP"]),
        (("query", "--sparql", "SELECT * { SERVICE <http://127.0.0.1/> {} }"), 2, ["SERVICE"]),
        (("query", "--file", "missing.rq"), 1, ["missing.rq"]),
        (("explain", "Ingenting alls"), 1, ["Ingenting alls"]),
        (("explain", " "), 2, ["empty"]),
        (("export", "excel", "-o", "x"), 2, ["excel", "turtle"]),
        (("export", "turtle"), 2, ["-o graph.ttl"]),
        (("export", "turtle", "-o", "missing/x.ttl"), 2, ["missing/x.ttl"]),
        (("extract", "missing.txt", "-f", "xml"), 2, ["xml", "jsonl"]),
        (("extract", "missing.txt", "--ledger", "-f", "turtle"), 2, ["ledger"]),
        (("evaluate", "none", "papers"), 2, ["none"]),
        (("info", "--store", "missing"), 1, ["missing", "kg build"]),
        (("info", "--store", "papers"), 1, ["papers"]),
        (("info", "--store", "papers/indi-avslag.txt"), 1, ["indi-avslag.txt"]),
        (("issues", "--code", "odd"), 2, ["odd", "sum_mismatch"]),
        (("validate", "-f", "xml"), 2, ["table, csv"]),
    ],
    ids=_words,
)
def test_wrong_use(args: tuple[str, ...], code: int, words: list[str], built: Path) -> None:
    (built / "none").mkdir(exist_ok=True)
    check(run_kg(*args, cwd=built), code, *words)


@pytest.mark.parametrize("args", [("frobnicate",), ("query", "--nonsense"), ("build",)], ids=_words)
def test_what_the_command_line_does_not_know(args: tuple[str, ...], kg: Run) -> None:
    done = kg(*args)
    assert done.returncode == 2 and "--help" in done.stderr or "-h" in done.stderr
    assert "Traceback" not in done.stderr


def damaged(built: Path, tmp_path: Path) -> tuple[Path, list[Path]]:
    copy = tmp_path / "graph"
    shutil.copytree(built / "graph", copy)
    return copy, sorted(copy.glob("builds/*/store/*.sst"), key=lambda p: p.stat().st_size)


def test_a_shortened_store(built: Path, kg: Run, tmp_path: Path) -> None:
    _, files = damaged(built, tmp_path)
    files[-1].write_bytes(files[-1].read_bytes()[:100])
    check(kg("query", "decisions"), 1, "damaged", "kg build")


def test_a_store_with_wrong_bytes(built: Path, kg: Run, tmp_path: Path) -> None:
    _, files = damaged(built, tmp_path)
    for path in files:
        content = bytearray(path.read_bytes())
        if len(content) > 40_000:
            content[2000:-20_000:97] = bytes(len(content[2000:-20_000:97]))
            path.write_bytes(content)
    for args in (
        ("query", "decisions"),
        ("export", "turtle", "-o", "x.ttl"),
        ("export", "gexf", "-o", "x"),
        ("validate",),
    ):
        check(kg(*args), 1, "damaged", "kg build")
    assert not list(tmp_path.glob("x*")) + list(tmp_path.glob(".x*"))


def test_a_store_of_another_version(built: Path, kg: Run, tmp_path: Path) -> None:
    copy, _ = damaged(built, tmp_path)
    (path,) = copy.glob("builds/*/manifest.json")
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"format": 99}), encoding="utf-8")
    check(kg("info"), 1, "format 99", "kg build")


def test_wrong_settings(kg: Run, tmp_path: Path) -> None:
    for text, word in (('stor = "x"', "stor"), ("store = 5", "store"), ("=", "TOML")):
        (tmp_path / "kg.toml").write_text(text, encoding="utf-8")
        check(kg("info"), 2, "kg.toml", word)


def start_build(folder: Path, papers: Path, store: Path) -> subprocess.Popen[str]:
    """A build that has begun to read."""
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", str(papers), "--store", str(store)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline().startswith("reading papers")
    return process


@pytest.mark.parametrize("kill", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_a_build_that_is_stopped_leaves_the_graph_of_before(kill: signal.Signals, built: Path, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    text = (built / "papers/indi-avslag.txt").read_text("utf-8")
    for number in range(300):
        (papers / f"{number}.txt").write_text(f"{text}\n{number}\n", encoding="utf-8")
    before = mark(built)
    process = start_build(built, papers, built / "graph")
    time.sleep(0.3)
    process.send_signal(kill)
    out, err = process.communicate(timeout=60)
    assert process.returncode == (130 if kill is signal.SIGINT else -signal.SIGKILL)
    assert out == "" and "Traceback" not in err
    if kill is signal.SIGINT:
        assert err.splitlines()[-1].startswith("kg: interrupted")
    assert mark(built) == before
    assert run_kg("build", "papers", cwd=built).returncode == 0
    assert mark(built)[1] == before[1]


def test_a_reader_that_goes_away_is_no_error(built: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    command = f"'{sys.executable}' -m kg export nquads -o - | head -c 10"
    done = subprocess.run(
        ["bash", "-c", command], cwd=built, env=os.environ | {"PYTHONPATH": str(root)}, capture_output=True, text=True
    )
    assert done.stderr == "" and len(done.stdout) == 10


def test_what_nobody_foresaw_goes_to_a_log(tmp_path: Path) -> None:
    code = (
        "import sys, kg.query, kg.cli\n"
        "def fail(*a): raise ZeroDivisionError('å\\nb')\n"
        "kg.query.list_queries = fail\n"
        "sys.argv = ['kg', 'query', '--list']\n"
        "kg.cli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    (log,) = tmp_path.glob("kg-error-*.log")
    assert done.returncode == 1 and done.stdout == ""
    assert len(done.stderr.splitlines()) == 1 and str(log) in done.stderr and "ZeroDivisionError" in done.stderr
    assert "Traceback" in log.read_text("utf-8") and log.stat().st_mode & 0o777 == 0o600
