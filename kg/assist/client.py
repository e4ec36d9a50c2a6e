"""One request to a server that speaks the chat interface of OpenAI.

A plain connection without proxies or redirects, so that neither the paper nor the key goes to another address than the
one in the settings.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
import time
from typing import Any
from urllib.parse import urlsplit

_LARGEST = 4_000_000  # bytes of an answer
_REASONS = {
    401: "it does not accept the key",
    403: "it does not accept the key",
    404: "there is no such address or model",
    413: "the paper is too long for it",
    429: "it is asked too often, or the account is used up",
}


class AskError(Exception):
    """The server gave no whole answer.  ``unreachable``: asking on is of no use."""

    def __init__(self, reason: str, *, unreachable: bool = False) -> None:
        super().__init__(reason)
        self.unreachable = unreachable


def ask_server(url: str, body: dict[str, Any], *, key: str, seconds: float) -> str:
    """The words of the model's answer to ``body``, posted to ``url``/chat/completions.

    Raises AskError where there is no whole answer within ``seconds``.  What it says holds nothing that the server sent.
    """
    payload = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    status, answer = _post(url.rstrip("/") + "/chat/completions", payload, key, seconds)
    if status != 200:
        reason = _REASONS.get(status, "it refuses the request" if status < 500 else "it fails")
        raise AskError(f"the server answers {status}: {reason}", unreachable=status in (401, 403, 429))
    try:
        choice = json.loads(answer)["choices"][0]
        content, ended = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        raise AskError("the server's answer is not of the form of chat completions") from None
    if ended not in ("stop", None) or not isinstance(content, str):
        raise AskError("the model's answer was cut off before its end")
    return content


def _post(url: str, payload: bytes, key: str, seconds: float) -> tuple[int, bytes]:
    parts = urlsplit(url)
    host, end = parts.hostname or "", time.monotonic() + seconds
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(
            host, parts.port, timeout=seconds, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=seconds)
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    timer: threading.Timer | None = None
    try:
        connection.connect()
        # the socket's own limit begins anew with each byte; this one holds for the whole answer
        timer = threading.Timer(max(0.0, end - time.monotonic()), _shut, (connection.sock,))
        timer.daemon = True
        timer.start()
        connection.request("POST", parts.path + (f"?{parts.query}" if parts.query else ""), payload, headers)
        response = connection.getresponse()
        answer = response.read(_LARGEST + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if isinstance(error, TimeoutError) or time.monotonic() >= end:
            raise AskError(f"no answer within {seconds:g} seconds", unreachable=True) from None
        if isinstance(error, http.client.HTTPException):
            raise AskError("the server ended the connection before its answer was whole") from None
        what = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
        raise AskError(f"the server cannot be reached ({what})", unreachable=True) from None
    finally:
        if timer is not None:
            timer.cancel()
        connection.close()
    if time.monotonic() >= end:
        raise AskError(f"no answer within {seconds:g} seconds", unreachable=True)
    if len(answer) > _LARGEST:
        raise AskError(f"the answer is longer than {_LARGEST // 1_000_000} MB")
    if response.length:  # what was announced and did not come
        raise AskError("the server ended the connection before its answer was whole")
    return response.status, answer


def _shut(connected: socket.socket) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # it has ended by itself
