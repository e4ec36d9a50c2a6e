"""The process that runs queries: one at a time, on its own read-only handle of the store.

It takes requests from and gives answers to the socket that is its standard input, each a JSON object after four bytes
of length.  It may be killed at any moment: it holds nothing that anyone misses.  What it cannot bear (memory, a deep
recursion in the engine) ends it alone.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import socket
import struct
import sys
import time
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from kg.errors import QueryError, StoreError, UsageError
from kg.graph.store import open_store
from kg.graph.unparsed import say_unparsed
from kg.publish.things import UNFIT_FOR_XML
from kg.query.guard import refuse_deep, refuse_outside
from kg.terms import PREFIXES

INLINE = 256 * 1024
"""Larger answers go through a file."""

HEAD = struct.Struct(">I")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_GROWN = 200_000_000
_PR_SET_PDEATHSIG = 1

RESULT_FORMATS: dict[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS: dict[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/json": ox.RdfFormat.JSON_LD,
}
# What stands once for every row in what the engine writes, and in no text within it (quotes and the like are escaped;
# of CSV a line end within a field counts too), and how many rows more there are than marks.
_ROW_MARKS: dict[ox.QueryResultsFormat, tuple[bytes, int]] = {
    ox.QueryResultsFormat.JSON: (b'},{"', 1),
    ox.QueryResultsFormat.XML: (b"<result>", 0),
    ox.QueryResultsFormat.CSV: (b"\r\n", -1),
    ox.QueryResultsFormat.TSV: (b"\n", -1),
}


class Refused(Exception):
    """A query that gets no answer: the code of a problem and the reason."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Sink:
    """Takes the answer as the engine writes it: in memory first, in a file when it grows, up to the limits."""

    def __init__(
        self, path: Path, most_bytes: int, most_rows: int, mark: tuple[bytes, int] | None, *, xml: bool = False
    ) -> None:
        self._path, self._most_bytes, self._most_rows, self._xml = path, most_bytes, most_rows, xml
        self._mark, self.rows = mark or (b"", 0)
        self._head = bytearray()
        self._file: BinaryIO | None = None
        self._tail = b""
        self.size = 0

    def write(self, data: bytes) -> int:
        taken = len(data)
        if self._xml:
            data = UNFIT_FOR_XML.sub("\ufffd".encode(), data)
        self.size += len(data)
        if self.size > self._most_bytes:
            raise Refused("size-limit", f"the answer is larger than {self._most_bytes} bytes; ask for less")
        if self._mark:
            text = self._tail + data
            self.rows += text.count(self._mark)
            # a mark that lies over the border is whole with the next piece; one that is whole is not counted again
            self._tail = text[len(text) - len(self._mark) + 1 :]
            self.check_rows(self.rows)
        if self._file is None and self.size > INLINE:
            self._file = self._path.open("wb")
            self._file.write(self._head)
            self._head = bytearray()
        if self._file is None:
            self._head += data
        else:
            self._file.write(data)
        return taken

    def check_rows(self, rows: int) -> None:
        """Raises Refused where there are too many."""
        if rows > self._most_rows:
            raise Refused("row-limit", f"the answer has more than {self._most_rows} rows; add a LIMIT")

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()

    def close(self) -> bytes | None:
        """The answer, or None where it is in the file."""
        if self._file is None:
            return bytes(self._head)
        self._file.close()
        return None

    def discard(self) -> None:
        """Removes what was written."""
        if self._file is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)


def answer(store: ox.Store, request: dict[str, Any], limits: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Runs one query.  The head of the answer tells ``media`` and ``kind``, or ``code`` and ``detail`` of a problem;
    the body is empty where it is in the file ``spool`` of the request."""
    begun = time.perf_counter()
    sink: Sink | None = None
    try:
        results = _evaluate(store, request)
        kind, media = _choose(results, request["media"])
        mark = _ROW_MARKS[RESULT_FORMATS[media]] if kind == "table" else None
        sink = Sink(Path(request["spool"]), limits["bytes"], limits["rows"], mark, xml="xml" in media)
        if isinstance(results, ox.QueryTriples):
            triples: dict[ox.Triple, None] = {}
            for triple in results:
                triples[triple] = None
                sink.check_rows(len(triples))
            sink.rows = len(triples)
            prefixes = PREFIXES if GRAPH_FORMATS[media] is not ox.RdfFormat.N_TRIPLES else None
            ox.serialize(triples, output=cast(BinaryIO, sink), format=GRAPH_FORMATS[media], prefixes=prefixes)
        else:
            results.serialize(output=cast(BinaryIO, sink), format=RESULT_FORMATS[media])
        body = sink.close()
        head = {"kind": kind, "media": media, "rows": sink.rows, "size": sink.size, "file": body is None}
        return head | {"seconds": time.perf_counter() - begun}, body or b""
    except Refused as error:
        if sink is not None:
            sink.discard()
        return {"code": error.code, "detail": error.detail}, b""
    except MemoryError:
        # what is left may be too little for the next query
        if sink is not None:
            sink.discard()
        return {"code": "memory-limit", "detail": "the query needed more memory than the limit", "leave": True}, b""
    except (OSError, RuntimeError, ValueError) as error:
        if sink is not None:
            sink.discard()
        return {"code": "query-failed", "detail": _shorten(str(error)), "leave": True}, b""


def _evaluate(store: ox.Store, request: dict[str, Any]) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
    text = request["query"]
    try:
        refuse_outside(text)
        refuse_deep(text)
    except QueryError as error:
        raise Refused("query-syntax", error.what) from None
    except UsageError as error:
        code = "federation" if "SERVICE" in error.what else "update-refused"
        raise Refused(code, error.what) from None
    options: dict[str, Any] = {}
    default, named = request.get("default"), request.get("named")
    if default is not None or named is not None:
        # the dataset of the request takes the place of that of the query, whole
        try:
            options["default_graph"] = [ox.NamedNode(iri) for iri in default or ()]
            options["named_graphs"] = [ox.NamedNode(iri) for iri in named or ()]
        except ValueError as error:
            raise Refused("bad-request", f"the name of a graph is no IRI: {_shorten(str(error))}") from None
    try:
        return store.query(text, base_iri=request["base"], prefixes=PREFIXES, **options)
    except SyntaxError as error:
        raise Refused("query-syntax", say_unparsed(str(error), text)) from None


def _choose(results: object, media: dict[str, str | None]) -> tuple[str, str]:
    kinds = {ox.QueryTriples: "graph", ox.QueryBoolean: "boolean", ox.QuerySolutions: "table"}
    kind = kinds[type(results)]  # type: ignore[index]
    chosen = media[kind]
    if chosen is None:
        raise Refused("not-acceptable", f"the answer is a {kind}; see Accept")
    return kind, chosen


def _shorten(message: str) -> str:
    """The engine's message on one line, cut."""
    return " ".join(message.split())[:300]


# --- the process ----------------------------------------------------------------------------------------------------


def read_frame(stream: BinaryIO) -> bytes | None:
    """The next frame; None at the end."""
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    return stream.read(HEAD.unpack(head)[0])


def main() -> None:
    """``python -m kg.publish.worker``: the arguments are the path of the store and the limits as JSON."""
    path, limits = sys.argv[1], json.loads(sys.argv[2])
    _end_with_parent()
    # an interrupt at the terminal is for the server, which ends its workers itself
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        os.nice(5)
    sock = socket.socket(fileno=os.dup(0))
    stream, out = sock.makefile("rb"), sock.makefile("wb")
    try:
        store = open_store(path)
        bool(store.query("ASK { ?s ?p ?o }"))
    except StoreError as error:
        _send(out, {"code": "internal", "detail": error.message})
        return
    resting = _resident()
    ceiling = _address_space() + limits["memory"]
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    _send(out, {"ready": True})
    while (frame := read_frame(stream)) is not None:
        # a query that was taken is not given to another, should this process end
        _send(out, {"begun": True})
        # a backstop, should nobody be left to end this process: processor time cannot outrun the clock
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(used + limits["seconds"]) + 2, resource.RLIM_INFINITY))
        head, body = answer(store, json.loads(frame), limits)
        head["leave"] = head.get("leave", False) or _resident() - resting > _GROWN
        _send(out, head, body)
        if head["leave"]:
            return


def _send(out: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    text = json.dumps({**head, "body": len(body)}).encode()
    out.write(HEAD.pack(len(text)) + text + body)
    out.flush()


def _end_with_parent() -> None:
    """Has the kernel end this process when the server ends, however it does."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


if __name__ == "__main__":
    main()
