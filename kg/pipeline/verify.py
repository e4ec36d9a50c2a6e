"""Do the words in the graph stand in the papers, byte for byte?"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.clean import clean
from kg.errors import ReadError
from kg.graph.manifest import Paper
from kg.graph.nodes import term
from kg.graph.shapes import VIOLATION, WARNING
from kg.graph.store import GraphStore
from kg.graph.validate import Violation
from kg.model import RawDocument
from kg.read import find_file, members, read_member

_SHAPE = "WordsShape"
_HERE = "run this in the folder where the graph was built, or build it again"


def check_papers(graph: GraphStore) -> Iterator[Violation]:
    """Reads each paper of the graph again, those in archives and letters too.  A violation for words that do not stand
    at their place in its text, or come from no part of its bytes; a warning for a paper that is no longer where it was,
    or has other bytes now."""
    by_file: dict[str, list[Paper]] = {}
    for paper in graph.manifest.papers:
        by_file.setdefault(_outermost(paper.source), []).append(paper)
    for name in sorted(by_file):
        yield from _check_file(graph, name, by_file[name])


def _check_file(graph: GraphStore, name: str, papers: list[Paper]) -> Iterator[Violation]:
    """The papers in one file, which is opened once for all of them."""
    missing = {paper.id: paper for paper in papers}
    others: dict[str, str] = {}
    for member in members(find_file(name), source=name):
        others[member.source] = "" if member.error is None else member.error.what
        paper = missing.pop(hashlib.sha256(member.data).hexdigest(), None) if member.error is None else None
        if paper is None:
            continue
        try:
            raw = read_member(member)
        except ReadError as error:
            yield _warn(paper, error.what, _HERE)
        else:
            yield from _check(graph, paper, raw)
    for paper in missing.values():
        # a fault of the whole file comes under the name of the file
        reason = others.get(paper.source, others.get(name) or "it is no longer in the file")
        if reason:
            yield _warn(paper, reason, _HERE)
        else:
            yield _warn(paper, "it has changed since the graph was built", "build the graph again")


def _outermost(source: str) -> str:
    """The file that holds a paper: of ``a.zip!b.eml!c.docx`` ``a.zip``, unless a file has a longer name."""
    parts = source.split("!")
    names = ["!".join(parts[:count]) for count in range(len(parts), 0, -1)]
    return next((name for name in names if os.path.lexists(find_file(name))), parts[0])


def _check(graph: GraphStore, paper: Paper, raw: RawDocument) -> Iterator[Violation]:
    document = clean(raw)
    for start, end, quote in sorted(_words(graph.store, f"{graph.manifest.base}document/{paper.id}")):
        what = _fault(document.text[start:end], quote)
        if not what and not document.raw_quote(start, end).strip():
            what = "come from no part of the paper"
        if what:
            told = f"the words {quote[:60]!r} at {start}-{end} {what}"
            yield Violation(told, paper.source, _name(paper), "build the graph again and report it", VIOLATION, _SHAPE)


def _warn(paper: Paper, reason: str, hint: str) -> Violation:
    return Violation(f"its words cannot be checked: {reason}", paper.source, _name(paper), hint, WARNING, _SHAPE)


def _name(paper: Paper) -> str:
    return f"{Path(paper.source).name} <document/{paper.id[:12]}…>"


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
