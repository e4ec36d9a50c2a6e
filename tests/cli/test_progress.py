"""What a long job says of how far it has come."""

from __future__ import annotations

import json
import re

import pytest

from kg.cli.progress import Meter, show_progress
from tests.cli.conftest import Run


def test_papers_that_were_not_read_are_no_pace() -> None:
    meter = Meter()
    meter.enter("read")
    assert meter.rate(900) == 0 and meter.left(900, 1000) is None
    meter.begun -= 10
    assert meter.rate(920) == pytest.approx(2, rel=0.1) and meter.left(920, 1000) == pytest.approx(40, rel=0.1)
    meter.enter("load")
    assert meter.rate(0) == 0


def test_the_last_line_of_a_step_tells_all_that_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    with show_progress() as tell:
        tell("read", 8, 10, "a")
        tell("issues", 1, 1, "")
        tell("read", 10, 10, "")
        tell("issues", 1, 4, "")
        tell("resolve", 0, 1, "")
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["reading papers 8/10", "reading papers 10/10; 1 issue, 4 refused", "resolving names"]


def test_an_unchanged_build_tells_no_pace(kg: Run, root: object) -> None:
    papers = f"{root}/data/documents"
    assert kg("build", papers).returncode == 0
    done = kg("build", papers)
    assert done.returncode == 0 and "a second" not in done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("reading papers")]
    assert re.match(r"reading papers (\d+)/\1", line)
    events = [json.loads(line) for line in kg("build", papers, "--progress", "json").stdout.splitlines()]
    assert {event.get("rate") for event in events if event["event"] == "progress"} <= {None, 0.0}
