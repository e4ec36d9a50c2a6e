"""The ASGI application: what answers which request."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from kg.errors import QueryError
from kg.limits import Limits
from kg.publication import UNSTATED, Publication
from kg.publish.content import answer_thing, has_tag, make_tag
from kg.publish.description import describe_service
from kg.publish.generations import Generation, Generations
from kg.publish.guard import Guard
from kg.publish.interface import LANGUAGES, Handler, Page, PageRequest
from kg.publish.negotiate import choose_language, choose_media
from kg.publish.pages import PAGES
from kg.publish.pool import Answer
from kg.publish.problem import Problem
from kg.publish.questions import make_ask
from kg.publish.rates import RateLimiter
from kg.publish.sparql import OFFERS, SparqlRequest, read_fields, read_request
from kg.publish.things import serialise

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger("kg.serve")
slow = logging.getLogger("kg.serve.queries")

ENDPOINT = "/sparql"
ASSETS = "/assets/"
HEALTH = "/health"
_HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?", re.ASCII)
_CHUNK = 64 * 1024
_PAGE_THREADS = 16
_PAGES_AT_ONCE = 8  # of one client
_DESCRIPTION = {"text/turtle": "ttl", "application/n-triples": "nt", "application/rdf+xml": "rdf"}
_DESCRIPTION |= {"application/ld+json": "jsonld", "application/json": "jsonld"}


def make_app(directory: Path, limits: Limits | None = None, publication: Publication = UNSTATED) -> ASGIApp:
    """The application over the graph in ``directory``, whose builds it follows.  Starting it (the lifespan of ASGI)
    raises StoreError where there is no graph."""
    application = Application(directory, limits or Limits(), publication)
    return Guard(GZipMiddleware(application, minimum_size=1000, compresslevel=5), publication)


class Application:
    """Takes a request to what answers it."""

    def __init__(self, directory: Path, limits: Limits, publication: Publication) -> None:
        self._limits, self._publication = limits, publication
        self._generations = Generations(directory, limits, publication)
        self._rates = RateLimiter(limits.rate, limits.burst)
        folder = Path(__file__).parent / "assets"
        # apart from the threads that look things up, and more than queries can run and wait, so that pages that wait
        # for an answer hold up no others
        self._page_threads = ThreadPoolExecutor(limits.queue + limits.processes + _PAGE_THREADS, "page")
        self._pages_made: Counter[str] = Counter()
        self._assets = StaticFiles(directory=folder) if folder.is_dir() else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                try:
                    await self._generations.start()
                except Exception as error:
                    await send({"type": "lifespan.startup.failed", "message": str(error)})
                    raise
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self._generations.close()
                self._page_threads.shutdown(wait=False, cancel_futures=True)
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.rstrip("/") == ENDPOINT:
            await self._answer_sparql(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            raise Problem("method", "only GET and HEAD are allowed here", headers={"Allow": "GET, HEAD, OPTIONS"})
        async with self._generations.use() as generation:
            if path == HEALTH:
                body = {"status": "ok", "built": generation.graph.manifest.built, "build": generation.tag}
                response: ASGIApp = Response(json.dumps(body), media_type="application/json")
            elif path.startswith(ASSETS) and self._assets is not None:
                response = await self._asset(path.removeprefix(ASSETS), scope)
            else:
                response = await self._answer_page(scope, generation)
            await response(scope, receive, send)

    async def _asset(self, name: str, scope: Scope) -> ASGIApp:
        from starlette.exceptions import HTTPException

        assert self._assets is not None
        try:
            return await self._assets.get_response(name, scope)
        except HTTPException:
            raise Problem("not-found", "there is no such file") from None

    async def _answer_page(self, scope: Scope, generation: Generation) -> Response:
        headers = Headers(scope=scope)
        fields = tuple(read_fields(scope["query_string"]))
        found = _find_page(scope["path"])
        if found is not None:
            return await self._render(scope, headers, generation, *found, fields)
        raw = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
        status, fields_out, body = await answer_thing(
            generation, raw.decode("ascii", "replace"), _table(headers), dict(fields)
        )
        return Response(body, status, fields_out)

    async def _render(
        self, scope: Scope, headers: Headers, generation: Generation, path: str, rest: str, fields: Fields
    ) -> Response:
        client, language = _client(scope), _language(headers, dict(fields))
        ask = make_ask(generation, client, self._rates, asyncio.get_running_loop())
        origin = "" if self._publication.public_url else _origin(scope)
        request = PageRequest(generation.graph, path, language, ask, rest, fields, self._publication, origin)
        # the page of a build is the same whenever it is asked for with the same words
        tag = make_tag(generation, path, rest, repr(fields), language, origin)
        asked = headers.get("if-none-match")
        if asked != "*" and has_tag(asked, tag):
            same = {"etag": tag, "cache-control": "no-cache", "vary": "Accept-Language"}
            return Response(status_code=304, headers=same)
        response = _page_response(await self._make_page(PAGES[path], request, client), generation)
        if response.status_code == 200:
            response.headers["etag"] = tag
        return response

    async def _make_page(self, handler: Handler, request: PageRequest, client: str) -> Page:
        if self._pages_made[client] >= _PAGES_AT_ONCE:
            raise Problem("too-many", "too many pages are asked for at a time", headers={"Retry-After": "2"})
        self._pages_made[client] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._page_threads, handler, request)
        except QueryError as error:
            raise Problem("query-failed", error.what) from error
        finally:
            self._pages_made[client] -= 1
            if not self._pages_made[client]:
                del self._pages_made[client]

    # --- the endpoint ---------------------------------------------------------------------------------------------

    async def _answer_sparql(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if scope["method"] not in ("GET", "HEAD", "POST"):
            raise Problem(
                "method", "the endpoint takes GET, HEAD and POST", headers={"Allow": "GET, HEAD, POST, OPTIONS"}
            )
        most = self._limits.query_kb * 1000
        if len(scope["query_string"]) > most:
            raise Problem("too-large", f"a query has at most {self._limits.query_kb} kB", more={"limit": most})
        body = await _read_body(headers, receive, most, self._limits) if scope["method"] == "POST" else b""
        request = read_request(
            scope["method"], scope["query_string"], headers.get("content-type"), body, headers.get("accept")
        )
        async with self._generations.use() as generation:
            if request is None:
                response = await self._describe(scope, headers, generation)
                await response(scope, receive, send)
                return
            if request.media["table"] is None and request.media["graph"] is None:
                raise Problem(
                    "not-acceptable", f"answers are given as {', '.join(sorted({*sum(OFFERS.values(), ())}))}"
                )
            self._rates.take(_client(scope))
            answer = await _run_watched(generation, _client(scope), request, scope, receive, self._limits)
        try:
            await _send_answer(answer, generation, scope, send)
        finally:
            answer.close()

    async def _describe(self, scope: Scope, headers: Headers, generation: Generation) -> Response:
        page = PAGES.get(ENDPOINT)
        kinds = (*_DESCRIPTION, "text/html") if page is not None else tuple(_DESCRIPTION)
        chosen = choose_media(headers.get("accept"), kinds)
        if chosen is None:
            raise Problem("not-acceptable", f"the description of the service is given as {', '.join(kinds)}")
        if chosen == "text/html" and page is not None:
            fields = tuple(read_fields(scope["query_string"]))
            return await self._render(scope, headers, generation, ENDPOINT, "", fields)
        address = self._publication.public_url or _origin(scope)
        triples = describe_service(generation.graph, address + ENDPOINT, self._limits)
        body = serialise(triples, _DESCRIPTION[chosen])
        return Response(body, 200, {"content-type": chosen, "vary": "Accept", "last-modified": generation.modified})


Fields = tuple[tuple[str, str], ...]


def _origin(scope: Scope) -> str:
    """Scheme and host by which the client asks.  Raises Problem where what it calls the host is none."""
    host = Headers(scope=scope).get("host", "localhost")
    found = f"{scope['scheme']}://{host}"
    if _HOST.fullmatch(host) is None or _safe_base(found) is None:
        raise Problem("bad-request", "the name of the host is none")
    return found


def _find_page(path: str) -> tuple[str, str] | None:
    """The page of a path and what of the path it leaves over."""
    if path in PAGES:
        return path, ""
    longest = max((p for p in PAGES if p.endswith("/") and p != "/" and path.startswith(p)), key=len, default=None)
    return None if longest is None else (longest, path.removeprefix(longest))


def _page_response(page: Page, generation: Generation) -> Response:
    headers = {"content-type": page.media_type, "last-modified": generation.modified, "cache-control": "no-cache"}
    if page.varies:
        headers["vary"] = "Accept-Language"
    body = page.body.encode("utf-8", "replace") if isinstance(page.body, str) else page.body
    return Response(body, page.status, headers | {name.lower(): value for name, value in page.headers})


def _language(headers: Headers, parameters: Mapping[str, str]) -> str:
    wanted = parameters.get("lang", "")
    return wanted if wanted in LANGUAGES else choose_language(headers.get("accept-language"), LANGUAGES)


def _table(headers: Headers) -> dict[str, str]:
    """The headers by name; of those that came several times all, as one list."""
    return {name: ", ".join(headers.getlist(name)) for name in headers}


def _client(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


async def _read_body(headers: Headers, receive: Receive, most: int, limits: Limits) -> bytes:
    """The body, up to ``most`` bytes, which must come in time."""
    too_large = Problem("too-large", f"a query has at most {limits.query_kb} kB", more={"limit": most})
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise too_large
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(limits.request_seconds):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise Problem("bad-request", "the request ended before its end")
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > most:
                    raise too_large
                if not message.get("more_body", False):
                    return b"".join(parts)
    except TimeoutError:
        detail = f"the request did not come within {limits.request_seconds:g} seconds"
        raise Problem("slow-request", detail) from None


async def _run_watched(
    generation: Generation, client: str, request: SparqlRequest, scope: Scope, receive: Receive, limits: Limits
) -> Answer:
    """Runs the query; ends it where the client goes away meanwhile."""
    base = f"{scope['scheme']}://{Headers(scope=scope).get('host', 'localhost')}{ENDPOINT}"
    wanted: dict[str, Any] = {"query": request.query, "base": _safe_base(base), "media": dict(request.media)}
    wanted |= {"default": request.default, "named": request.named}
    begun = time.perf_counter()
    query = asyncio.ensure_future(generation.pool.run(client, wanted))
    gone = asyncio.ensure_future(_wait_gone(receive))
    outcome = "ok"
    rows = 0
    try:
        await asyncio.wait((query, gone), return_when=asyncio.FIRST_COMPLETED)
        if not query.done():
            outcome = "client-gone"
            raise Problem("bad-request", "the client went away")
        answer = query.result()
        rows = answer.rows
        return answer
    except Problem as problem:
        outcome = problem.code if outcome == "ok" else outcome
        raise
    finally:
        gone.cancel()
        if not query.done():
            query.cancel()
            await asyncio.wait((query,))
        _log_query(request.query, time.perf_counter() - begun, outcome, rows, limits)


def _safe_base(base: str) -> str | None:
    try:
        return ox.NamedNode(base).value
    except ValueError:
        return None


async def _wait_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


_COSTLY = ("time-limit", "memory-limit", "worker-lost", "query-failed", "row-limit", "size-limit")


def _log_query(query: str, seconds: float, outcome: str, rows: int, limits: Limits) -> None:
    """Slow queries and those that came to no good end, one JSON object a line; never who asked."""
    if seconds < limits.slow_seconds and outcome not in _COSTLY:
        return
    row: dict[str, Any] = {"seconds": round(seconds, 3), "outcome": outcome, "rows": rows, "query": query[:2000]}
    slow.warning("%s", json.dumps(row, ensure_ascii=False))


async def _send_answer(answer: Answer, generation: Generation, scope: Scope, send: Send) -> None:
    kind = f"{answer.media}; charset=utf-8" if answer.media.startswith("text/") else answer.media
    headers = {
        "content-type": kind,
        "content-length": str(answer.size),
        "vary": "Accept",
        "last-modified": generation.modified,
        "cache-control": "no-cache",
    }
    fields = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 200, "headers": fields})
    if scope["method"] == "HEAD":
        await send({"type": "http.response.body", "body": b""})
        return
    async for part in _parts(answer):
        await send({"type": "http.response.body", "body": part, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _parts(answer: Answer) -> AsyncIterator[bytes]:
    if answer.file is None:
        yield answer.body
        return
    while part := await asyncio.to_thread(answer.file.read, _CHUNK):
        yield part
