"""How long the static site of a large graph takes, and what a small change costs.

    python benchmarks/publishing.py --things 10000

The graph is made up (``tests/query/made.py``).  Seconds are of processor time in one process; files are written to a
temporary folder and removed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.graph.building import begin_build
from kg.graph.manifest import Manifest
from kg.graph.store import open_graph
from kg.publish.static import Options, Report, publish_site
from kg.publish.static.site import list_things
from kg.terms import DEFAULT_BASE, expand
from tests.query.made import make

# About how many things a made-up project brings with it.
_EACH = 5.5


def make_graph(folder: Path, projects: int) -> int:
    """A graph directory with a made-up graph; gives how many things have pages."""
    with begin_build(folder) as work:
        count = work.load(make(projects).quads())
        work.commit(Manifest("0", "2026-01-01T00:00:00+00:00", DEFAULT_BASE, (), (), count, (), (), ()))
    with open_graph(folder) as graph:
        return len(list_things(graph.store, DEFAULT_BASE))


def change_name(folder: Path) -> None:
    """Builds the graph again with another name for one project."""
    label, kind = (ox.NamedNode(expand(name)) for name in ("rdfs:label", "rdf:type"))
    with open_graph(folder) as graph:
        quads = list(graph.store)
        manifest = graph.manifest
        projects = graph.store.quads_for_pattern(None, kind, ox.NamedNode(expand("bg:Project")), None)
        chosen = min(q.subject.value for q in projects if isinstance(q.subject, ox.NamedNode))
    changed = (
        ox.Quad(q.subject, label, ox.Literal("Another name"), q.graph_name)
        if q.predicate == label and q.subject == ox.NamedNode(chosen)
        else q
        for q in quads
    )
    with begin_build(folder) as work:
        work.load(changed)
        work.commit(replace(manifest, built="2026-01-02T00:00:00+00:00"))


def timed(step: Callable[[], Report]) -> tuple[float, float, Report]:
    """Processor time and wall time in seconds, and what the step gives."""
    begun, wall = time.process_time(), time.perf_counter()
    found = step()
    return time.process_time() - begun, time.perf_counter() - wall, found


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--things", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        things = make_graph(folder / "graph", max(1, round(given.things / _EACH)))
        for what in ("first time", "nothing changed", "one name changed"):
            if what == "one name changed":
                change_name(folder / "graph")
            with open_graph(folder / "graph") as graph:
                if what == "first time":
                    print(f"{things} things, {graph.manifest.quads} quads")
                cpu, wall, report = timed(lambda: publish_site(graph, folder / "site", Options()))
            each = 1000 * cpu / things
            print(
                f"  {what:<16} {cpu:7.1f} s of processor ({each:.1f} ms a thing), {wall:7.1f} s; "
                f"{report.written} files written, {report.unchanged} unchanged"
            )
        size = sum(p.stat().st_size for p in (folder / "site").rglob("*") if p.is_file())
        print(f"  {size / 1e6:.0f} MB on disk")


if __name__ == "__main__":
    main()
