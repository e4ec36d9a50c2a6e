"""Running the application by uvicorn."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from kg.errors import KgError, UsageError
from kg.limits import Limits
from kg.publication import UNSTATED, Publication
from kg.publish.app import make_app
from kg.publish.connections import make_protocol

_KEEP_ALIVE = 10
# Head and address of a request; a query may stand in it.
_MOST_HEAD = 16 * 1024
_SHUTDOWN_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Listener:
    """An open port: the socket and the address that a browser takes."""

    socket: socket.socket
    address: str


def open_port(host: str, port: int) -> Listener:
    """Listens at the address (port 0: any that is free).  Raises UsageError where it is in use or not to be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol is named so that asyncio sees TCP, and sends small answers without delay
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(1024)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or "the number is none"
        raise UsageError(
            f"the address cannot be used ({reason})", where=f"{host}:{port}", hint="name another with --port or --host"
        ) from error
    listening.set_inheritable(False)
    name = f"[{host}]" if ":" in host else host
    return Listener(listening, f"http://{name}:{listening.getsockname()[1]}/")


def serve(
    directory: Path,
    listener: Listener,
    limits: Limits | None = None,
    *,
    publication: Publication = UNSTATED,
    proxy: str | None = None,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serves the graph in ``directory`` until a signal ends it.

    ``publication``: who publishes, and where the site stands for others; ``proxy``: the address of a proxy whose
    X-Forwarded-For and X-Forwarded-Proto are believed; ``ready`` is called when requests are taken.  Raises what
    starting raised (StoreError).
    """
    limits = limits or Limits()
    _raise_open_files(limits)
    app = _Started(make_app(directory, limits, publication), ready)
    config = uvicorn.Config(
        app,
        http=make_protocol(limits),
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy,
        limit_concurrency=limits.connections,
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        h11_max_incomplete_event_size=max(_MOST_HEAD, limits.query_kb * 1000 + _MOST_HEAD),
        backlog=1024,
    )
    # what clients send wrong is no matter for the log
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    server = uvicorn.Server(config)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(server.serve(sockets=[listener.socket]))
    if app.failure is not None:
        raise app.failure
    if not server.started:
        raise KgError("the server could not be started", where=listener.address, hint="see the log")


class _Started:
    """Around the application: tells when it has started, and keeps why it did not."""

    def __init__(self, app: object, ready: Callable[[], None]) -> None:
        self._app, self._ready = app, ready
        self.failure: Exception | None = None

    async def __call__(self, scope, receive, send) -> None:  # type: ignore[no-untyped-def]
        if scope["type"] != "lifespan":
            await self._app(scope, receive, send)  # type: ignore[operator]
            return

        async def tell(message: dict) -> None:
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                self._ready()

        try:
            await self._app(scope, receive, tell)  # type: ignore[operator]
        except KgError as error:
            self.failure = error


def _raise_open_files(limits: Limits) -> None:
    """As many open files as the connections may need."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * limits.connections + 512
    if soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard) if hard > 0 else wanted, hard))
