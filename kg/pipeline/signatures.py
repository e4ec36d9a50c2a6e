"""What results depend on beside the papers, as hashes: one for what each paper says, one for the graph made of that."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg import __version__
from kg.graph.manifest import FORMAT
from kg.resources import data_path, hash_files
from kg.shards import VERSION as SHARD_VERSION

Parts = tuple[tuple[str, str], ...]

# What an Extraction depends on beside the paper, and what the graph depends on beside the Extractions.
_READING = ("read", "clean", "annotate", "extract", "model", "lexicon", "registers", "phrases", "shapes", "beginnings")
_MERGING = ("resolve", "graph", "model", "terms", "lexicon", "shapes", "registers")
_LIBRARIES = ("spacy", "ftfy", "pypdfium2")
# Words that only resolution looks up: other words there change no shard.
_LEXICON_OF_RESOLUTION = ("resolve.toml",)


def sign_reading(registers: str) -> Parts:
    """What an Extraction depends on; ``registers`` is their signature."""
    return (
        ("code", hash_code(_READING)),
        ("lexicon", _hash_lexicon(of_resolution=False)),
        ("registers", registers),
        *((f"library {name}", _version(name)) for name in _LIBRARIES),
        ("shards", str(SHARD_VERSION)),
    )


def sign_graph(registers: str, base: str) -> Parts:
    """What the graph depends on beside Extractions."""
    return (
        ("graph code", hash_code(_MERGING)),
        ("graph lexicon", _hash_lexicon(of_resolution=True)),
        ("graph ontology", hash_files(data_path("ontology"))),
        ("graph registers", registers),
        ("graph base", base),
        ("graph format", str(FORMAT)),
        ("library pyoxigraph", _version("pyoxigraph")),
    )


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
def _hash_lexicon(*, of_resolution: bool) -> str:
    digest = hashlib.sha256()
    for path in sorted(data_path("data", "lexicon").rglob("*.toml")):
        if (path.name in _LEXICON_OF_RESOLUTION) == of_resolution:
            digest.update(f"{path.parent.name}/{path.name}".encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
