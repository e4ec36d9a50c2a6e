"""The W3C tests of the SPARQL 1.1 protocol against a served endpoint, and the list of their results.

    python -m tests.publish.protocol        writes docs/conformance.md

The cases and their data are read from ../shared/conformance/sparql-protocol.  A case that updates asks a read-only
endpoint for a refusal: its first request must be answered 403, and what it expects of later requests is not asked.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDFS

from tests.publish.web import ROOT, Reply, Server, serving

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")

PAGE = ROOT / "docs" / "conformance.md"
TABLES = ("sparql-results+json", "sparql-results+xml", "csv", "tab-separated-values")
GRAPHS = ("turtle", "n-triples", "rdf+xml", "ld+json")


@dataclass(frozen=True)
class Case:
    """``requests``: (method, path, headers, body, expected status families, expected format, expected boolean)."""

    name: str
    title: str
    update: bool
    requests: tuple[tuple, ...]


@dataclass(frozen=True)
class Outcome:
    case: Case
    passed: bool
    result: str


def cases(folder: Path) -> Iterator[Case]:
    """The cases of the manifest, in its order."""
    graph = rdflib.Graph()
    graph.parse(folder / "manifest.ttl", format="turtle", publicID="http://example.org/manifest")
    entries = next(graph.objects(None, MF.entries))
    for node in Collection(graph, entries):
        requests = []
        action = graph.value(node, MF.action)
        for request in Collection(graph, graph.value(action, HT.requests)):
            reply = graph.value(request, HT.resp)
            body = graph.value(request, HT.body)
            text = str(graph.value(body, CNT.chars)) if body else None
            encoding = str(graph.value(body, CNT.characterEncoding) or "utf-8") if body else "utf-8"
            boolean = graph.value(reply, MF.expectedBoolean)
            requests.append(
                (
                    str(graph.value(request, HT.methodName)),
                    str(graph.value(request, HT.absolutePath)),
                    dict(_headers(graph, request)),
                    text.encode(encoding) if text is not None else None,
                    {str(s).rpartition("StatusCode")[2][0] for s in graph.objects(reply, MF.expectedStatus)},
                    str(graph.value(reply, MF.expectedFormat) or ""),
                    None if boolean is None else bool(boolean.toPython()),
                )
            )
        name = str(node).rpartition("#")[2]
        refused = name.startswith("update_")
        yield Case(name, " ".join(str(graph.value(node, MF.name)).split()), refused, tuple(requests))


def _headers(graph: rdflib.Graph, request: rdflib.term.Node) -> Iterator[tuple[str, str]]:
    fields = graph.value(request, HT.headers)
    for field in Collection(graph, fields) if fields else ():
        yield str(graph.value(field, HT.fieldName)), str(graph.value(field, HT.fieldValue))


def data(folder: Path) -> Iterator[ox.Quad]:
    """The data of all cases: each file in the graph of its name."""
    graph = rdflib.Graph()
    graph.parse(folder / "manifest.ttl", format="turtle", publicID="http://example.org/manifest")
    files = {
        (str(graph.value(node, UT.graph)).rpartition("/")[2], str(graph.value(node, RDFS.label)))
        for node in graph.objects(None, UT.graphData)
    }
    for name, label in sorted(files):
        for quad in ox.parse((folder / name).read_bytes(), format=ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(label))


def run_case(server: Server, case: Case) -> Outcome:
    """Sends the requests of a case until one is not answered as expected."""
    for method, path, headers, body, families, form, boolean in case.requests:
        address = urlsplit(path)
        target = "/sparql/" + (f"?{address.query}" if address.query else "")
        reply = server.ask(method, target, headers, body)
        if case.update:
            return Outcome(case, reply.status == 403, f"refused: {reply.status} {reply.problem}")
        if str(reply.status)[0] not in families:
            return Outcome(case, False, f"{reply.status} in place of {'/'.join(sorted(families))}xx")
        wrong = _find_fault(reply, form, boolean)
        if wrong:
            return Outcome(case, False, wrong)
    kind = reply.headers["content-type"].partition(";")[0]
    detail = reply.problem if reply.status >= 400 else kind
    return Outcome(case, True, f"{reply.status} {detail}")


def _find_fault(reply: Reply, form: str, boolean: bool | None) -> str:
    kind = reply.headers["content-type"].partition(";")[0].rpartition("/")[2]
    if form == "RDF" and kind not in GRAPHS:
        return f"{kind} is no RDF"
    if form in ("tabular", "boolean") and kind not in (TABLES if form == "tabular" else TABLES[:2]):
        return f"{kind} is no form of a {form} answer"
    if boolean is not None and json.loads(reply.body)["boolean"] is not boolean:
        return f"the answer is not {boolean}"
    return ""


def write_page(outcomes: list[Outcome]) -> str:
    """The list of results, as docs/conformance.md has it."""
    own = [o for o in outcomes if not o.case.update]
    refused = [o for o in outcomes if o.case.update]
    rows = "".join(
        f"| `{o.case.name}` | {o.case.title} | {'passed' if o.passed else 'FAILED'} | {o.result} |\n" for o in outcomes
    )
    return f"""# Conformance

## SPARQL 1.1 protocol

The [W3C tests](https://github.com/w3c/rdf-tests/tree/main/sparql/sparql11/protocol) of the protocol, run against
`kg serve` by `python -m tests.publish.protocol`, which writes this page; `tests/publish/test_protocol.py` runs them too
and compares.

{sum(o.passed for o in own)} of the {len(own)} cases that ask nothing but queries, or for a refusal, pass.
The other {len(refused)} change the graph; this endpoint is read-only, and {sum(o.passed for o in refused)} of them are
refused (403) at their first request, as they must be.

| case | what it tests | result | answer |
|---|---|---|---|
{rows}"""


def run_all(folder: Path, graph: Path, work: Path) -> list[Outcome]:
    """All cases, against a server of their own over the graph directory ``graph``, which is made."""
    from tests.publish.conftest import write_graph

    write_graph(graph, data(folder))
    with serving(graph, work, "--workers", 1) as server:
        return [run_case(server, case) for case in cases(folder)]


def main() -> None:
    folder = ROOT.parent / "shared" / "conformance" / "sparql-protocol"
    with tempfile.TemporaryDirectory() as work:
        outcomes = run_all(folder, Path(work) / "graph", Path(work))
    PAGE.write_text(write_page(outcomes), encoding="utf-8")
    failed = [o.case.name for o in outcomes if not o.passed]
    print(f"{len(outcomes) - len(failed)} of {len(outcomes)} as they must be; {PAGE}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
