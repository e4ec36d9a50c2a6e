"""A graph in a SPARQL 1.1 server: loaded by the Graph Store Protocol, asked by the SPARQL Protocol.

Servers differ in what their default graph is (in some it is all graphs together), so the merged facts stand in a graph
of their own, ``FACTS``, which questions name as their default graph.
"""

from __future__ import annotations

import base64
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError, UsageError
from kg.graph.store import memory_store
from kg.terms import ONTOLOGY_GRAPH

FACTS = "graph/facts"
"""The graph of the merged facts, relative to the base."""

_GRAPH = re.compile(r"\bGRAPH\b", re.IGNORECASE)
_TIMEOUT = 300.0
_HINT = "check --store-url, and KG_STORE_USER and KG_STORE_PASSWORD in the environment where the server asks for them"


class RemoteStore:
    """A server, as far as questions need a store.  ``url`` is its SPARQL endpoint, ``base`` that of the data."""

    def __init__(self, url: str, base: str) -> None:
        self._url = _check_url(url)
        self._base = base
        self._graphs: list[str] | None = None

    def query(self, text: str, *, prefixes: dict[str, str] | None = None, **more: Any) -> Any:
        """The results, as a ``pyoxigraph.Store`` gives them.  Raises SyntaxError where the server refuses the query,
        and StoreError where it cannot be reached."""
        head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in (prefixes or {}).items())
        form = [("query", head + text), ("default-graph-uri", self._base + FACTS)]
        if _GRAPH.search(text):
            # By the protocol, who names a default graph has no named graphs but those that are named too.
            form += [("named-graph-uri", graph) for graph in self._list_graphs()]
        return self._ask(form)

    def _list_graphs(self) -> list[str]:
        """The graphs of the server that belong to the data: those of the papers, and the shared ones."""
        if self._graphs is None:
            text = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?subject ?predicate ?object } }"
            found = {row["graph"].value for row in self._ask([("query", text)])}
            self._graphs = sorted(g for g in found if g == ONTOLOGY_GRAPH or g.startswith(self._base))
        return self._graphs

    def _ask(self, form: list[tuple[str, str]]) -> Any:
        accept = "application/sparql-results+xml, application/n-triples;q=0.9"
        kind, answer = _send(
            self._url,
            "POST",
            urllib.parse.urlencode(form).encode(),
            {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept},
        )
        media_type = kind.partition(";")[0].strip()
        format = ox.QueryResultsFormat.from_media_type(media_type)
        if format is not None:
            return ox.parse_query_results(answer, format=format)
        rdf = ox.RdfFormat.from_media_type(media_type)
        if rdf is None:
            raise StoreError(f"the server answers in {media_type or 'no form'}", where=self._url, hint=_HINT)
        memory = memory_store(ox.parse(answer, format=rdf))
        return memory.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


def publish_store(store: ox.Store, url: str, base: str, gone: Iterable[str] = ()) -> int:
    """Puts every graph of ``store`` into the server whose Graph Store Protocol endpoint is ``url``; returns how many.
    ``gone``: names of graphs that are deleted there.  The merged facts come last.  Raises StoreError where the server
    cannot be reached or refuses."""
    _check_url(url)
    count = 0
    for graph in sorted(store.named_graphs(), key=str):
        if isinstance(graph, ox.NamedNode):
            _put(url, graph.value, store.quads_for_pattern(None, None, None, graph))
            count += 1
    for name in sorted(gone):
        _send(_address(url, name), "DELETE", None, {}, missing_is_fine=True)
    _put(url, base + FACTS, store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return count + 1


def _put(url: str, graph: str, quads: Iterator[ox.Quad]) -> None:
    payload = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
    _send(_address(url, graph), "PUT", payload, {"Content-Type": "application/n-triples"})


def _address(url: str, graph: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urllib.parse.urlencode({'graph': graph})}"


def _check_url(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"--store-url is {url!r}", hint="give an address such as http://host:8890/sparql")
    return url


def _send(
    url: str, method: str, data: bytes | None, headers: dict[str, str], *, missing_is_fine: bool = False
) -> tuple[str, bytes]:
    """The media type and body of the answer."""
    request = urllib.request.Request(url, data, headers, method=method)
    try:
        _authorise(request)
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
            return answer.headers.get("Content-Type", ""), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            said = " ".join(error.read(2000).decode("utf-8", "replace").split())[:300]
        if error.code == 404 and missing_is_fine:
            return "", b""
        if error.code == 400 and method == "POST":
            raise SyntaxError(said) from error
        raise StoreError(f"the server refuses ({error.code} {error.reason}: {said})", where=url, hint=_HINT) from error
    except OSError as error:
        reason = getattr(error, "reason", None) or error
        raise StoreError(f"the server cannot be reached ({reason})", where=url, hint=_HINT) from error


def _authorise(request: urllib.request.Request) -> None:
    """Adds what the server asks for, told by a request without a body: a server that refuses a large one closes before
    it has read it."""
    user, password = os.environ.get("KG_STORE_USER"), os.environ.get("KG_STORE_PASSWORD", "")
    if not user:
        return
    probe = urllib.request.Request(request.full_url, method="GET")
    try:
        urllib.request.urlopen(probe, timeout=_TIMEOUT).close()
        return
    except urllib.error.HTTPError as error:
        with error:
            asked = error.headers.get("WWW-Authenticate", "") if error.code == 401 else ""
    scheme, _, challenge = asked.partition(" ")
    match scheme.lower():
        case "digest":
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            known.add_password(None, request.full_url, user, password)
            handler = urllib.request.HTTPDigestAuthHandler(known)
            values = urllib.request.parse_keqv_list(list(filter(None, urllib.request.parse_http_list(challenge))))
            answer = handler.get_authorization(request, values)
            if answer:
                request.add_header("Authorization", f"Digest {answer}")
        case "basic":
            token = base64.b64encode(f"{user}:{password}".encode()).decode()
            request.add_header("Authorization", f"Basic {token}")
        case _:
            # it asks for nothing, or for what is not known here: the request itself tells
            pass
