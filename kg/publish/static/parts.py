"""What each thing's files were made from the time before, so that only what changed is made again."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox

from kg import __version__
from kg.graph.manifest import dump_manifest
from kg.graph.store import GraphStore
from kg.publish.vendor import has_package
from kg.query import list_queries

# The packages that what a page shows passes through on its way from the store.
_MAKING = ("publish", "query", "graph")


@dataclass(frozen=True, slots=True)
class Part:
    """The files of a thing: what they were made from (keys of ``nodes``), and one digest of the numbers of those."""

    keys: tuple[int, ...]
    digest: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a site by thing: a file with a head, then a line for each.  ``program``: a digest of the code,
    templates and settings that made them; ``build``: of the build of the graph that they were made from."""

    program: str
    build: str
    things: dict[str, Part]


def sign_build(graph: GraphStore) -> str:
    """A digest that tells a build of a graph from every other."""
    made = graph.path.stat().st_ctime_ns
    text = f"{graph.build.resolve()}\n{made}\n{dump_manifest(graph.manifest)}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sign_program(settings: object) -> str:
    """A digest of all that pages depend on beside the graph: code, templates, words, questions, settings."""
    others = (ox.__version__, version("jinja2"), has_package("oxigraph"))
    digest = hashlib.sha256(f"{__version__}\n{settings!r}\n{others!r}\n".encode())
    top = Path(__file__).resolve().parents[2]
    files = [*top.glob("*.py"), *(path for name in _MAKING for path in (top / name).rglob("*"))]
    for path in sorted(files):
        if path.suffix in (".py", ".html", ".toml") and path.is_file():
            digest.update(path.relative_to(top).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for query in list_queries():
        digest.update(query.text.encode() + b"\0")
    return digest.hexdigest()


def read_parts(path: Path) -> Parts | None:
    """The parts noted in a file; None where there are none or they cannot be read."""
    try:
        with path.open(encoding="utf-8") as stream:
            head = json.loads(next(stream))
            things = {}
            for line in stream:
                iri, digest, keys, files = json.loads(line)
                raw = base64.b64decode(keys)
                things[str(iri)] = Part(struct.unpack(f">{len(raw) // 8}Q", raw), str(digest), tuple(map(str, files)))
        if len(things) != head["things"]:
            return None
        return Parts(str(head["program"]), str(head["build"]), things)
    except (OSError, ValueError, KeyError, TypeError, StopIteration, struct.error):
        return None


def write_parts(parts: Parts) -> Iterable[str]:
    """The lines of the file."""
    head = {"program": parts.program, "build": parts.build, "things": len(parts.things)}
    yield json.dumps(head) + "\n"
    for iri, part in sorted(parts.things.items()):
        keys = base64.b64encode(struct.pack(f">{len(part.keys)}Q", *part.keys)).decode()
        yield json.dumps([iri, part.digest, keys, part.files], ensure_ascii=False) + "\n"
