"""``kg export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import Store, note, open_store
from kg.errors import UsageError

FORMATS = "turtle, trig, nquads, ntriples, rdfxml, jsonld, gexf or graphml"


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=f"{FORMATS[0].upper()}{FORMATS[1:]}.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write; '-' is standard output.")
    ] = None,
    store: Store = None,
) -> None:
    """Write the graph to a file in a format that other programs read.

    turtle, ntriples and rdfxml hold the merged facts; trig, nquads and jsonld hold all graphs: also each paper's claims
    with their words, judgements and registers. gexf (for Gephi) and graphml hold a plain network of projects and
    organisations. The same graph gives the same bytes. The file is written whole or not at all.

    \b
    Example:
      kg export turtle -o graph.ttl
      kg export gexf -o graph.gexf --store my-graph
    """
    from kg.export import EXPORTERS, export_graph

    if form not in EXPORTERS:
        raise UsageError(f"unknown format '{form}'", hint=f"one of {', '.join(EXPORTERS)}")
    if output is None:
        raise UsageError(
            "a file to write is needed", where=f"kg export {form}", hint=f"-o graph.{EXPORTERS[form].ending}, or -o -"
        )
    with open_store(store) as graph:
        if str(output) == "-":
            export_graph(graph.store, form, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        export_graph(graph.store, form, output)
    note(f"{output}: {EXPORTERS[form].holds}, {output.stat().st_size} bytes")
