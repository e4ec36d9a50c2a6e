"""Do the words in the graph stand in the papers, byte for byte?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.clean import clean
from kg.errors import ReadError
from kg.graph.nodes import term
from kg.graph.shapes import VIOLATION, WARNING
from kg.graph.store import GraphStore
from kg.graph.validate import Violation
from kg.read import read

_SHAPE = "WordsShape"


def check_papers(graph: GraphStore) -> Iterator[Violation]:
    """Reads each paper of the graph again.  A violation for words that do not stand at their place in its text, or
    come from no part of its bytes; a warning for a paper that is no longer where it was, or has other bytes now."""
    for paper in graph.manifest.papers:
        named = f"{Path(paper.source).name} <document/{paper.id[:12]}…>"
        hint = "run this in the folder where the graph was built, or build it again"
        try:
            raw = read(Path(paper.source))
        except ReadError as error:
            yield Violation(f"its words cannot be checked ({error.what})", paper.source, named, hint, WARNING, _SHAPE)
            continue
        if raw.id != paper.id:
            what = "its words cannot be checked: it has changed since the graph was built"
            yield Violation(what, paper.source, named, "build the graph again", WARNING, _SHAPE)
            continue
        document = clean(raw)
        for start, end, quote in sorted(_words(graph.store, f"{graph.manifest.base}document/{paper.id}")):
            what = _fault(document.text[start:end], quote)
            if not what and not document.raw_quote(start, end).strip():
                what = "come from no part of the paper"
            if what:
                told = f"the words {quote[:60]!r} at {start}-{end} {what}"
                yield Violation(told, paper.source, named, "build the graph again and report it", VIOLATION, _SHAPE)


def _fault(text: str, quote: str) -> str:
    return "" if text == quote else f"are not those of the paper there: {text[:60]!r}"


def _words(store: ox.Store, document: str) -> Iterator[tuple[int, int, str]]:
    graph = ox.NamedNode(document)

    def one(subject: object, name: str) -> str:
        found = next(store.quads_for_pattern(subject, term(name), None, graph), None)  # type: ignore[arg-type]
        return found.object.value if found is not None else "0"  # type: ignore[union-attr]

    for quad in store.quads_for_pattern(None, term("rdf:type"), term("oa:SpecificResource"), graph):
        path = quad.subject.value  # type: ignore[union-attr]
        position, exact = ox.NamedNode(f"{path}/position"), ox.NamedNode(f"{path}/quote")
        yield int(one(position, "oa:start")), int(one(position, "oa:end")), one(exact, "oa:exact")
