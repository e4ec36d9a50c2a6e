"""``kg network``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import Format, Store, counted, note, open_store, put, put_table
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
from kg.wholefile import whole_file

if TYPE_CHECKING:
    from kg.export.networks import Network
    from kg.query import Table


def network(
    view: ViewName = None,
    views: ViewFolder = None,
    listed: Annotated[bool, typer.Option("--list", help="List the views and what their edges say.")] = False,
    draw: Annotated[
        Path | None, typer.Option("--draw", metavar="FILE", help="Write a drawing (.svg, or .png) that needs no Gephi.")
    ] = None,
    edges: Annotated[bool, typer.Option("--edges", help="Print the table of edges instead of that of nodes.")] = False,
    metrics: Metrics = "components,degree,weighted-degree,communities",
    start: From = "",
    end: Until = "",
    region: Region = "",
    outcome: Outcome = "",
    kind: Kind = None,
    least: Least = None,
    around: Around = "",
    hops: Hops = 1,
    form: Format = "table",
    store: Store = None,
) -> None:
    """Print a network as tables of its nodes with their measures, or of its edges, and draw it.

    Nodes come with most kronor first. Measures: components, degree, weighted-degree, betweenness, pagerank, communities
    (by Louvain's method, always from the same seed) and lineage (generation and depth). What could not carry time or
    weight is told on standard error.

    \b
    Example:
      kg network --list
      kg network --view funders-together --metrics all
      kg network --view lineage --draw lineage.svg
      kg network --view projects-organisations --around "AI.ALL*" --hops 2 --edges
    """
    if listed:
        put(_list_views(views))
        return
    if draw is not None and draw.suffix.lower() not in (".svg", ".png"):
        raise UsageError(f"a drawing cannot be written as '{draw.name}'", hint="a file .svg or .png")
    chosen = load_view(view, views)
    filters = select(start, end, region, outcome, kind, least, around, hops)
    with open_store(store) as graph:
        found = measure(load_network(graph, chosen, filters), metrics)
    if draw is not None:
        _draw(found, (chosen.title_sv, chosen.title_en), draw)
    put_table(_tabulate_edges(found, form != "table") if edges else _tabulate_nodes(found), form)
    note(f"{counted(len(found.nodes), 'node', 'nodes')}, {counted(len(found.edges), 'edge', 'edges')}")
    report(found)


def _draw(found: Network, titles: tuple[str, ...], path: Path) -> None:
    from kg.export.drawing import draw_network
    from kg.export.pictures import write_picture

    note_ = f"{found.name}: {counted(len(found.nodes), 'node', 'nodes')}, {counted(len(found.edges), 'edge', 'edges')}"
    drawing = draw_network(found, titles, (f"{note_}. Size of a circle: kronor on its edges of one kind.",))
    with whole_file(path, "the drawing", "name another file with --draw") as out:
        write_picture(drawing, path, out)
    note(f"{path}: {path.stat().st_size} bytes")


def _list_views(folder: Path | None) -> str:
    from kg.export.views import list_broken, list_views

    for error in list_broken(folder):
        note(f"kg: {error.message}")
    lines = []
    for view in list_views(folder):
        lines += [view.name, f"  {view.title_sv}", f"  {view.title_en}", f"  weight: {view.weight}"]
        lines += [f"  amount: {view.amount}"] if view.amount else []
        lines += [f"    {name}: {text}" for name, text in view.kinds]
    return "\n".join(lines) + "\n"


def _tabulate_nodes(found: Network) -> Table:
    from kg.export.networks import declare_attributes
    from kg.query import Column, Table
    from kg.query.tables import Iri

    types = {str: "text", int: "integer", float: "decimal", bool: "boolean"}
    declared = declare_attributes(found.nodes)
    money = [Column("money", "integer", "SEK")]
    columns = [Column("label"), Column("type"), *money, *(Column(n, types[t]) for n, t in declared.items())]
    rows = sorted(found.nodes, key=lambda node: (-(node.money or 0), node.label, node.iri))
    return Table(
        (*columns, Column("iri", "iri")),
        tuple((n.label, n.type, n.money, *(n.attributes.get(name) for name in declared), Iri(n.iri)) for n in rows),
    )


def _tabulate_edges(found: Network, named: bool) -> Table:
    """``named``: with the IRIs of both ends, which the width of a terminal does not hold."""
    from kg.query import Column, Table
    from kg.query.tables import Iri

    labels = {node.iri: node.label for node in found.nodes}
    rows = sorted(found.edges, key=lambda e: (-e.weight, -(e.amount or 0), labels[e.source], labels[e.target], e.kind))
    columns = [
        Column("source"),
        Column("target"),
        Column("kind"),
        Column("weight", "integer"),
        Column("amount", "integer", "SEK"),
        Column("start"),
        Column("end"),
        *([Column("source_iri", "iri"), Column("target_iri", "iri")] if named else []),
    ]
    return Table(
        tuple(columns),
        tuple(
            (
                labels[e.source],
                labels[e.target],
                e.kind,
                e.weight,
                e.amount,
                e.spells[0][0] or None if e.spells else None,
                e.spells[-1][1] or None if e.spells else None,
                *((Iri(e.source), Iri(e.target)) if named else ()),
            )
            for e in rows
        ),
    )
