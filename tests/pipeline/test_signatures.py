"""What each stage is signed by: the modules that it is made of, and no others."""

from __future__ import annotations

import re
from pathlib import Path

from kg.annotate.gazetteer import LISTS
from kg.pipeline.signatures import _LEXICON_OF_READING, _LEXICON_OF_RESOLUTION, modules_of, sign_extraction

ASKED = re.compile(r"(?:lexicon|load_lexicon\(\))\.(?:words|get|folded|pattern|labels|joined)\(([^)]*)\)")


def names(*roots: str) -> set[str]:
    folder = Path(__file__).resolve().parents[2] / "kg"
    return {path.relative_to(folder).as_posix() for path in modules_of(roots)}


def test_a_stage_is_made_of_what_it_imports(root: Path) -> None:
    reading, cleaning, extraction = names("read"), names("clean"), names("annotate", "extract", "sketches")
    assert {"read/pdf.py", "read/ocr.py", "model.py", "errors.py"} <= reading
    assert {"clean/layout.py", "lexicon.py", "phrases.py", "shapes.py"} <= cleaning
    assert {"annotate/known.py", "extract/parties.py", "registers/normal.py", "beginnings.py"} <= extraction
    for found, others in ((reading, ("clean", "annotate", "extract")), (cleaning, ("read", "annotate", "extract")),
                          (extraction, ("read", "clean", "resolve"))):  # fmt: skip
        assert not [name for name in found if name.startswith(others)]
    assert not [name for name in reading | cleaning | extraction if name.startswith(("pipeline", "graph", "cli"))]


def test_lists_that_reading_and_resolution_look_up_are_signed(root: Path) -> None:
    """A list that either looks up must be in its signature: another list there would go unseen."""
    for stages, signed in ((("read",), _LEXICON_OF_READING), (("resolve", "graph"), _LEXICON_OF_RESOLUTION)):
        for path in (p for stage in stages for p in (root / "kg" / stage).rglob("*.py")):
            for arguments in ASKED.findall(path.read_text("utf-8")):
                asked = tuple(re.findall(r'"(\w+)"', arguments))
                assert asked[:1] == ("resolve",) or any(asked[: len(s)] == s for s in signed), (path, asked)


def test_registers_are_looked_at_where_it_is_told_of() -> None:
    """Who else looks at the registers must be told of in ``kg/annotate/gazetteer.py``."""
    folder = Path(__file__).resolve().parents[2] / "kg"
    users = {
        path.relative_to(folder).as_posix()
        for stage in ("clean", "annotate", "extract")
        for path in (folder / stage).rglob("*.py")
        if re.search(r"registers\.\w+\(|registers\.(?!import)\w+\b(?! import)", path.read_text("utf-8"))
        and "_registers" not in path.name
    }
    assert users <= {"annotate/known.py", "annotate/names.py", "annotate/places.py", "annotate/gazetteer.py",
                     "extract/parties.py", "extract/found.py"}, users  # fmt: skip


def test_names_of_the_lexicon_are_looked_at_where_it_is_told_of(root: Path) -> None:
    """The lists whose change is told by names alone (``LISTS``) are used for nothing else before resolution."""
    for path in (p for stage in ("read", "clean", "annotate", "extract") for p in (root / "kg" / stage).rglob("*.py")):
        for steps in LISTS:
            asked = re.search(rf'"{steps[-2]}",\s*"{steps[-1]}"', path.read_text("utf-8"))
            assert not asked or path.name in ("known.py", "gazetteer.py", "places.py"), (path, steps)
    for path in (root / "data" / "lexicon" / "shapes").glob("*.toml"):
        assert not any("{" + ".".join(steps) + "}" in path.read_text("utf-8") for steps in LISTS), path


def test_data_that_stages_read_is_signed(root: Path) -> None:
    """Beside lexicon and registers only the measured precision of the rules, which claims carry."""
    read = {
        found
        for stage in ("read", "clean", "annotate", "extract")
        for path in (root / "kg" / stage).rglob("*.py")
        for found in re.findall(r"(?:data_path|read_text)\(([^)]*)\)", path.read_text("utf-8"))
        if found.startswith('"')
    }
    assert read == {'"data", "rules", "precision.json"'}
    assert "precision of rules" in dict(sign_extraction(""))
