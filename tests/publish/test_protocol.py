"""The W3C tests of the protocol, and that docs/conformance.md says what came of them."""

from __future__ import annotations

from pathlib import Path

from tests.publish.protocol import Case, Outcome, run_all, run_case, write_page
from tests.publish.web import Server


def test_all_cases_end_as_they_must_and_the_page_says_so(shared: Path, tmp_path: Path, root: Path) -> None:
    outcomes = run_all(shared / "conformance" / "sparql-protocol", tmp_path / "graph", tmp_path)
    assert [(o.case.name, o.result) for o in outcomes if not o.passed] == []
    assert len(outcomes) == 34 and sum(o.case.update for o in outcomes) == 7
    assert (root / "docs/conformance.md").read_text("utf-8") == write_page(outcomes), "python -m tests.publish.protocol"


def test_the_runner_can_fail(server: Server) -> None:
    def run(body: bytes, families: set[str], form: str, boolean: bool | None, update: bool = False) -> Outcome:
        headers = {"content-type": "application/sparql-query"}
        return run_case(server, Case("x", "x", update, (("POST", "/sparql/", headers, body, families, form, boolean),)))

    assert run(b"ASK {}", {"2"}, "boolean", True).passed
    assert not run(b"ASK {}", {"2"}, "boolean", False).passed
    assert not run(b"ASK {}", {"4"}, "", None).passed
    assert not run(b"ASK {}", {"2"}, "RDF", None).passed
    assert not run(b"DESCRIBE <x>", {"2"}, "tabular", None).passed
    assert "FAILED" in write_page([run(b"ASK {", {"2"}, "", None)])
