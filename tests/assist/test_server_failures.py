"""A server that fails costs its own answer: the rules' facts stand, an issue says why, and the next run asks again."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.assist import Assistant
from kg.config import LanguageModel
from kg.lexicon import load_lexicon
from kg.registers import load_registers
from tests.assist.conftest import Ask, ModelServer


def failure(extraction: Any) -> str:
    (message,) = [i.message for i in extraction.issues if i.code == "model_unanswered"]
    return message


@pytest.mark.parametrize(
    ("play", "words"),
    [
        ({"status": 429}, "429: it is asked too often"),
        ({"status": 500}, "500: it fails"),
        ({"status": 401}, "does not accept the key"),
        ({"status": 400}, "400: it refuses the request"),
        ({"misdeed": "redirect"}, "307: it refuses"),
        ({"misdeed": "half"}, "before its answer was whole"),
        ({"misdeed": "hang up"}, "server"),
        ({"misdeed": "no chat"}, "not of the form"),
        ({"finish": "length"}, "cut off"),
        ({"answer": '{"decisions": ['}, "no JSON object"),
        ({"answer": "[" * 100_000}, "no JSON object"),
        ({"answer": "Jag kan tyvärr inte hjälpa till."}, "no JSON object"),
    ],
)
def test_a_failure_is_an_issue(
    ask: Ask, server: ModelServer, paper: Callable[..., Any], tmp_path: Path, play: dict[str, Any], words: str
) -> None:
    for name, value in play.items():
        setattr(server, name, value)
    after = ask(key="hemlig")
    assert words in failure(after) and "hemlig" not in failure(after)
    assert after.claims == paper()[0].claims
    assert not list(tmp_path.glob("answers/*"))
    server.status, server.misdeed, server.finish, server.answer = 200, "", "stop", "{}"
    assert not any(i.code == "model_unanswered" for i in ask().issues)


@pytest.mark.parametrize("misdeed", ["slow", "drip"])
def test_time_is_limited_for_the_whole_answer(ask: Ask, server: ModelServer, misdeed: str) -> None:
    server.misdeed = misdeed
    began = time.monotonic()
    assert "no answer within 0.5 seconds" in failure(ask(timeout_seconds=0.5))
    assert time.monotonic() - began < 2.5


def test_a_server_that_is_not_there(ask: Ask) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be reached" in failure(ask(url=f"http://127.0.0.1:{port}/v1"))


def test_the_key_goes_in_the_head_and_nowhere_else(ask: Ask, server: ModelServer, tmp_path: Path) -> None:
    ask(key="hemlig")
    ask(model="other")
    assert server.keys == ["Bearer hemlig", ""]
    assert not any(b"hemlig" in p.read_bytes() for p in (tmp_path / "answers").iterdir())


def test_limits_of_papers_and_characters(server: ModelServer, tmp_path: Path, paper: Callable[..., Any]) -> None:
    settings = LanguageModel(server.url, "test", max_papers=2, max_characters=300, answers=tmp_path / "answers")
    assistant = Assistant(settings, load_lexicon(), load_registers())
    texts = [f"Projektet Nummer {n} beviljas stöd.\n" for n in range(4)] + ["Projektet. " * 60]
    made = [paper(text) for text in texts]

    def read(index: int) -> list[str]:
        extraction, annotated = made[index]
        done = assistant.complete(extraction, lambda: annotated)
        return [i.message for i in done.issues if i.code == "model_unanswered"]

    assert "more than max_characters" in read(4)[0]
    assert [read(0), read(1)] == [[], []]
    assert "2 papers were sent" in read(2)[0]
    # a kept answer costs nothing, whatever the limit
    assert read(0) == []
    assert len(server.requests) == 2


def test_a_server_that_refuses_is_not_asked_on(server: ModelServer, tmp_path: Path, paper: Callable[..., Any]) -> None:
    server.status = 429
    assistant = Assistant(
        LanguageModel(server.url, "test", answers=tmp_path / "answers"), load_lexicon(), load_registers()
    )
    for number in range(3):
        extraction, annotated = paper(f"Projektet Nummer {number} beviljas stöd.\n")
        assert "429" in failure(assistant.complete(extraction, lambda annotated=annotated: annotated))
    assert len(server.requests) == 1


def test_a_damaged_answer_is_asked_for_again(ask: Ask, server: ModelServer, tmp_path: Path) -> None:
    ask()
    (kept,) = (tmp_path / "answers").iterdir()
    whole = kept.read_bytes()
    for damage in (b"", b"\xff\xfe", b"[]", whole[: len(whole) // 2], whole.replace(b"{}", b"{")):
        kept.write_bytes(damage)
        assert not any(i.code == "model_unanswered" for i in ask().issues)
        assert kept.read_bytes() == whole
