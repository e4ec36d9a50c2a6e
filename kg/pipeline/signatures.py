"""What results depend on beside the papers, as hashes: of reading a file, of what each paper says, and of the graph
made of that.

Code is hashed by stage: the modules that a stage imports, directly or through others, so that a change of a module that
only later stages use leaves what earlier ones made.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg import __version__
from kg.graph.manifest import FORMAT
from kg.lexicon import load_lexicon
from kg.read.ocr import LANGUAGE, find_tesseract
from kg.resources import data_path, hash_files
from kg.shards import VERSION as SHARD_VERSION

Parts = tuple[tuple[str, str], ...]

FILE_LIMIT, REGISTERS_OF_GRAPH = "file limit", "graph registers"
# The modules in which each stage begins.
_READING, _CLEANING, _EXTRACTION = ("read",), ("clean",), ("annotate", "extract", "sketches")
# What joins the stages, which imports all of them.
_JOINED = ("pipeline/chain", "pipeline/check")
_MERGING = ("resolve", "graph", "model", "terms", "lexicon", "shapes", "registers")
# Lists that stages other than annotation and extraction look up; tests hold this against the code.
_LEXICON_OF_READING = (("layout", "html"),)
_LEXICON_OF_RESOLUTION = (
    ("names", "organisations", "ambiguous"),
    ("names", "organisations", "acronyms"),
    ("names", "places", "county_names"),
)
# Words that only resolution looks up: other words there change no shard.
RESOLUTION_FILES = ("resolve.toml",)
_FROM = re.compile(r"from kg((?:\.\w+)*) import (\([^)]*\)|[^\n]*)")
_PLAIN = re.compile(r"import kg\.([\w.]+)")
_NAME = re.compile(r"\w+")


def sign_reading(file_limit: int) -> Parts:
    """What depends on it which papers a file holds, and what text with what marks each has."""
    return (
        ("code of reading", hash_stage(_READING)),
        ("lexicon of reading", _hash_lists(_LEXICON_OF_READING)),
        ("library pypdfium2", _version("pypdfium2")),
        ("python", _python()),
        (FILE_LIMIT, str(file_limit)),
    )


def sign_extraction(registers: str) -> Parts:
    """What an Extraction depends on, but for text recognition; ``registers`` is their signature."""
    return (
        ("code of reading", hash_stage(_READING)),
        ("code of cleaning", hash_stage(_CLEANING)),
        ("code of extraction", hash_parts((("stage", hash_stage(_EXTRACTION)), ("joined", hash_code(_JOINED))))),
        ("lexicon", _hash_lexicon(of_resolution=False)),
        ("registers", registers),
        ("precision of rules", hash_files(data_path("data", "rules"))),
        *((f"library {name}", _version(name)) for name in ("pypdfium2", "spacy")),
        ("python", _python()),
        ("shards", str(SHARD_VERSION)),
    )


def sign_graph(registers: str, base: str) -> Parts:
    """What the graph depends on beside Extractions."""
    return (
        ("graph code", hash_code(_MERGING)),
        ("graph lexicon", _hash_lexicon(of_resolution=True)),
        ("graph lists of the lexicon", _hash_lists(_LEXICON_OF_RESOLUTION)),
        ("graph ontology", hash_files(data_path("ontology"))),
        (REGISTERS_OF_GRAPH, registers),
        ("graph base", base),
        ("graph format", str(FORMAT)),
        ("library pyoxigraph", _version("pyoxigraph")),
    )


@cache
def sign_recognition() -> str:
    """What text recognition depends on: the program and its words; ``none`` where it is not installed."""
    program = find_tesseract()
    if program is None:
        return "none"
    try:
        told = subprocess.run([program, "--version"], capture_output=True, timeout=20, check=False).stdout
        listed = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    digest = hashlib.sha256(told.split(b"\n")[0])
    folder = re.search(rb'"([^"]+)"', listed)
    if folder is not None:
        trained = Path(folder[1].decode("utf-8", "surrogateescape")) / f"{LANGUAGE}.traineddata"
        try:
            found = trained.stat()
            digest.update(f"{found.st_size} {found.st_mtime_ns}".encode())
        except OSError:
            pass  # a version that says it otherwise; the program is told by its own version
    return digest.hexdigest()


def hash_parts(parts: Parts) -> str:
    """One hash over all."""
    return hashlib.sha256("\n".join(f"{k}={v}" for k, v in parts).encode()).hexdigest()


@cache
def hash_code(names: tuple[str, ...]) -> str:
    """A hash over the source of these packages and modules of ``kg``."""
    folder = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256(__version__.encode())
    for name in names:
        package, module = folder / name, folder / f"{name}.py"
        digest.update(hash_files(package).encode() if package.is_dir() else module.read_bytes())
    return digest.hexdigest()


@cache
def hash_stage(roots: tuple[str, ...]) -> str:
    """A hash over the source of the modules of ``kg`` that these and what they import are made of."""
    digest = hashlib.sha256(__version__.encode())
    for path in modules_of(roots):
        digest.update(f"{path.relative_to(_folder()).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def modules_of(roots: tuple[str, ...]) -> list[Path]:
    """The files of these modules of ``kg``, of all in the packages among them, and of what they import, sorted.  Only
    the package's own ``__init__`` is left out, which joins all."""
    todo = [path for root in roots for path in _files(root, whole=True)]
    found: set[Path] = set()
    while todo:
        path = todo.pop()
        if path not in found:
            found.add(path)
            todo += _imported(path)
    return sorted(found)


@cache
def _imported(path: Path) -> tuple[Path, ...]:
    text = path.read_text(encoding="utf-8")
    modules = set(_PLAIN.findall(text))
    for module, names in _FROM.findall(text):
        base = module.removeprefix(".")
        modules |= {base, *(f"{base}.{name}" if base else name for name in _NAME.findall(names))}
    return tuple({path for module in modules for path in _files(module)})


@cache
def _files(module: str, *, whole: bool = False) -> tuple[Path, ...]:
    """The file of a module, with those of the packages around it; nothing where there is none, since what is imported
    may be a name within a module."""
    parts = module.split(".") if module else []
    place = _folder().joinpath(*parts)
    own = place / "__init__.py" if place.is_dir() else place.with_name(f"{place.name}.py")
    if not parts or not own.is_file():
        return ()
    around = [_folder().joinpath(*parts[:n], "__init__.py") for n in range(1, len(parts))]
    return (*around, own, *(sorted(place.rglob("*.py")) if whole and place.is_dir() else ()))


def _folder() -> Path:
    return Path(__file__).resolve().parent.parent


@cache
def _hash_lexicon(*, of_resolution: bool) -> str:
    digest = hashlib.sha256()
    for path in sorted(data_path("data", "lexicon").rglob("*.toml")):
        if (path.name in RESOLUTION_FILES) == of_resolution:
            digest.update(f"{path.parent.name}/{path.name}".encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _hash_lists(lists: tuple[tuple[str, ...], ...]) -> str:
    told = [load_lexicon().get(*path) for path in lists]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}, Unicode {unicodedata.unidata_version}"


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
