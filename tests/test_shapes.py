from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.lexicon import fill_shape, load_lexicon, shape
from kg.pipeline import signatures
from kg.shapes import Shapes


def read_shapes(**shapes: object) -> Shapes:
    phrases = {("units", "sums"): ["i allt", "summa"]}
    return Shapes({"tried": shapes, "common": {"project": ["projektet", "insatsen"]}}, lambda *path: phrases[path])


def test_a_blank_is_any_white_space_but_in_a_class():
    found = read_shapes(one=r"till och[ ]med [a-z ]\ x").compiled("tried", "one")
    assert found.pattern == r"till\s+och[ ]med\s+[a-z ]\ x"
    assert found.fullmatch("Till\n och med  a x")


def test_lines_and_lists_are_joined():
    shapes = read_shapes(one="\n  (?:a b|\n  c)d\n", two=["x", "\n  y|\n  z\n"])
    assert shapes.compiled("tried", "one").pattern == r"(?:a\s+b|c)d"
    assert shapes.compiled("tried", "two").pattern == "x|y|z"


def test_case_is_regarded_only_in_the_cased_table():
    shapes = read_shapes(one="stöd", cased={"two": "stöd"})
    assert shapes.compiled("tried", "one").fullmatch("STÖD")
    assert not shapes.compiled("tried", "two").fullmatch("STÖD")


def test_slots_stand_for_shapes_phrases_and_what_the_code_gives():
    shapes = read_shapes(own="bidrag|stöd", one=r"{own} till {project}", two=r"{units.sums}\b", three=r"{VERB}\s{1,2}x")
    assert shapes.compiled("tried", "one").fullmatch("stöd till insatsen")
    assert shapes.compiled("tried", "two").fullmatch("I  allt")
    assert shapes.fill("tried", "three", VERB="ges") == r"ges\s{1,2}x"
    with pytest.raises(ResourceError, match=r"tried\.toml: three: nothing fills the slot VERB"):
        shapes.compiled("tried", "three")


@pytest.mark.parametrize(
    ("shapes", "message"),
    [
        ({"one": "(stöd"}, r"tried\.toml: one: the shape is no regular expression \(missing \)"),
        ({"one": "{nothing}"}, r"tried\.toml: one: there is no shape nothing in this file, nor in common\.toml"),
        ({"one": "{two}", "two": "{one}"}, r"tried\.toml: \w+: the shape holds itself"),
        ({"one": 3}, r"tried\.toml: one: a shape is a text or a list of texts"),
        ({"one": []}, r"tried\.toml: one: a shape is a text or a list of texts"),
        ({"one": "a", "cased": {"one": "a"}}, r"tried\.toml: one: the shape is there twice"),
    ],
)
def test_what_is_no_shape_is_told_with_file_and_name(shapes, message):
    with pytest.raises(ResourceError, match=message):
        read_shapes(**shapes)


@pytest.fixture
def lexicon_folder(root: Path, tmp_path: Path) -> Path:
    return shutil.copytree(root / "data" / "lexicon", tmp_path / "lexicon")


def test_a_lexicon_that_lacks_a_shape_is_refused_when_it_is_loaded(lexicon_folder):
    shape("acts", "counted")  # as the module that uses it does
    path = lexicon_folder / "shapes" / "acts.toml"
    path.write_text(path.read_text("utf-8").replace("\ncounted =", "\ncounter ="), "utf-8")
    with pytest.raises(ResourceError, match=r"acts\.toml: counted: there is no such shape"):
        load_lexicon(lexicon_folder)


def test_an_unreadable_file_of_shapes_is_named(lexicon_folder):
    path = lexicon_folder / "shapes" / "acts.toml"
    path.write_text(path.read_text("utf-8") + "x = \n", "utf-8")
    with pytest.raises(ResourceError, match=r"acts\.toml: the lexicon file cannot be read"):
        load_lexicon(lexicon_folder)


def test_the_signature_changes_with_a_shape(lexicon_folder):
    before = load_lexicon()
    path = lexicon_folder / "shapes" / "acts.toml"
    path.write_text(path.read_text("utf-8").replace("one|two|", "one|two|twelve|"), "utf-8")
    after = load_lexicon(lexicon_folder)
    assert after.signature != before.signature
    assert after.shapes.compiled("acts", "counted").match("Twelve applications")
    assert not before.shapes.compiled("acts", "counted").match("Twelve applications")


def test_a_handle_reads_nothing_before_it_is_used():
    handle = shape("acts", "no such shape")
    try:
        with pytest.raises(ResourceError, match=r"acts\.toml: no such shape: there is no such shape"):
            handle.search("x")
    finally:
        from kg import lexicon

        lexicon._asked_for.discard(("acts", "no such shape"))


def uses(root: Path) -> Iterator[tuple[str, str]]:
    """File and name of every shape that the code asks for."""
    helpers = {f.__name__ for f in (shape, fill_shape)}
    for path in sorted((root / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in helpers:
                names = [a.value for a in node.args[:2] if isinstance(a, ast.Constant)]
                if path.name != "lexicon.py":
                    assert len(names) == 2, f"{path.name}:{node.lineno}: file and name are written out"
                    yield str(names[0]), str(names[1])


def test_every_shape_of_the_data_is_used_and_every_one_used_is_there(root):
    used = set(uses(root))
    kept = set(load_lexicon().shapes.names())
    assert not used - kept
    texts = "\n".join(path.read_text("utf-8") for path in (root / "data" / "lexicon" / "shapes").glob("*.toml"))
    assert not {(file, name) for file, name in kept - used if f"{{{name}}}" not in texts}


def test_every_shape_has_a_comment_that_says_what_it_is(root):
    for path in sorted((root / "data" / "lexicon" / "shapes").glob("*.toml")):
        lines = path.read_text("utf-8").splitlines()
        assert lines[0].startswith("# ")
        told = False
        for line in lines[1:]:
            told = line.startswith("# ") or (told and bool(line.strip()))  # a comment stands for its paragraph
            if re.match(r"\w+ = ", line):
                assert told, f"{path.name}: {line}"


@pytest.mark.parametrize(("file", "resolution"), [("acts.toml", False), ("resolve.toml", True)])
def test_a_changed_shape_has_papers_read_or_resolved_again(lexicon_folder, monkeypatch, file, resolution):
    monkeypatch.setattr(signatures, "data_path", lambda *parts: lexicon_folder)

    def sign() -> tuple[str, str]:
        of = signatures._hash_lexicon.__wrapped__
        return of(of_resolution=False), of(of_resolution=True)

    before = sign()
    path = lexicon_folder / "shapes" / file
    path.write_text(path.read_text("utf-8") + "# another comment\n", "utf-8")
    assert [a != b for a, b in zip(before, sign(), strict=True)] == [not resolution, resolution]
