"""The documents say what the commands do."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from kg.cli import app
from kg.config import KEYS
from kg.export import EXPORTERS
from kg.query import list_queries
from kg.query.questions import parse_query_file

COMMANDS = typer.main.get_command(app).commands


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/commands.md").read_text("utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_documents_and_shows_an_example(name: str, page: str) -> None:
    assert f"\n## kg {name}\n" in page
    text = COMMANDS[name].help or ""
    assert "Example:" in text and f"  kg {name}" in text
    assert COMMANDS[name].get_short_help_str(200).endswith("."), "the first line says what the command does"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help_text(name: str) -> None:
    parameters = [p for p in COMMANDS[name].params if p.name != "help"]
    assert all(getattr(p, "help", None) for p in parameters)


def examples(page: str) -> list[str]:
    lines = [line.strip() for line in page.splitlines() if line.startswith("    kg ")]
    lines += [
        line.strip() for c in COMMANDS.values() for line in (c.help or "").splitlines() if line.startswith("  kg ")
    ]
    return sorted(set(lines))


def test_every_example_is_one_that_the_command_line_takes(page: str) -> None:
    for line in examples(page):
        name, *args = shlex.split(line)[1:]
        assert name in COMMANDS, line
        with COMMANDS[name].make_context(name, list(args)) as context:
            assert context.params


def test_every_export_and_setting_is_in_the_documents(page: str) -> None:
    for name in (*EXPORTERS, *KEYS):
        assert f"`{name}`" in page, name


def test_every_question_is_in_the_documents_with_its_parameters(root: Path) -> None:
    page = (root / "docs/queries.md").read_text("utf-8")
    found = re.findall(r"^\| `([\w-]+)` \|.*\|(.*)\|$", page, re.MULTILINE)
    rows = dict(reversed(found))  # the first table names the parameters; those below it tell of speed
    assert set(rows) == {question.name for question in list_queries()}
    for question in list_queries():
        assert re.findall(r"`(\w+)`", rows[question.name]) == [p.name for p in question.parameters], question.name


def test_the_example_of_a_question_is_one(root: Path) -> None:
    (text,) = re.findall(r"```sparql\n(.*?)```", (root / "docs/queries.md").read_text("utf-8"), re.DOTALL)
    question = parse_query_file(Path("example.rq"), text)
    assert [p.name for p in question.parameters] == ["year", "county"]
