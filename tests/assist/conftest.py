"""A server that plays the chat interface: what it answers, and how it misbehaves, the test says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kg.annotate import Annotator
from kg.assist import Assistant
from kg.clean import clean
from kg.config import LanguageModel
from kg.extract import extract
from kg.lexicon import load_lexicon
from kg.model import AnnotatedDocument, Extraction
from kg.read import read
from kg.registers import load_registers

PAPER = """Region Norrbotten
Regionala utvecklingsnämnden
Protokoll 2023-05-17

§ 41 Projektet Fjällbäcken
Dnr RUN 2023-00417

Beslut
Nämnden beslutar att bevilja Luleå tekniska universitet 1 250 000 kronor till projektet Fjällbäcken.

Bakgrund
Som delägare i satsningen räknas även Kåbdalis Skogsdata AB. Ordförande Nils Exempelsson yttrade sig. Hela kostymen
landar på 3 400 000 kronor. Fjällbäcken är ett barn av Bäckravinen och rullar från 2023-06-01.
"""


@dataclass
class ModelServer:
    """``answer``: the model's words, or a function of the request; ``status`` and ``misdeed`` in place of an answer."""

    answer: Any = "{}"
    status: int = 200
    misdeed: str = ""
    finish: str = "stop"
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    url: str = ""

    def words(self, request: dict[str, Any]) -> str:
        answer = self.answer(request) if callable(self.answer) else self.answer
        return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


class _Handler(BaseHTTPRequestHandler):
    plays: ModelServer

    def do_POST(self) -> None:
        plays = self.plays
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        plays.requests.append({"path": self.path, **body})
        plays.keys.append(self.headers.get("Authorization", ""))
        message = {"role": "assistant", "content": plays.words(body)}
        payload = json.dumps({"choices": [{"message": message, "finish_reason": plays.finish}]}).encode()
        length = len(payload)
        match plays.misdeed:
            case "slow":
                time.sleep(3)
            case "half":
                payload = payload[: length // 2]
            case "no chat":
                payload = b'{"hello": "world"}'
                length = len(payload)
            case "hang up":
                self.close_connection = True
                return
            case "redirect":
                self.send_response(307)
                self.send_header("Location", plays.url + "/elsewhere")
                self.end_headers()
                return
            case _:
                pass
        self.send_response(plays.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(length))
        self.end_headers()
        if plays.misdeed == "drip":
            try:
                for byte in payload:
                    self.wfile.write(bytes([byte]))
                    time.sleep(0.05)
            except OSError:
                pass
            return
        try:
            self.wfile.write(payload)
        except OSError:
            pass  # whoever asked waits no longer

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ModelServer]:
    plays = ModelServer()
    handler = type("Handler", (_Handler,), {"plays": plays})
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    httpd.daemon_threads = True
    plays.url = f"http://127.0.0.1:{httpd.server_port}/v1"
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield plays
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    return Annotator(load_registers())


Ask = Callable[..., Extraction]


@pytest.fixture
def paper(tmp_path: Path, annotator: Annotator) -> Callable[[str], tuple[Extraction, AnnotatedDocument]]:
    def make(text: str = PAPER) -> tuple[Extraction, AnnotatedDocument]:
        path = tmp_path / "paper.txt"
        path.write_text(text, encoding="utf-8")
        annotated = annotator.annotate(clean(read(path)))
        return extract(annotated, load_lexicon(), load_registers()), annotated

    return make


@pytest.fixture
def ask(server: ModelServer, tmp_path: Path, paper: Any) -> Ask:
    def complete(text: str = PAPER, *, key: str = "", **settings: Any) -> Extraction:
        extraction, annotated = paper(text)
        given = {"url": server.url, "model": "test", "answers": tmp_path / "answers", "timeout_seconds": 10, **settings}
        assistant = Assistant(LanguageModel(**given), load_lexicon(), load_registers(), key=key)
        return assistant.complete(extraction, lambda: annotated)

    return complete
