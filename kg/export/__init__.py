"""The graph in the formats that others read: RDF in all its forms, and plain networks for Gephi and the like.

``EXPORTERS`` lists them; ``export_graph`` writes one, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from kg.export.jsongraphs import write_cytoscape, write_graphology
from kg.export.networks import Network
from kg.export.pajek import write_pajek
from kg.export.projecting import make_network
from kg.export.rdf import write_dataset, write_triples
from kg.export.tables import write_edge_table, write_node_table
from kg.export.views import DEFAULT_VIEW, find_view
from kg.wholefile import whole_file


@dataclass(frozen=True, slots=True)
class Exporter:
    """``ending`` of the file name; ``holds``: what of the graph goes in, in a few words; ``write(store, out)``."""

    ending: str
    holds: str
    write: Callable[[ox.Store, BinaryIO], None]


_FACTS = "the merged facts"
_ALL = "facts, claims with their words, judgements and registers, each in its graph"
_NETWORK = "a view as a network (unless another is named: projects and organisations)"

# Format -> ending of the file name, and the writer of a network.
NETWORK_WRITERS: dict[str, tuple[str, Callable[[Network, BinaryIO], None]]] = {
    "gexf": ("gexf", write_gexf),
    "graphml": ("graphml", write_graphml),
    "nodes-csv": ("csv", write_node_table),
    "edges-csv": ("csv", write_edge_table),
    "graphology": ("json", write_graphology),
    "cyjs": ("cyjs", write_cytoscape),
    "pajek": ("net", write_pajek),
}


def _write_default(form: str) -> Callable[[ox.Store, BinaryIO], None]:
    def write(store: ox.Store, out: BinaryIO) -> None:
        NETWORK_WRITERS[form][1](make_network(store, find_view(DEFAULT_VIEW)), out)

    return write


EXPORTERS: dict[str, Exporter] = {
    "turtle": Exporter("ttl", _FACTS, write_triples(ox.RdfFormat.TURTLE)),
    "ntriples": Exporter("nt", _FACTS, write_triples(ox.RdfFormat.N_TRIPLES)),
    "rdfxml": Exporter("rdf", _FACTS, write_triples(ox.RdfFormat.RDF_XML)),
    "trig": Exporter("trig", _ALL, write_dataset(ox.RdfFormat.TRIG)),
    "nquads": Exporter("nq", _ALL, write_dataset(ox.RdfFormat.N_QUADS)),
    "jsonld": Exporter("jsonld", _ALL, write_dataset(ox.RdfFormat.JSON_LD)),
    **{form: Exporter(ending, _NETWORK, _write_default(form)) for form, (ending, _) in NETWORK_WRITERS.items()},
}


def export_graph(store: ox.Store, form: str, out: Path | BinaryIO) -> None:
    """Writes the graph in the form of that name to a file or a binary stream; the same graph gives the same bytes.

    A file is written beside its place and renamed when it is whole.  Raises UsageError for an unknown form and
    KgError where the file cannot be written.
    """
    exporter = EXPORTERS.get(form)
    if exporter is None:
        raise UsageError(f"unknown format '{form}'", hint=f"one of {', '.join(EXPORTERS)}")
    _write(lambda stream: exporter.write(store, stream), out)


def export_network(network: Network, form: str, out: Path | BinaryIO) -> None:
    """Writes a network in one of the formats of ``NETWORK_WRITERS``, as ``export_graph`` does."""
    if form not in NETWORK_WRITERS:
        raise UsageError(f"'{form}' is no format of networks", hint=f"one of {', '.join(NETWORK_WRITERS)}")
    _write(lambda stream: NETWORK_WRITERS[form][1](network, stream), out)


def _write(write: Callable[[BinaryIO], None], out: Path | BinaryIO) -> None:
    if isinstance(out, Path):
        with whole_file(out) as stream:
            write(stream)
    else:
        write(out)
