"""The graph as a plain network: projects and organisations, and the links between them.

A first projection, for Gephi and other tools of network analysis.  Nodes: ``bg:Project`` and the organisations that
have to do with one.  Edges, each with a ``kind``:

=====================================  ====================================================================
``builds_on continues related_to``     project to project
``applicant partner``                  organisation to project
``funds_STATUS`` (``funds``: unknown)  contributor to project: its financing lines of that status
``granted rejected proposed_grant``..  authority to project: its acts of that outcome
=====================================  ====================================================================

``weight`` is the number of lines or acts behind an edge (1 for the others), ``amount`` their sum in kronor, where
they state amounts.  What the graph does not state is left out, never written as an empty value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.sax.saxutils import quoteattr

import networkx as nx
import pyoxigraph as ox

from kg.terms import expand

GEXF = "http://gexf.net/1.3"

# What XML 1.0 cannot hold.
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PROJECT_LINKS = {"bg:buildsOn": "builds_on", "bg:continues": "continues", "bg:relatedTo": "related_to"}
_ORGANISATION_LINKS = {"bg:applicant": "applicant", "bg:partner": "partner"}
_YEARS = {"bg:startYear": "start_year", "bg:endYear": "end_year"}

# Name of an attribute -> its type in GEXF.
NODE_ATTRIBUTES = {"type": "string", "funder": "boolean", "start_year": "integer", "end_year": "integer"}
EDGE_ATTRIBUTES = {"amount": "long"}


def project_network(store: ox.Store) -> nx.MultiDiGraph:
    """The network.  Nodes are IRIs with ``label``, ``type`` ("Project", "Organisation"), ``funder`` (organisations),
    ``start_year`` and ``end_year`` (projects); the key of an edge is its ``kind``; sorted throughout."""
    reader = _Reader(store)
    network = nx.MultiDiGraph()
    projects = reader.subjects("rdf:type", "bg:Project")
    for project in projects:
        years = {name: reader.integer(project, predicate) for predicate, name in _YEARS.items()}
        network.add_node(project, label=reader.label(project), type="Project", **_stated(years))
    edges: dict[tuple[str, str, str], dict[str, int]] = {}
    for project in projects:
        for source, target, kind, amount in sorted(reader.links(project), key=lambda link: (*link[:3], link[3] or -1)):
            edge = edges.setdefault((source, target, kind), {"weight": 0})
            edge["weight"] += 1
            if amount is not None:
                edge["amount"] = edge.get("amount", 0) + amount
    for end in sorted({end for source, target, _ in edges for end in (source, target)} - set(projects)):
        funder = reader.has(end, "rdf:type", "bg:Funder")
        network.add_node(end, label=reader.label(end), type="Organisation", funder=funder)
    for (source, target, kind), data in sorted(edges.items()):
        network.add_edge(source, target, key=kind, kind=kind, **data)
    return network


class _Reader:
    """Looks facts up in the default graph."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def subjects(self, predicate: str, value: str | ox.NamedNode) -> list[str]:
        node = ox.NamedNode(expand(value)) if isinstance(value, str) else value
        found = self._store.quads_for_pattern(None, ox.NamedNode(expand(predicate)), node, ox.DefaultGraph())
        subjects: set[Any] = {q.subject for q in found}
        return sorted(subject.value for subject in subjects)

    def objects(self, subject: str, predicate: str) -> list[Any]:
        quads = self._store.quads_for_pattern(
            ox.NamedNode(subject), ox.NamedNode(expand(predicate)), None, ox.DefaultGraph()
        )
        return sorted((q.object for q in quads), key=str)

    def has(self, subject: str, predicate: str, value: str) -> bool:
        return any(o.value == expand(value) for o in self.objects(subject, predicate))

    def label(self, subject: str) -> str:
        return next((o.value for o in self.objects(subject, "rdfs:label")), subject)

    def integer(self, subject: str, predicate: str) -> int | None:
        """The largest whole number stated."""
        return max((int(o.value) for o in self.objects(subject, predicate)), default=None)

    def code(self, subject: str, predicate: str) -> str:
        codes = (self.objects(o.value, "skos:notation") for o in self.objects(subject, predicate))
        return next((c.value for found in codes for c in found), "")

    def links(self, project: str) -> Iterator[tuple[str, str, str, int | None]]:
        """Source, target, kind and amount of every link of a project, from it or to it from an organisation."""
        for predicate, kind in _PROJECT_LINKS.items():
            for other in self.objects(project, predicate):
                yield project, other.value, kind, None
        for predicate, kind in _ORGANISATION_LINKS.items():
            for organisation in self.objects(project, predicate):
                yield organisation.value, project, kind, None
        for case in self.subjects("bg:project", ox.NamedNode(project)):
            for funder in self.objects(case, "bg:contributor"):
                status = self.code(case, "bg:status")
                yield funder.value, project, f"funds_{status}" if status else "funds", self.integer(case, "bg:amount")
            outcome = self.code(case, "bg:outcome")
            for authority in self.objects(case, "bg:authority") if outcome else ():
                yield authority.value, project, outcome, self.integer(case, "bg:amount")


def _stated(values: dict[str, int | None]) -> dict[str, int]:
    return {name: value for name, value in values.items() if value is not None}


def write_graphml(store: ox.Store, out: BinaryIO) -> None:
    """GraphML, by networkx."""
    network = project_network(store)
    for _, data in network.nodes(data=True):
        data["label"] = _printable(data["label"])
    nx.write_graphml(network, out, encoding="utf-8", prettyprint=True, named_key_ids=True)


def write_gexf(store: ox.Store, out: BinaryIO) -> None:
    """GEXF 1.3.

    Written here: the writer of networkx puts in the day of the export, knows no ``kind``, without which Gephi merges
    parallel edges, and writes a version that Gephi calls deprecated.
    """
    network = project_network(store)
    for line in _gexf_lines(network):
        out.write(f"{line}\n".encode())


def _gexf_lines(network: nx.MultiDiGraph) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<gexf xmlns="{GEXF}" version="1.3">'
    yield "  <meta><creator>Beslutsgraf</creator></meta>"
    yield '  <graph defaultedgetype="directed" mode="static">'
    for class_, attributes in (("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES)):
        yield f'    <attributes class="{class_}">'
        for name, kind in attributes.items():
            yield f'      <attribute id="{name}" title="{name}" type="{kind}"/>'
        yield "    </attributes>"
    yield f'    <nodes count="{network.number_of_nodes()}">'
    for node, data in network.nodes(data=True):
        yield f"      <node id={_quoted(node)} label={_quoted(data['label'])}>"
        yield from _gexf_values(data, NODE_ATTRIBUTES)
        yield "      </node>"
    yield "    </nodes>"
    yield f'    <edges count="{network.number_of_edges()}">'
    for number, (source, target, data) in enumerate(network.edges(data=True)):
        ends = f"source={_quoted(source)} target={_quoted(target)}"
        kind = _quoted(data["kind"])
        yield f'      <edge id="{number}" {ends} kind={kind} label={kind} weight="{data["weight"]}">'
        yield from _gexf_values(data, EDGE_ATTRIBUTES)
        yield "      </edge>"
    yield "    </edges>"
    yield "  </graph>"
    yield "</gexf>"


def _gexf_values(data: dict[str, Any], attributes: dict[str, str]) -> Iterator[str]:
    present = [(name, data[name]) for name in attributes if name in data]
    if present:
        yield "        <attvalues>"
        for name, value in present:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            yield f'          <attvalue for="{name}" value={_quoted(text)}/>'
        yield "        </attvalues>"


def _printable(text: str) -> str:
    return _UNPRINTABLE.sub("\ufffd", text)


def _quoted(text: str) -> str:
    return quoteattr(_printable(text))
