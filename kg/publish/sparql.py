"""The SPARQL 1.1 Protocol, its read-only half: from a request to a query, its dataset and the forms of its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from kg.publish.negotiate import choose_media
from kg.publish.problem import Problem

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

# Kind of answer -> the media types that it is given in; the first for whoever accepts anything.
OFFERS: Mapping[str, tuple[str, ...]] = {
    "table": (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
        "application/json",
        "application/xml",
        "text/xml",
    ),
    "graph": (
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/json",
    ),
}
# ?format=... in place of Accept.
SHORT: Mapping[str, str] = {
    "json": "application/json",
    "xml": "application/xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")
_DATASET = ("default-graph-uri", "named-graph-uri")
_MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """A query as sent.  ``default`` and ``named``: the graphs of the dataset, None where the request names neither;
    ``media``: kind of answer -> the media type chosen, None where the client accepts none."""

    query: str
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None
    media: Mapping[str, str | None]


def read_request(
    method: str, query_string: bytes, content_type: str | None, body: bytes, accept: str | None
) -> SparqlRequest | None:
    """The query of a request, None for a GET that has none (a request for the service description).  Raises Problem as
    the protocol wants it: 400 for what is malformed, 415 for another media type, 403 for an update."""
    fields = read_fields(query_string)
    kind, charset = _content_type(content_type)
    if method in ("GET", "HEAD"):
        _refuse_update(fields)
        if not any(name == "query" for name, _ in fields):
            return None
    elif kind == FORM:
        fields += read_fields(body)
        _refuse_update(fields)
    elif kind == QUERY:
        if any(name == "query" for name, _ in fields):
            raise Problem("bad-request", "the query stands both in the address and in the body; send it once")
        fields.append(("query", _decode(body, charset)))
        _refuse_update(fields)
    elif kind == UPDATE:
        raise Problem("update-refused", "this endpoint is read-only; change the papers and build the graph again")
    else:
        raise Problem("media-type", f"send the query as {QUERY} or {FORM}", headers={"Accept-Post": f"{QUERY}, {FORM}"})
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise Problem("bad-request", f"{len(queries)} queries were sent; send one, as the parameter 'query'")
    default, named = (tuple(value for name, value in fields if name == wanted) for wanted in _DATASET)
    short = [value for name, value in fields if name == "format"]
    media = _choose(accept, short)
    if not default and not named:
        return SparqlRequest(queries[0], None, None, media)
    return SparqlRequest(queries[0], default, named, media)


def read_fields(text: bytes) -> list[tuple[str, str]]:
    """The fields of a form or query string, in order.  Raises Problem where it is no UTF-8 or has too many."""
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise Problem("bad-request", "the parameters cannot be read; send them URL-encoded in UTF-8") from None


def _refuse_update(fields: Sequence[tuple[str, str]]) -> None:
    if not any(name in _UPDATES for name, _ in fields):
        return
    if sum(name == "update" for name, _ in fields) > 1:
        raise Problem("bad-request", "several updates were sent; this endpoint is read-only and takes none")
    raise Problem("update-refused", "this endpoint is read-only; change the papers and build the graph again")


def _content_type(header: str | None) -> tuple[str, str]:
    kind, *parameters = (header or "").split(";")
    charset = "utf-8"
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return kind.strip().lower(), charset


def _decode(body: bytes, charset: str) -> str:
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Problem("media-type", f"the query is said to be {charset[:40]}; send it in UTF-8")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Problem("bad-request", "the query is not UTF-8") from None


def _choose(accept: str | None, short: Sequence[str]) -> dict[str, str | None]:
    if short:
        if short[0] not in SHORT:
            raise Problem("not-acceptable", f"the format is unknown; one of {', '.join(SHORT)}")
        accept = SHORT[short[0]]
    table, graph = (choose_media(accept, OFFERS[kind]) for kind in ("table", "graph"))
    return {"table": table, "boolean": table, "graph": graph}
