"""Pages that ask: within the limits, and without holding up others."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest

from kg.errors import QueryError
from kg.graph.store import GraphStore, open_graph
from kg.limits import Limits
from kg.publish import generations
from kg.publish.generations import Generation, Generations
from kg.publish.interface import Ask
from kg.publish.pages import prepare_pages
from kg.publish.problem import Problem
from kg.publish.questions import make_ask
from kg.publish.rates import RateLimiter
from kg.query import execute, prepare, prepare_text
from tests.publish.web import serving

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?p1 ?b . ?c ?p2 ?d . ?e ?p3 ?f }"
T = TypeVar("T")


def with_ask(graph: Path, step: Callable[[Ask], T], limits: Limits, rates: RateLimiter | None = None) -> T:
    """What ``step`` gives, run in a thread as a page is."""

    async def run() -> T:
        generations = Generations(graph, limits)
        await generations.start()
        try:
            async with generations.use() as generation:
                assert isinstance(generation, Generation)
                loop = asyncio.get_running_loop()
                ask = make_ask(generation, "reader", rates or RateLimiter(100, 100), loop)
                return await asyncio.to_thread(step, ask)
        finally:
            await generations.close()

    return asyncio.run(run())


def test_the_answer_is_that_of_the_question(graph: Path) -> None:
    question = prepare("decisions")
    found = with_ask(graph, lambda ask: ask(question), Limits(workers=1))
    with open_graph(graph) as opened:
        assert found == execute(opened.store, question) and len(found) > 0
    assert with_ask(graph, lambda ask: ask(prepare_text("ASK {}")), Limits(workers=1)).rows == ((True,),)


def test_limits_are_errors_of_the_query(graph: Path) -> None:
    with pytest.raises(QueryError, match="did not end within"):
        with_ask(graph, lambda ask: ask(prepare_text(ENDLESS)), Limits(workers=1, seconds=0.5))
    with pytest.raises(QueryError, match="rows"):
        with_ask(graph, lambda ask: ask(prepare_text("SELECT * { ?s ?p ?o }")), Limits(workers=1, rows=10))
    with pytest.raises(Problem) as caught:
        rates = RateLimiter(0.01, 1)
        with_ask(
            graph, lambda ask: (ask(prepare_text("ASK {}")), ask(prepare_text("ASK {}"))), Limits(workers=1), rates
        )
    assert caught.value.code == "too-many"


def test_pages_that_wait_hold_up_no_others(graph: Path, tmp_path: Path) -> None:
    script = tmp_path / "slow.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfrom kg.publish.interface import Page\n"
        "from kg.limits import Limits\nfrom kg.publish.pages import PAGES\n"
        "from kg.publish.server import open_port, serve\nfrom kg.query import prepare_text\n"
        "def ask(request):\n"
        f"    return Page(str(request.ask(prepare_text({ENDLESS!r})).rows))\n"
        "def fail(request):\n    raise KeyError('secret')\n"
        "PAGES.update({'/slow': ask, '/fails': fail})\n"
        "port = open_port('127.0.0.1', 0)\n"
        "tell = lambda: print(port.address, file=sys.stderr, flush=True)\n"
        f"serve(Path({str(graph)!r}), port, Limits(seconds=2, workers=2), ready=tell)\n"
    )
    with serving(graph, tmp_path, command=script) as server:
        with ThreadPoolExecutor(30) as pool:
            running = [pool.submit(server.get, "/slow", source=f"127.0.0.{n % 5 + 1}") for n in range(30)]
            time.sleep(0.5)
            for path in ("/", "/beslutsgraf/id/project/ai-all-star.html", "/beslutsgraf/id/project/ai-all-star.ttl"):
                begun = time.perf_counter()
                assert server.get(path, source="127.0.0.9").status == 200 and time.perf_counter() - begun < 1
            codes = {future.result().problem for future in running}
        assert codes <= {"query-failed", "busy", "too-many"} and "query-failed" in codes
        broken = server.get("/fails")
        assert broken.status == 500 and broken.problem == "internal" and "secret" not in broken.text


def test_what_a_large_graph_needs_is_made_before_it_is_asked_for(
    graph: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made: list[str] = []
    done = threading.Event()

    def prepare(opened: GraphStore) -> None:
        made.append(opened.build.name)
        prepare_pages(opened)
        done.set()

    monkeypatch.setattr(generations, "prepare_pages", prepare)
    for least, wanted in ((10**9, 0), (1, 1)):
        monkeypatch.setattr(generations, "_LARGE", least)

        async def serve_once(wanted: int = wanted) -> None:
            served = Generations(graph, Limits(workers=1))
            await served.start()
            assert not wanted or await asyncio.to_thread(done.wait, 20)
            await served.close()

        asyncio.run(serve_once())
        assert len(made) == wanted
    # of a graph that was let go meanwhile nothing is made, and nobody is told of a fault
    with open_graph(graph) as opened:
        pass
    generations._prepare(opened)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
