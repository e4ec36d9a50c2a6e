"""What every answer has, and what no client is to see."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from html import escape
from typing import TYPE_CHECKING, Any

from kg.publication import UNSTATED, Publication
from kg.publish.interface import CONTENT_SECURITY_POLICY, LANGUAGES
from kg.publish.negotiate import choose_language, choose_media
from kg.publish.pages import render_problem
from kg.publish.problem import MEDIA_TYPE, Problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("kg.serve")

METHODS = "GET, HEAD, POST, OPTIONS"
_COMMON = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Content-Location, ETag, Last-Modified, Link, Location, Retry-After",
}
_PREFLIGHT = {
    "access-control-allow-methods": METHODS,
    "access-control-allow-headers": "Accept, Accept-Language, Content-Type, If-None-Match, If-Modified-Since",
    "access-control-max-age": "86400",
    "allow": METHODS,
}
# The page of an error is for those who want a page more than anything that programs read.
_ERROR_FORMS = (MEDIA_TYPE, "application/json", "text/html")


class Guard:
    """Around the application: headers of safety and CORS on every answer, OPTIONS, and errors as problem details."""

    def __init__(self, app: ASGIApp, publication: Publication = UNSTATED) -> None:
        self._app = app
        self._publication = publication

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add_headers(message)
            await send(message)

        try:
            if scope["method"] == "OPTIONS":
                await _answer(send_guarded, 204, b"", _PREFLIGHT)
            else:
                await self._app(scope, receive, send_guarded)
        except Problem as problem:
            if started:
                raise
            await _answer_problem(scope, send_guarded, problem, self._publication)
        # the one place where the server catches everything: a client is told that it failed, and no more
        except Exception:
            log.exception("a request failed: %s %s", scope["method"], escape(scope["path"])[:200])
            if started:
                raise
            fault = Problem("internal", "the request could not be answered; the fault is in the server's log")
            await _answer_problem(scope, send_guarded, fault, self._publication)


def _add_headers(message: Message) -> None:
    headers = list(message.get("headers", []))
    present = {name.lower() for name, _ in headers}
    headers += [(k.encode(), v.encode()) for k, v in _COMMON.items() if k.encode() not in present]
    message["headers"] = headers


async def _answer_problem(
    scope: Scope, send: Callable[[Message], Awaitable[None]], problem: Problem, publication: Publication
) -> None:
    fields = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    accept = fields.get(b"accept")
    if choose_media(accept, _ERROR_FORMS) == "text/html":
        language = choose_language(fields.get(b"accept-language"), LANGUAGES)
        page = render_problem(problem.status, problem.title, problem.detail, language, publication)
        body, kind = page.encode("utf-8", "replace"), "text/html; charset=utf-8"
    else:
        body, kind = problem.to_json(), MEDIA_TYPE
    headers = {"content-type": kind, "cache-control": "no-store", "vary": "Accept, Accept-Language", **problem.headers}
    if problem.status in (405,):
        headers.setdefault("allow", METHODS)
    await _answer(send, problem.status, b"" if scope["method"] == "HEAD" else body, headers, len(body))


async def _answer(
    send: Callable[[Any], Awaitable[None]], status: int, body: bytes, headers: dict[str, str], size: int | None = None
) -> None:
    fields = [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
    if status != 204:
        fields.append((b"content-length", str(len(body) if size is None else size).encode()))
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})
