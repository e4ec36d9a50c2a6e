"""What a build costs as papers grow in number: processor time, memory, the cost of one change, and of a second worker.

    python benchmarks/scale.py --papers 100 1000
    python benchmarks/scale.py --papers 10000 --alone     without the second worker, which takes two builds more
    python benchmarks/scale.py --papers 1000 --kin        papers that share names as those of bodies do, not by chance
    python benchmarks/scale.py --papers 1000 --edits      other registers, words and rules, for papers as text and as PDF

The changes: a line that says nothing is added to a paper; all sums of a paper change; a paper is added.  Each is done
three times to different papers; the least is shown, since other work on the machine only adds.
Each build runs in a process of its own over the papers of ``benchmarks/varied.py``.  Papers are read by that process
itself, so that its processor time is all of the build's; the clock of the wall is used for the speed-up alone, which a
machine with other work on it does not show.  With ``--edits`` the builds run a copy of the package, in which a row is
added to a register, a name or a phrase to the lexicon, and a line to a module of rules, cleaning or reading.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), *([] if "--once" in sys.argv else [str(ROOT)])]

from bench import _peak
from varied import vary_paper, write_papers

from kg.config import Config
from kg.pipeline import Options, build, default_stages

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def build_once(papers: Path, store: Path, workers: int, *, full: bool) -> dict[str, float]:
    """Builds in this process: seconds of processor and wall, peak in megabytes, papers, and quads."""
    config = Config(store=store, workers=workers)
    stages = default_stages(config)
    begun, wall = time.process_time(), time.perf_counter()
    given = {} if workers else {"stages": stages}
    report = build([papers], config, now=NOW, options=Options(full=full), **given)
    return {
        "cpu": time.process_time() - begun,
        "wall": time.perf_counter() - wall,
        "peak": _peak(),
        "papers": report.read,
        "quads": report.quads,
        "revisions": report.manifest.revisions,
        "read": dict(report.seconds)["read"],
        "again": sum(number for _, number in report.again),
        "kept": report.kept,
    }


def run(
    papers: Path, store: Path, workers: int = 0, *, full: bool = False, package: Path | None = None
) -> dict[str, float]:
    """The same in a new process; ``package``: the folder of another copy of ``kg`` and its data."""
    words = [sys.executable, __file__, "--once", str(papers), str(store), str(workers), str(int(full))]
    place = {**os.environ, "PYTHONPATH": str(package)} if package is not None else None
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, env=place).stdout)


def run_least(
    times: int, change: Callable[[int], object], build_again: Callable[[], dict[str, float]]
) -> dict[str, float]:
    """What the cheapest of so many builds took, each after a change of its own."""
    builds = []
    for number in range(times):
        change(number)
        builds.append(build_again())
    return min(builds, key=lambda figures: figures["cpu"])


def add_words(files: list[Path], number: int) -> None:
    """A line that says nothing."""
    path = files[(number * 7 + 3) % len(files)]
    path.write_bytes(path.read_bytes() + b"\n\nTill handlingarna.\n")


def change_sums(files: list[Path], number: int) -> None:
    """Every sum of a paper is another."""
    path = files[(number * 11 + 29) % len(files)]
    path.write_text(re.sub(r"\b[1-9](\d{0,2} \d{3})\b", r"8\1", path.read_text("utf-8")), "utf-8")


def add_paper(files: list[Path], number: int) -> None:
    """A paper more."""
    name, text = vary_paper(len(files) + number)
    (files[0].parent / f"more-{number}-{name}").write_text(text, "utf-8")


CHANGES = {"words added": add_words, "sums changed": change_sums, "a paper added": add_paper}


def measure(count: int, *, alone: bool, kin: bool = False) -> None:
    """Prints the figures for so many papers."""
    with tempfile.TemporaryDirectory() as name:
        papers, store = Path(name) / "papers", Path(name) / "graph"
        files = write_papers(papers, count, kin=kin)
        first = run(papers, store)
        print(
            f"{count:6} papers: first {first['cpu']:7.1f} s of processor ({first['papers'] / first['cpu']:.1f} a "
            f"second), {first['quads']:.0f} quads, peak {first['peak']:.0f} MB",
            flush=True,
        )
        for kind, alter in CHANGES.items():
            change = run_least(3, partial(alter, files), partial(run, papers, store))
            assert change["revisions"], "the graph was not changed in parts"
            print(
                f"{'':6} {kind}: {change['cpu']:.2f} s = {100 * change['cpu'] / first['cpu']:.2f} %, "
                f"peak {change['peak']:.0f} MB",
                flush=True,
            )
        if alone:
            return
        one, two = (run(papers, Path(name) / f"workers-{n}", n) for n in (1, 2))
        print(
            f"{'':6} reading by one worker {one['read']:.1f} s, by two {two['read']:.1f} s: "
            f"{one['read'] / two['read']:.2f} times as fast on {len(os.sched_getaffinity(0))} cores",
            flush=True,
        )


# --- other registers, words and rules ---


def add_line(path: Path, line: str, *, after: str = "") -> None:
    """Puts a line behind the first place that begins with ``after``; at the end where that is empty."""
    text = path.read_text("utf-8")
    at = text.index(after) + len(after) if after else len(text)
    path.write_text(text[:at] + line + text[at:], "utf-8")


def add_row(package: Path, number: int) -> None:
    """An organisation more."""
    path = package / "data" / "registers" / "organisations.csv"
    columns = path.read_text("utf-8").split("\n", 1)[0].split(",")
    name = ("Norrlyftet Utveckling", "Skogsbron Ekonomisk förening", "Kustnavet Norr")[number]
    row = {"id": f"x-{number}", "name_sv": name, "kind": "company", "verified": "yes"}
    add_line(path, ",".join(row.get(column, "") for column in columns) + "\n")


def add_name(package: Path, number: int) -> None:
    """A name more that is known without a register."""
    name = ("Dalkompassen", "Fjällverkstaden", "Sjökretsen Ljusbron")[number]
    add_line(package / "data" / "lexicon" / "names.toml", f'\n  "{name}",', after="\nknown = [")


def add_phrase(package: Path, number: int) -> None:
    """A phrase more."""
    phrase = ("vidimeras härmed", "tillstyrkes fullt ut", "lämnas utan bifall")[number]
    add_line(package / "data" / "lexicon" / "decisions.toml", f'\n  "{phrase}",', after="\nconditional = [")


def change_rule(package: Path, number: int) -> None:
    """A line more in a module of rules."""
    add_line(package / "kg" / "extract" / "periods.py", f"\n_CHANGED = {number}\n")


def change_cleaning(package: Path, number: int) -> None:
    """A line more in a module of cleaning."""
    add_line(package / "kg" / "clean" / "headings.py", f"\n_CHANGED = {number}\n")


def change_reading(package: Path, number: int) -> None:
    """A line more in a module of reading."""
    add_line(package / "kg" / "read" / "pdf.py", f"\n_CHANGED = {number}\n")


EDITS = {
    "a row added to a register": add_row,
    "a name added to the lexicon": add_name,
    "a phrase added to the lexicon": add_phrase,
    "a module of rules changed": change_rule,
    "a module of cleaning changed": change_cleaning,
    "a module of reading changed": change_reading,
}


def write_pdfs(folder: Path, texts: list[Path]) -> None:
    """The papers as PDF."""
    from kg.clean import clean
    from kg.read import read
    from tests.read.pdfs import write_lines, write_pdf

    folder.mkdir()
    for path in texts:
        document = clean(read(path))
        try:
            data = write_pdf(document)
        except ValueError:  # a table too wide for the page
            data = write_lines(document.text)
        (folder / f"{path.stem}.pdf").write_bytes(data)


def measure_edits(count: int, form: str, times: int) -> None:
    """Prints what other registers, words and rules cost, for so many papers of a form."""
    with tempfile.TemporaryDirectory() as name:
        papers, store, package = Path(name) / "papers", Path(name) / "graph", Path(name) / "package"
        for part in ("kg", "data", "ontology", "queries"):
            shutil.copytree(ROOT / part, package / part, ignore=shutil.ignore_patterns("__pycache__", "corpus"))
        files = write_papers(Path(name) / "texts", count)
        if form == "PDF":
            write_pdfs(papers, files)
        else:
            papers = Path(name) / "texts"
        first = run(papers, store, package=package)
        kept = sum(path.stat().st_size for path in (store / "shards").glob("*.reading"))
        shards = sum(path.stat().st_size for path in (store / "shards").glob("*.json"))
        size = sum(path.stat().st_size for path in papers.rglob("*") if path.is_file())
        print(
            f"{count:6} papers as {form}: first {first['cpu']:.1f} s of processor; papers {size / 1e6:.1f} MB, shards "
            f"{shards / 1e6:.1f} MB, kept readings {kept / 1e6:.1f} MB",
            flush=True,
        )
        for kind, edit in EDITS.items():
            least = run_least(times, partial(edit, package), partial(run, papers, store, package=package))
            print(
                f"{'':6} {kind}: {least['cpu']:.2f} s = {100 * least['cpu'] / first['cpu']:.1f} %; "
                f"{least['again']:.0f} papers read again, {least['kept']:.0f} of them from the kept text; "
                f"{'changed' if least['revisions'] else 'loaded anew'}",
                flush=True,
            )


def main() -> None:
    """Measures each size that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--papers", type=int, nargs="+", default=[100, 300])
    parser.add_argument("--alone", action="store_true", help="without the second worker")
    parser.add_argument("--kin", action="store_true", help="papers that share names as those of bodies do")
    parser.add_argument("--edits", action="store_true", help="other registers, words and rules, as text and PDF")
    parser.add_argument("--forms", nargs="+", default=["text", "PDF"], choices=("text", "PDF"))
    parser.add_argument("--times", type=int, default=1, choices=(1, 2, 3), help="how often each edit is made")
    parser.add_argument("--once", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        papers, store, workers, full = options.once
        print(json.dumps(build_once(Path(papers), Path(store), int(workers), full=full == "1")))
        return
    for count in options.papers:
        if options.edits:
            for form in options.forms:
                measure_edits(count, form, options.times)
        else:
            measure(count, alone=options.alone, kin=options.kin)


if __name__ == "__main__":
    main()
