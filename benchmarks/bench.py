"""How fast it is, and how much memory it takes, beside what it builds upon.

    python benchmarks/bench.py                        every part, in under two minutes
    python benchmarks/bench.py stages queries         some: build stages loading queries identity start memory
    python benchmarks/bench.py --pairs 15             more pairs, steadier figures
    python benchmarks/bench.py memory --papers 200 2000 20000
    python benchmarks/bench.py --long                 memory over 1,000 and 10,000 papers, in some minutes

A ratio is the time of ours over the time of theirs, both taken one right after the other in one run; each line shows
the smallest, the median and the largest of several such pairs, so that a busy machine shows as a wide range and not as
a wrong figure.  Nothing here fails on a slow machine: what must not grow is counted in ``tests/benchmarks``.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from statistics import median
from typing import Any

import pyoxigraph as ox
import spacy

from kg.annotate import Annotator
from kg.clean import clean
from kg.collector import settle
from kg.config import Config
from kg.extract import extract
from kg.graph.building import begin_build
from kg.graph.map import quads
from kg.graph.store import open_graph
from kg.lexicon import load_lexicon
from kg.model import CleanDocument, Extraction
from kg.pipeline.build import build, default_stages, extract_paths
from kg.pipeline.collect import collect_papers
from kg.query import execute, list_queries, prepare, write_results
from kg.read import read
from kg.registers import load_registers
from kg.resolve import resolve
from kg.terms import PREFIXES

ROOT = Path(__file__).resolve().parent.parent
PAPERS = (ROOT / "data" / "documents", ROOT / "data" / "corpus" / "dev" / "docs")
OTHERS = tuple(ROOT / "data" / "corpus" / name / "docs" for name in ("dev-2", "dev-3"))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SAMPLE = "AI.ALL*"  # a project of data/documents
LEAST = 0.02  # seconds: what is shorter is timed several times over

Step = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Ratio:
    """The pairs of one comparison: seconds of ours and of theirs."""

    ours: tuple[float, ...]
    theirs: tuple[float, ...]

    def __str__(self) -> str:
        found = sorted(a / b for a, b in zip(self.ours, self.theirs, strict=True))
        times = f"{1000 * median(self.ours):9.1f} ms {1000 * median(self.theirs):9.1f} ms"
        return f"{found[0]:7.2f} {median(found):7.2f} {found[-1]:7.2f}   {times}"


def measure(ours: Step, theirs: Step, pairs: int, clock: Callable[[], float] = time.perf_counter) -> Ratio:
    """Times both steps in turn, ``pairs`` times, after one run of each to warm up; the first of a pair alternates.

    Short steps are run several times for each figure.
    """
    ours()
    begun = clock()
    theirs()
    runs = max(1, round(LEAST / (clock() - begun)))
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(pairs):
        for is_ours in (True, False) if number % 2 else (False, True):
            gc.collect()
            begun = clock()
            for _ in range(runs):
                (ours if is_ours else theirs)()
            times[is_ours].append((clock() - begun) / runs)
    return Ratio(tuple(times[True]), tuple(times[False]))


def show(title: str) -> None:
    """Prints the head of a part."""
    print(f"\n{title}\n{'':38}    min  median     max          ours       theirs", flush=True)


def line(name: str, ratio: Ratio) -> None:
    """Prints one comparison."""
    print(f"  {name:36}{ratio}", flush=True)


# --- what is measured -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Corpus:
    """The papers of the project that anyone may read, and what the stages make of them."""

    files: list[Path]
    cleaned: list[CleanDocument]

    @property
    def characters(self) -> int:
        return sum(len(c.text) for c in self.cleaned)

    def tokenise(self) -> Step:
        """spaCy's own tokenizer over the clean texts."""
        tokenizer = spacy.blank("sv").tokenizer
        return lambda: [tokenizer(c.text) for c in self.cleaned]


@cache
def load_corpus() -> Corpus:
    """The papers, read and cleaned once."""
    files = collect_papers(list(PAPERS))
    return Corpus(files, [clean(read(f)) for f in files])


def bench_build(pairs: int) -> None:
    """The whole build, from the files to the graph in use, beside spaCy's tokenising alone."""
    corpus = load_corpus()
    stages = default_stages(Config())
    show("build: from files to graph in use, over spaCy's tokenising of the same text")
    with tempfile.TemporaryDirectory() as folder:
        numbers = iter(range(10**6))

        def build_anew() -> None:
            build(corpus.files, Config(store=Path(folder) / str(next(numbers))), now=NOW, stages=stages)

        def build_again() -> None:
            build(corpus.files, Config(store=Path(folder) / "again"), now=NOW, stages=stages)

        line("every paper new", measure(build_anew, corpus.tokenise(), min(pairs, 3)))
        line("no paper changed", measure(build_again, corpus.tokenise(), min(pairs, 3)))
        report = build(corpus.files, Config(store=Path(folder) / "steps"), now=NOW, stages=stages)
    assert not report.manifest.refused, report.manifest.refused
    print("  steps: " + ", ".join(f"{step} {1000 * seconds:.0f} ms" for step, seconds in report.seconds))


def bench_stages(pairs: int) -> None:
    """Each stage up to the shard, and all of them, beside spaCy's tokenising."""
    corpus = load_corpus()
    lexicon, registers = load_lexicon(), load_registers()
    annotator = Annotator(registers, lexicon)
    raws = [read(f) for f in corpus.files]
    annotated = [annotator.annotate(c) for c in corpus.cleaned]
    steps: dict[str, Step] = {
        "read": lambda: [read(f) for f in corpus.files],
        "clean": lambda: [clean(raw) for raw in raws],
        "annotate (tokenises too)": lambda: [annotator.annotate(c) for c in corpus.cleaned],
        "extract": lambda: [extract(a, lexicon, registers) for a in annotated],
        "all four": lambda: [
            extract(annotator.annotate(clean(read(f))), lexicon, registers) for f in corpus.files
        ],
    }
    settle()  # as the processes do that read papers; for both sides
    show("stages: processor time on one core, over spaCy's tokenising of the same text")
    for name, step in steps.items():
        line(name, measure(step, corpus.tokenise(), pairs, time.process_time))
    # What is kept of words and lines helps the second time more than the first, so the first is shown too.
    for where, others in (("of papers not met before", True), ("in a new process", False)):
        passes = [_first_pass_elsewhere(others) for _ in range(min(pairs, 5))]
        theirs = tuple(seconds[-1] for seconds in passes)
        for name, ours in (("extract", 0), ("all four", 1)):
            line(f"{name}, {where}", Ratio(tuple(seconds[ours] for seconds in passes), theirs))


def _first_pass_elsewhere(others: bool) -> tuple[float, ...]:
    """``first_pass`` in a process of its own, which has not seen the papers before."""
    words = [sys.executable, __file__, "--after-others" if others else "--first-pass"]
    told = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout
    return tuple(float(seconds) for seconds in told.split())


def first_pass(others: bool) -> tuple[float, float, float]:
    """Processor seconds of one pass over the corpus: extraction alone, all four stages, and spaCy's tokenizer; with
    nothing warm, or after ``others`` were read, as a process of a build meets its papers."""
    lexicon, registers = load_lexicon(), load_registers()
    annotator = Annotator(registers, lexicon)
    files = collect_papers(list(PAPERS))
    settle()  # as the processes do that read papers; for both sides
    tokenizer = spacy.blank("sv").tokenizer
    for path in collect_papers(list(OTHERS)) if others else ():
        cleaned = clean(read(path))
        extract(annotator.annotate(cleaned), lexicon, registers)
        tokenizer(cleaned.text)
    extracting = 0.0
    begun = time.process_time()
    for path in files:
        annotated = annotator.annotate(clean(read(path)))
        before = time.process_time()
        extract(annotated, lexicon, registers)
        extracting += time.process_time() - before
    ours = time.process_time() - begun
    texts = [cleaned.text for cleaned in load_corpus().cleaned]
    begun = time.process_time()
    for text in texts:
        tokenizer(text)
    return extracting, ours, time.process_time() - begun


def bench_loading(pairs: int) -> None:
    """Our way of loading beside the engine's own bulk loader, the same quads into a fresh directory."""
    registers = load_registers()
    extractions = _extractions()
    resolution = resolve(extractions, registers, base=Config().base)
    made = list(quads(resolution, extractions, registers, base=Config().base))
    serialised = ox.serialize(made, format=ox.RdfFormat.N_QUADS) or b""
    show(f"loading: {len(made)} quads, over pyoxigraph.Store.bulk_load of them as N-Quads")
    with tempfile.TemporaryDirectory() as folder:
        numbers = iter(range(10**6))

        def load_ours(source: Callable[[], Iterable[ox.Quad]]) -> None:
            with begin_build(Path(folder) / f"ours-{next(numbers)}") as work:
                work.load(source())

        def load_theirs() -> None:
            store = ox.Store(str(Path(folder) / f"theirs-{next(numbers)}"))
            store.bulk_load(serialised, format=ox.RdfFormat.N_QUADS)

        line("quads at hand", measure(lambda: load_ours(lambda: made), load_theirs, pairs))

        def make() -> Iterable[ox.Quad]:
            return quads(resolution, extractions, registers, base=Config().base)

        def make_and_load() -> None:
            store = ox.Store(str(Path(folder) / f"theirs-{next(numbers)}"))
            store.bulk_load(ox.serialize(make(), format=ox.RdfFormat.N_QUADS) or b"", format=ox.RdfFormat.N_QUADS)

        line("quads made from the papers", measure(lambda: load_ours(make), load_theirs, pairs))
        line("the same, over made so too", measure(lambda: load_ours(make), make_and_load, pairs))


@cache
def _extractions() -> list[Extraction]:
    found = extract_paths(list(PAPERS))
    return sorted((e for e in found if isinstance(e, Extraction)), key=lambda e: e.document)


def bench_queries(pairs: int) -> None:
    """Each prepared question, from its name and parameters to CSV, beside the engine's run of the same text and its
    serialisation; by processor time."""
    show("queries: from name and parameters to CSV, over Store.query of the same text and its serialisation")
    with tempfile.TemporaryDirectory() as folder:
        build(load_corpus().files, Config(store=Path(folder)), now=NOW)
        with open_graph(folder) as graph:
            store = graph.store
            thing = execute(store, prepare("things", {"name": SAMPLE})).column("iri")[0]
            values = {"iri": thing, "integer": 4_529_875, "number": "22RS10518"}
            for query in list_queries():
                given = {p.name: values.get(p.type, SAMPLE) for p in query.parameters if p.required}
                prepared = prepare(query.name, given)
                rows = len(execute(store, prepared))
                ratio = measure(
                    lambda name=query.name, given=given: _ask_ours(store, name, given),
                    lambda text=prepared.text: _ask_engine(store, text),
                    pairs,
                    time.process_time,
                )
                line(f"{query.name} ({rows} rows)", ratio)


def _ask_ours(store: ox.Store, name: str, given: dict[str, Any]) -> None:
    write_results(store, prepare(name, given), "csv", io.BytesIO())


def _ask_engine(store: ox.Store, text: str) -> None:
    results = store.query(text, prefixes=PREFIXES)
    results.serialize(output=io.BytesIO(), format=ox.QueryResultsFormat.CSV)  # type: ignore[union-attr]


def bench_start(pairs: int) -> None:
    """The start of the command beside the start of Python."""

    def run(*words: str) -> Step:
        return lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True)

    show("start: over the start of Python alone")
    line("kg --help", measure(run("-m", "kg", "--help"), run("-c", "pass"), pairs))
    line("kg --version", measure(run("-m", "kg", "--version"), run("-c", "pass"), pairs))
    line("import spacy (for comparison)", measure(run("-c", "import spacy"), run("-c", "pass"), pairs))


# --- memory ---------------------------------------------------------------------------------------------------------


def bench_memory(sizes: list[int]) -> None:
    """The most memory that a process held after extracting so many papers, each size in a process of its own."""
    print("\nmemory: peak of a process that extracts the papers one after the other")
    peaks: list[float] = []
    for size in sizes:
        words = [sys.executable, __file__, "--extract-copies", str(size)]
        begun = time.perf_counter()
        peak = float(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout.split()[-1])
        peaks.append(peak)
        seconds = time.perf_counter() - begun
        beside = f"{peak / peaks[0]:5.2f} times the first"
        print(f"  {size:6} papers  {peak:7.1f} MB  {beside}   {seconds:6.1f} s", flush=True)


def extract_copies(count: int) -> float:
    """Extracts ``count`` papers, the corpus with the names of its projects and its numbers changed from copy to copy,
    and returns the peak of this process in megabytes."""
    with _copies(count) as folder:
        done = sum(isinstance(found, Extraction) for found in extract_paths([folder]))
    assert done == count, f"{count - done} papers were refused"
    return _peak()


def _peak() -> float:
    """The most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss of a child begins with what its parent held
        found = re.search(r"^VmHWM:\s*(\d+) kB$", status.read_text(), re.MULTILINE)
        if found:
            return int(found[1]) / 1024
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


@contextmanager
def _copies(count: int) -> Iterator[Path]:
    """A folder with ``count`` papers, no two alike."""
    # Bytes that are no UTF-8 go through as they are: some papers are in other encodings.
    codec = {"encoding": "utf-8", "errors": "surrogateescape"}
    originals = [(path, path.read_text(**codec)) for path in collect_papers(list(PAPERS))]
    claims = (claim for extraction in _extractions() for claim in extraction.claims)
    names = {c.value.lexical for c in claims if c.subject.startswith("project/") and c.property == "name"}
    known = re.compile("|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))))
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            path, text = originals[number % len(originals)]
            copy = number // len(originals)
            changed = known.sub(lambda m, copy=copy: f"{m[0]} {_word(copy)}", text) if copy else text
            if path.suffix in (".txt", ".md"):  # not where a number may tell the encoding
                changed = _NUMBER.sub(lambda m, copy=copy: _shift(m[0], copy), changed)
            note = f"\n\nAvskrift {number}.\n" if path.suffix != ".html" else f"<!-- {number} -->"
            (Path(folder) / f"{number:06}{path.suffix}").write_text(changed + note, **codec)
        yield Path(folder)


_NUMBER = re.compile(r"[0-9]{3,}")


def _shift(digits: str, by: int) -> str:
    """Another number of the same length."""
    return "".join(str((int(d) - 1 + by) % 9 + 1) if d != "0" else d for d in digits)


def _word(number: int) -> str:
    """A name of its own for each number."""
    letters = ""
    while number:
        number, rest = divmod(number, 20)
        letters += "bcdfghjklmnprstvwxyz"[rest] + "aeiou"[rest % 5]
    return letters.capitalize()


# --- command --------------------------------------------------------------------------------------------------------

def bench_identity(pairs: int) -> None:
    """Names of organisations resolved, at three sizes, each in a process of its own."""
    print("\nidentity: mentions of organisations resolved on one core, processor time")
    print(f"  {'':28} {'names':>9} {'found':>9} {'names alone':>13} {'all':>9} {'peak':>10}")
    for size in (10_000, 30_000, 100_000):
        words = [sys.executable, str(Path(__file__).parent / "mentions.py"), str(size)]
        told = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
        figures = f"{told[1]:>9} {told[2]:>9} {told[3]:>11} s {told[4]:>7} s {told[5]:>7} MB"
        print(f"  {size:9} mentions {'':9} {figures}", flush=True)


PARTS: dict[str, Callable[[int], None]] = {
    "build": bench_build,
    "stages": bench_stages,
    "loading": bench_loading,
    "queries": bench_queries,
    "identity": bench_identity,
    "start": bench_start,
}


def main() -> None:
    """Runs the parts that the command line names."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join([*PARTS, 'memory'])}; all if none")
    parser.add_argument("--pairs", type=int, default=5, help="pairs of each comparison (5)")
    parser.add_argument("--papers", type=int, nargs="+", default=[200, 1000], help="sizes for memory (200 1000)")
    parser.add_argument("--long", action="store_true", help="memory alone, over 1,000 and 10,000 papers")
    parser.add_argument("--extract-copies", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--first-pass", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--after-others", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.extract_copies is not None:
        print(extract_copies(options.extract_copies))
        return
    if options.first_pass or options.after_others:
        print(*first_pass(options.after_others))
        return
    if options.long:
        bench_memory([1000, 10_000])
        return
    parts = options.parts or [*PARTS, "memory"]
    unknown = sorted(set(parts) - {*PARTS, "memory"})
    if unknown:
        parser.error(f"unknown part {', '.join(unknown)}; one of {', '.join([*PARTS, 'memory'])}")
    corpus = load_corpus()
    print(f"{len(corpus.files)} papers, {corpus.characters} characters; {options.pairs} pairs; {os.cpu_count()} cores")
    print(f"Python {platform.python_version()}, spaCy {spacy.__version__}, pyoxigraph {ox.__version__}")
    for part in parts:
        if part == "memory":
            bench_memory(options.papers)
        elif part in PARTS:
            PARTS[part](options.pairs)


if __name__ == "__main__":
    main()
