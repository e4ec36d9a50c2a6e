"""Errors for programs and people: problem details (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

PROBLEMS: Mapping[str, tuple[int, str]] = {
    # code -> status, title
    "bad-request": (400, "The request cannot be understood"),
    "query-syntax": (400, "The query cannot be parsed"),
    "federation": (400, "A query may not ask other machines"),
    "update-refused": (403, "The graph cannot be changed"),
    "not-found": (404, "Nothing stands here"),
    "method": (405, "The method is not allowed"),
    "not-acceptable": (406, "None of the forms asked for can be given"),
    "slow-request": (408, "The request came too slowly"),
    "gone": (410, "This was taken out of the graph"),
    "too-large": (413, "The request is too large"),
    "media-type": (415, "The request is of a media type that is not taken"),
    "too-many": (429, "Too many requests"),
    "internal": (500, "The server failed"),
    "query-failed": (500, "The query cannot be run"),
    "worker-lost": (500, "The process that ran the query ended"),
    "busy": (503, "The server is busy"),
    "time-limit": (504, "The query took longer than the limit"),
    "row-limit": (507, "The answer has more rows than the limit"),
    "size-limit": (507, "The answer is larger than the limit"),
    "memory-limit": (507, "The query needed more memory than the limit"),
}
"""Every problem that the server tells of: its code, the status and the title."""

TYPE = "https://w3id.org/beslutsgraf/problem#"
MEDIA_TYPE = "application/problem+json"


class Problem(Exception):
    """An error for the client.  ``code``: one of ``PROBLEMS``; ``detail``: what happened and what to try, never a
    traceback; ``headers``: as Retry-After; ``more``: further members of the JSON object, as the limit."""

    def __init__(
        self, code: str, detail: str, *, headers: Mapping[str, str] | None = None, more: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.status, self.title = PROBLEMS[code]
        self.detail = detail
        self.headers = dict(headers or {})
        self.more = dict(more or {})

    def to_json(self) -> bytes:
        """The problem as ``application/problem+json``."""
        table = {"type": TYPE + self.code, "title": self.title, "status": self.status, "detail": self.detail}
        return json.dumps({**table, **self.more}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
