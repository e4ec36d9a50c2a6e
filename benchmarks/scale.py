"""What a build costs as papers grow in number: processor time, memory, the cost of one change, and of a second worker.

    python benchmarks/scale.py --papers 100 1000
    python benchmarks/scale.py --papers 10000 --alone     without the second worker, which takes two builds more

The changes: a line that says nothing is added to a paper; all sums of a paper change; a paper is added.  Each is done
three times to different papers; the least is shown, since other work on the machine only adds.
Each build runs in a process of its own over the papers of ``benchmarks/varied.py``.  Papers are read by that process
itself, so that its processor time is all of the build's; the clock of the wall is used for the speed-up alone, which a
machine with other work on it does not show.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

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
    }


def run(papers: Path, store: Path, workers: int = 0, *, full: bool = False) -> dict[str, float]:
    """The same in a new process."""
    words = [sys.executable, __file__, "--once", str(papers), str(store), str(workers), str(int(full))]
    return json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)


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


def measure(count: int, *, alone: bool) -> None:
    """Prints the figures for so many papers."""
    with tempfile.TemporaryDirectory() as name:
        papers, store = Path(name) / "papers", Path(name) / "graph"
        files = write_papers(papers, count)
        first = run(papers, store)
        print(
            f"{count:6} papers: first {first['cpu']:7.1f} s of processor ({first['papers'] / first['cpu']:.1f} a "
            f"second), {first['quads']:.0f} quads, peak {first['peak']:.0f} MB",
            flush=True,
        )
        for kind, alter in CHANGES.items():
            changes = []
            for number in (0, 1, 2):
                alter(files, number)
                changes.append(run(papers, store))
            change = min(changes, key=lambda c: c["cpu"])
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


def main() -> None:
    """Measures each size that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--papers", type=int, nargs="+", default=[100, 300])
    parser.add_argument("--alone", action="store_true", help="without the second worker")
    parser.add_argument("--once", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        papers, store, workers, full = options.once
        print(json.dumps(build_once(Path(papers), Path(store), int(workers), full=full == "1")))
        return
    for count in options.papers:
        measure(count, alone=options.alone)


if __name__ == "__main__":
    main()
