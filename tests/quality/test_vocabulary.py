"""Vocabulary is data: the words that rules look for stand in ``data/lexicon``, none in the code of the stages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.lexicon import load_lexicon

STAGES = ("clean", "annotate", "extract", "resolve")
# Module -> why its constants may hold words.
EXCEPTIONS = {
    "clean/markup.py": "the tags of HTML",
    "clean/known.py": "media types",
    "extract/rules.py": "what each rule is, in English, for `kg rules`",
}
MOST_WORDS = 2
JOINTS = frozenset({"och", "att"})  # they divide lists as signs do
# Calls whose texts are told to the user, in English.
TELLING = ("Issue", "Error")

_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_SYNTAX = re.compile(r"\(\?P[<=]\w+[>)]|\(\?[aiLmsux-]+[:)]|\\.")
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"[a-z0-9_]+(?:[.+-][a-z0-9_]+)*")
_PATTERN_CALLS = ("compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer")


def words_in(text: str) -> list[str]:
    """The words of a constant, without those within classes of characters and without the syntax of expressions."""
    return _WORD.findall(_CLASS.sub(" ", _SYNTAX.sub(" ", text)))


def told(node: ast.AST) -> bool:
    """Whether a node's texts are messages, documentation or names of the lexicon."""
    if isinstance(node, ast.Raise):
        return True
    if isinstance(node, ast.Assign) and [getattr(target, "id", "") for target in node.targets] == ["message"]:
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if not isinstance(node, ast.Call):
        return False
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    return name in ("shape", "fill_shape", "words", "folded", "get", "pattern", "getattr") or name.endswith(TELLING)


def constants(tree: ast.AST) -> Iterator[tuple[ast.Constant, bool]]:
    """The texts of a module that are no messages; the flag says that one is part of a regular expression."""

    def walk(node: ast.AST, in_pattern: bool) -> Iterator[tuple[ast.Constant, bool]]:
        if told(node):
            return
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node, in_pattern
        called = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
        for child in ast.iter_child_nodes(node):
            first = isinstance(node, ast.Call) and bool(node.args) and child is node.args[0]
            yield from walk(child, in_pattern or (first and called in _PATTERN_CALLS))

    yield from walk(tree, False)


def find_vocabulary(source: str, swedish: frozenset[str], *, sentences: bool = False) -> list[str]:
    """The constants of a module that hold vocabulary; ``sentences``: English sentences are allowed."""
    found = []
    for node, in_pattern in constants(ast.parse(source)):
        text = str(node.value)
        words = words_in(text)
        lower = [w for w in words if len(w) > MOST_WORDS and w.islower()]
        pattern = in_pattern or any(sign in text for sign in ("\\b", "\\s", "(?", "\\w"))
        if (
            any(re.search("[åäöÅÄÖ]", w) and len(w) > 1 for w in words)
            or not swedish.isdisjoint(w.casefold() for w in words)
            or (pattern and len(lower) > MOST_WORDS)
            or (not sentences and len(lower) > MOST_WORDS and not _NAME.fullmatch(text))
        ):
            found.append(f"line {node.lineno}: {text!r}")
    return found


@pytest.fixture(scope="module")
def swedish() -> frozenset[str]:
    """Common small words of Swedish that English lacks."""
    lists = load_lexicon().get("forms", "languages")  # the commonest words of each
    return frozenset(w for w in lists["sv"] if len(w) > 2) - frozenset(lists["en"]) - JOINTS


@pytest.mark.parametrize("stage", STAGES)
def test_no_vocabulary_in_the_code(root: Path, swedish: frozenset[str], stage: str) -> None:
    found = []
    for path in sorted((root / "kg" / stage).glob("*.py")):
        if f"{stage}/{path.name}" not in EXCEPTIONS:
            # judgements tell their reasons in English
            lines = find_vocabulary(path.read_text("utf-8"), swedish, sentences=stage == "resolve")
            found += [f"kg/{stage}/{path.name}, {line}" for line in lines]
    assert not found, "words belong in data/lexicon: " + "\n".join(found)


def test_every_exception_is_needed(root: Path, swedish: frozenset[str]) -> None:
    for name in EXCEPTIONS:
        assert find_vocabulary((root / "kg" / name).read_text("utf-8"), swedish), name


@pytest.mark.parametrize(
    "line",
    [
        r'X = re.compile(r"\b(?:the|project|study)\s+")',
        r're.search(r"nämnd", text)',
        r'X = rf"(?:decided|granted|given)\s{y}"',
        r'return word in {"med", "om"}',
        r'X = "many words, one sentence"',
        r'a.endswith((" kommuner", " från"))',
        r'PhrasePattern(("till projektet",))',
    ],
)
def test_vocabulary_is_found(swedish: frozenset[str], line: str) -> None:
    assert find_vocabulary(f"def f():\n    {line}", swedish)


@pytest.mark.parametrize(
    "line",
    [
        r'X = re.compile(r"(?P<number>\d+)[a-zåäö]+(?i:x)\s*[.:]")',
        r'X = shape("acts", "no_such_long_name")',
        r'raise ResourceError("the lexicon lacks a file", where=x)',
        r'"""A docstring may hold Swedish: från projektet."""',
        r'X = ("decision_date", "granted+proposed", "project.cell")',
    ],
)
def test_structure_and_names_are_no_vocabulary(swedish: frozenset[str], line: str) -> None:
    assert not find_vocabulary(f"def f():\n    {line}", swedish)
