"""What the commands on networks share: their options, and the network that they mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import note
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.export.networks import Network
    from kg.export.projecting import Selection
    from kg.export.views import View
    from kg.graph.store import GraphStore

ViewName = Annotated[
    str | None, typer.Option("--view", metavar="NAME", help="What becomes the network; kg network --list shows all.")
]
ViewFolder = Annotated[
    Path | None, typer.Option("--views", metavar="DIR", help="A folder with views of your own (NAME.rq).")
]
From = Annotated[str, typer.Option("--from", metavar="DATE", help="Only what is of this day or later (2021-03).")]
Until = Annotated[str, typer.Option("--to", metavar="DATE", help="Only what is of this day or earlier.")]
Region = Annotated[
    str, typer.Option("--region", metavar="NAME", help="Only projects in this county or municipality (name or code).")
]
Outcome = Annotated[
    str, typer.Option("--outcome", metavar="CODE", help="Only acts of this outcome, and their projects.")
]
Kind = Annotated[
    list[str] | None, typer.Option("--kind", metavar="KIND", help="Only edges of this kind; may be given again.")
]
Least = Annotated[
    int | None, typer.Option("--min-amount", metavar="SEK", min=0, help="Only edges with at least so many kronor.")
]
Around = Annotated[str, typer.Option("--around", metavar="NAME", help="Only what lies near this thing.")]
Hops = Annotated[int, typer.Option("--hops", min=1, help="How many edges away, with --around.")]

Metrics = Annotated[
    str,
    typer.Option(
        "--metrics", metavar="NAMES", help="Measures as attributes of nodes: all, or some, with commas between."
    ),
]


def select(
    start: str, end: str, region: str, outcome: str, kinds: list[str] | None, least: int | None, around: str, hops: int
) -> Selection:
    """The filters that the options stand for."""
    from kg.export.projecting import Selection

    if hops != 1 and not around:
        raise UsageError("--hops says how far from a thing", hint="--around NAME --hops N")
    return Selection(start, end, region, outcome, tuple(sorted(set(kinds or ()))), least, around, hops if around else 1)


def load_view(name: str | None, folder: Path | None) -> View:
    """The view of that name; one that would reach out of the graph is refused."""
    from kg.export.views import DEFAULT_VIEW, find_view
    from kg.query.guard import refuse_outside

    view = find_view(name or DEFAULT_VIEW, folder)
    refuse_outside(view.text, where=str(view.path))
    return view


def load_network(graph: GraphStore, view: View, selection: Selection) -> Network:
    """The network of the graph, with the day of its build."""
    from kg.export.projecting import make_network

    return make_network(graph.store, view, selection, graph.manifest.built[:10])


def measure(network: Network, names: str) -> Network:
    """The network with the measures that the option names."""
    from kg.export.metrics import add_metrics

    return add_metrics(network, names.split(",")) if names else network


def report(network: Network) -> None:
    """Says on standard error what could not carry time or weight."""
    from kg.export.networks import report_gaps

    for line in report_gaps(network):
        note(f"  {line}")
