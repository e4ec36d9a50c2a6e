"""A real server in a process of its own, and a client that sends what it is told to."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def problem(self) -> str:
        """The code of a problem; fails where the answer is none or holds a trace of Python."""
        assert self.headers["content-type"] == "application/problem+json", (self.status, self.body[:300])
        assert b"Traceback" not in self.body and b".py" not in self.body
        table = self.json
        assert table["status"] == self.status and table["title"] and table["detail"]
        return table["type"].rpartition("#")[2]


@dataclass
class Server:
    """``source``: the address that requests come from; 127.0.0.2 and so on are other clients to the server."""

    process: subprocess.Popen
    host: str
    port: int
    log: Path

    def ask(
        self,
        method: str,
        path: str,
        headers: dict[str, str] | None = None,
        body: bytes | str | None = None,
        source: str = "127.0.0.1",
        timeout: float = 30,
    ) -> Reply:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout, source_address=(source, 0))
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())

    def get(self, path: str, accept: str | None = None, **more: Any) -> Reply:
        headers = {} if accept is None else {"Accept": accept}
        return self.ask("GET", path, headers | more.pop("headers", {}), **more)

    def query(self, text: str, accept: str = "application/sparql-results+json", **more: Any) -> Reply:
        return self.get("/sparql?" + urlencode({"query": text}), accept, **more)

    def connect(self) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout=20)

    def workers(self) -> list[int]:
        """The process ids of the server's children."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in path.read_text().split()]

    def resident(self) -> int:
        """The memory of the server without its workers, in bytes."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def serving(graph: Path, folder: Path, *options: object, command: Path | None = None) -> Iterator[Server]:
    """``kg serve`` over the graph at a free port, or a script that serves in its place, until the block ends."""
    log = folder / "serve.log"
    arguments = ["-m", "kg", "serve", "--store", str(graph), "--port", "0", "--log", str(log)]
    arguments = [str(command)] if command is not None else [*arguments, *map(str, options)]
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, env=env, stderr=subprocess.PIPE, encoding="utf-8"
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + process.stderr.read()
        address = urlsplit(found[0])
        assert address.hostname and address.port
        yield Server(process, address.hostname, address.port, log)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
