"""A build and an extraction that ask a language model: what it adds is in the graph, what it breaks is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.config import Config, LanguageModel
from kg.errors import UsageError
from kg.graph.store import open_graph
from kg.model import Extraction
from kg.pipeline import BuildReport, Stages, build, default_stages, extract_paths
from tests.assist.conftest import PAPER, ModelServer
from tests.assist.conftest import server as server  # a fixture
from tests.assist.test_assistant import TOTAL, decision, said
from tests.pipeline.conftest import NOW

ADDED = decision(total_budget_sek=said(3400000, TOTAL))


@pytest.fixture(scope="module")
def real() -> Stages:
    return default_stages(Config())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "papers"
    made.mkdir()
    for name in ("a", "b", "c"):
        (made / f"{name}.txt").write_text(PAPER.replace("Fjällbäcken", f"Fjällbäcken {name.upper()}"), encoding="utf-8")
    return made


@pytest.fixture
def run(folder: Path, tmp_path: Path, server: ModelServer, real: Stages) -> Callable[..., BuildReport]:
    def make(store: str = "graph", *, model: bool = True, **settings: object) -> BuildReport:
        asked = LanguageModel(server.url, "test", timeout_seconds=5, answers=tmp_path / "answers")
        asked = replace(asked, **settings)  # type: ignore[arg-type]
        config = Config(store=tmp_path / store, language_model=asked if model else None)
        return build([folder], config, now=NOW, stages=real)

    return make


def content(directory: Path) -> list[str]:
    with open_graph(directory) as graph:
        return sorted(str(quad) for quad in graph.store)


def answer_each(server: ModelServer) -> None:
    """The same facts of each paper, under the name that its project has there."""

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        text = request["messages"][1]["content"]
        name = next(f"Fjällbäcken {n}" for n in "ABC" if f"Fjällbäcken {n}" in text)
        row = ADDED["decisions"][0]
        grant = f"att bevilja Luleå tekniska universitet 1 250 000 kronor till projektet {name}"
        verb = said("granted", grant)
        return {"decisions": [{**row, "project": said(name, f"projektet {name}"), "outcome": verb}]}

    server.answer = answer


def test_what_the_model_adds_is_in_the_graph(run: Callable[..., BuildReport], server: ModelServer) -> None:
    answer_each(server)
    alone = run("plain", model=False)
    assert server.requests == []
    report = run()
    assert len(server.requests) == 3 and report.claims == alone.claims + 3
    text = "\n".join(content(report.directory))
    assert "language_model" in text and '"3400000"' in text and "0.5" in text
    assert "language_model" not in "\n".join(content(alone.directory))


def test_builds_are_the_same_whatever_the_server_says_later(
    run: Callable[..., BuildReport], server: ModelServer, tmp_path: Path
) -> None:
    answer_each(server)
    first = content(run().directory)
    server.answer, server.misdeed = "nonsense", "hang up"
    assert content(run("other").directory) == first
    assert content(run().directory) == first
    # what was joined is lost, the answers are there
    for path in (tmp_path / "answers" / "joined").iterdir():
        path.unlink()
    assert content(run("third").directory) == first
    assert len(server.requests) == 3


def test_a_build_goes_on_without_the_model(run: Callable[..., BuildReport], server: ModelServer) -> None:
    server.status = 503
    report = run()
    assert report.refused == () and report.issues["model_unanswered"] == 3
    assert report.claims == run("plain", model=False).claims
    # what failed is asked again, and the graph changed in parts is the graph made anew
    server.status = 200
    answer_each(server)
    again = run()
    assert again.reused == 3 and again.issues.get("model_unanswered", 0) == 0
    assert content(again.directory) == content(run("anew").directory)


def test_without_the_model_its_claims_are_gone(run: Callable[..., BuildReport], server: ModelServer) -> None:
    answer_each(server)
    run()
    after = run(model=False)
    assert content(after.directory) == content(run("plain", model=False).directory)


def test_the_limit_takes_the_papers_in_their_order(run: Callable[..., BuildReport], server: ModelServer) -> None:
    answer_each(server)
    assert run(max_papers=1).issues["model_unanswered"] == 2
    assert "Fjällbäcken A" in server.requests[0]["messages"][1]["content"]
    # each run takes the next ones
    assert run(max_papers=1).issues["model_unanswered"] == 1
    assert run(max_papers=1).issues.get("model_unanswered", 0) == 0


def test_extraction_without_a_graph_asks_too(folder: Path, tmp_path: Path, server: ModelServer, real: Stages) -> None:
    answer_each(server)
    config = Config(language_model=LanguageModel(server.url, "test", answers=tmp_path / "answers"))

    def totals() -> Iterator[str]:
        for paper in extract_paths([folder], config, stages=real):
            assert isinstance(paper, Extraction)
            yield from (c.value.lexical for c in paper.claims if c.property == "total_budget_sek")

    assert list(totals()) == list(totals()) == ["3400000"] * 3
    assert len(server.requests) == 3


def test_a_key_that_is_not_set_is_told_before_anything_is_sent(
    run: Callable[..., BuildReport], server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KG_TEST_KEY", raising=False)
    with pytest.raises(UsageError, match="KG_TEST_KEY"):
        run(key_variable="KG_TEST_KEY")
    assert server.requests == []
    monkeypatch.setenv("KG_TEST_KEY", "hemlig")
    report = run(key_variable="KG_TEST_KEY")
    assert set(server.keys) == {"Bearer hemlig"}
    assert not any(b"hemlig" in p.read_bytes() for p in report.directory.rglob("*") if p.is_file())
