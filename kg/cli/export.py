"""``kg export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import Store, counted, note, open_store
from kg.cli.networks import (
    Around,
    From,
    Hops,
    Kind,
    Least,
    Metrics,
    Outcome,
    Region,
    Until,
    ViewFolder,
    ViewName,
    load_network,
    load_view,
    measure,
    report,
    select,
)
from kg.errors import UsageError

FORMATS = (
    "turtle, trig, nquads, ntriples, rdfxml, jsonld, gexf, graphml, nodes-csv, edges-csv, graphology, cyjs or pajek"
)


def export(
    form: Annotated[str, typer.Argument(metavar="FORMAT", help=f"{FORMATS[0].upper()}{FORMATS[1:]}.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write; '-' is standard output.")
    ] = None,
    view: ViewName = None,
    views: ViewFolder = None,
    start: From = "",
    end: Until = "",
    region: Region = "",
    outcome: Outcome = "",
    kind: Kind = None,
    least: Least = None,
    around: Around = "",
    hops: Hops = 1,
    metrics: Metrics = "",
    store: Store = None,
) -> None:
    """Write the graph to a file in a format that other programs read.

    turtle, ntriples and rdfxml hold the merged facts; trig, nquads and jsonld hold all graphs: also each paper's claims
    with their words, judgements and registers. gexf (for Gephi), graphml, nodes-csv and edges-csv (tables with Gephi's
    column names), graphology (JSON, also for sigma), cyjs (Cytoscape) and pajek hold a network: a view, of which
    filters choose a part. What could not carry time or weight is told. The same graph gives the same bytes. The file is
    written whole or not at all.

    \b
    Example:
      kg export turtle -o graph.ttl
      kg export gexf -o graph.gexf --store my-graph
      kg export gexf --view funders-together --from 2021 --to 2023 -o funders.gexf
      kg export gexf --view lineage --metrics all -o lineage.gexf
      kg export gexf --around "AI.ALL*" --hops 2 -o near.gexf
    """
    from kg.export import EXPORTERS, NETWORK_WRITERS, export_graph, export_network
    from kg.export.layout import place_network

    if form not in EXPORTERS:
        raise UsageError(f"unknown format '{form}'", hint=f"one of {', '.join(EXPORTERS)}")
    if output is None:
        raise UsageError(
            "a file to write is needed", where=f"kg export {form}", hint=f"-o graph.{EXPORTERS[form].ending}, or -o -"
        )
    chosen = select(start, end, region, outcome, kind, least, around, hops)
    if form not in NETWORK_WRITERS:
        if view or views or metrics or chosen != select("", "", "", "", None, None, "", 1):
            raise UsageError(
                f"{form} holds the graph whole, without views and filters", hint=f"one of {', '.join(NETWORK_WRITERS)}"
            )
    piped = str(output) == "-"
    target = sys.stdout.buffer if piped else output
    with open_store(store) as graph:
        if form in NETWORK_WRITERS:
            network = place_network(measure(load_network(graph, load_view(view, views), chosen), metrics))
            export_network(network, form, target)
            nodes, edges = len(network.nodes), len(network.edges)
            holds = f"{network.name}, {counted(nodes, 'node', 'nodes')}, {counted(edges, 'edge', 'edges')}"
        else:
            export_graph(graph.store, form, target)
            network, holds = None, EXPORTERS[form].holds
    if piped:
        sys.stdout.buffer.flush()
    else:
        note(f"{output}: {holds}, {output.stat().st_size} bytes")
    if network is not None:
        report(network)
