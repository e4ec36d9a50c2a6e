"""``kg serve``."""

from __future__ import annotations

import ipaddress
import logging
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from kg.cli.common import Store, name_address, note, settings, warn_missing
from kg.errors import UsageError, refusing


def is_local(host: str) -> bool:
    """Whether only this machine can reach a server that listens at the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(
    store: Store = None,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", metavar="PORT", help="The port; 0 for any that is free.")] = 8000,
    seconds: Annotated[
        float | None, typer.Option("--query-seconds", metavar="N", help="How long a query may take (default 30).")
    ] = None,
    memory: Annotated[
        int | None, typer.Option("--query-memory", metavar="MB", help="The memory a query may take (default 1000).")
    ] = None,
    rows: Annotated[
        int | None, typer.Option("--query-rows", metavar="N", help="The rows an answer may have (default 500000).")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=1, help="How many queries run at once (default: cores + 2)."),
    ] = None,
    rate: Annotated[
        float | None,
        typer.Option("--rate", metavar="N", help="How many queries a second one client may send (default 20)."),
    ] = None,
    burst: Annotated[
        int | None, typer.Option("--burst", metavar="N", help="How many of them it may send at once (default 200).")
    ] = None,
    answer: Annotated[
        int | None, typer.Option("--answer-size", metavar="MB", help="How large an answer may be (default 200).")
    ] = None,
    connections: Annotated[
        int | None, typer.Option("--connections", metavar="N", help="How many connections are held (default 1000).")
    ] = None,
    address: Annotated[
        str | None,
        typer.Option("--public-url", metavar="URL", help="Where others find the server (default: where it is asked)."),
    ] = None,
    log: Annotated[
        Path | None, typer.Option("--log", metavar="FILE", help="Where slow queries and faults are written down.")
    ] = None,
    proxy: Annotated[
        str | None,
        typer.Option("--behind", metavar="ADDRESS", help="The proxy whose word on who asks is believed."),
    ] = None,
) -> None:
    """Put the graph on the web: each thing at its IRI, a SPARQL endpoint, pages.

    Everything is read-only, and every query runs in a process of its own within the limits. A new build of the graph is
    taken up while the server runs. Without --host only this machine can reach it.

    \b
    Example:
      kg serve
      kg serve --store my-graph --port 8080 --query-seconds 10
    """
    try:
        from kg.publish.server import open_port
        from kg.publish.server import serve as run_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn", "h11"):
            raise
        raise UsageError(
            f"the server needs {error.name}, which is not installed",
            where="kg serve",
            hint="pip install 'beslutsgraf[serve]'",
        ) from None
    from kg.graph.store import open_graph

    given: dict[str, Any] = {"seconds": seconds, "memory_mb": memory, "rows": rows, "workers": workers, "rate": rate}
    given |= {"burst": burst, "result_mb": answer, "connections": connections}
    config = settings(store)
    limits = replace(config.serve, **{name: value for name, value in given.items() if value is not None})
    publication = name_address(config.publish, address)
    if urlsplit(publication.public_url).path:
        raise UsageError(
            "the server stands at the top of its host, with no path behind it",
            where=publication.public_url,
            hint="name the host alone: kg serve --public-url https://data.example.se",
        )
    directory = config.store
    open_graph(directory).close()
    listener = open_port(host, port)
    _write_log(log)

    def tell() -> None:
        note(f"kg: serving {directory} at {listener.address}\nkg: stop with Ctrl+C")
        if not is_local(host):
            warn_missing(publication)

    run_server(directory, listener, limits, publication=publication, proxy=proxy, ready=tell)
    note("kg: stopped")


def _write_log(path: Path | None) -> None:
    """The server's log: to a file, else to standard error."""
    with refusing("the log cannot be written", str(path), "name another file with --log", UsageError):
        handler = logging.StreamHandler(sys.stderr) if path is None else logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
