"""Views: what of the graph becomes a network, each a file of SPARQL with a small head.

::

    # sv: Vilka finansierar tillsammans?
    # en: Who finances together?
    # edges: undirected
    # weight: number of projects
    # amount: what the two contribute to these projects together
    # kind finances_together: both contribute to the same project

``# layout: time`` has it drawn from left to right, by how many links lead to a project.

A ``SELECT`` gives one row for each fact that makes an edge: ``?source`` and ``?target`` (IRIs) and, where it has them,
``?kind`` (text), ``?counted`` (the thing that counts for the weight: rows that share it count once), ``?amount``
(kronor), ``?start`` and ``?end`` (dates), ``?project`` and ``?outcome`` (by which filters choose).  Other variables
become attributes of the edge, as text.  A ``CONSTRUCT`` gives edges as triples: the kind is the predicate's own name;
a triple with a literal is an attribute of the node.  What nodes are told with stands in the graph
(``kg.export.describing``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kg.errors import ResourceError, UsageError
from kg.resources import data_path

DEFAULT_VIEW = "projects-organisations"

_LINE = re.compile(r"#\s*(?P<key>sv|en|edges|layout|weight|amount|kind (?P<kind>\w+)):\s*(?P<rest>\S.*?)\s*")
_CONTINUED = re.compile(r"#\s{3,}(?P<rest>\S.*?)\s*")


@dataclass(frozen=True, slots=True)
class View:
    """``title_sv``, ``title_en``: the question that it answers; ``weight``, ``amount``: what they say on its edges;
    ``kinds``: kind of edge -> what it says; ``text``: the whole file."""

    name: str
    path: Path
    title_sv: str
    title_en: str
    directed: bool
    weight: str
    amount: str
    kinds: tuple[tuple[str, str], ...]
    text: str
    timeline: bool = False

    @property
    def description(self) -> str:
        """What the network shows, for a reader of the file."""
        amount = f"; amount: {self.amount} (SEK)" if self.amount else ""
        return f"{self.title_sv} / {self.title_en} Weight: {self.weight}{amount}."


def parse_view(path: Path, text: str) -> View:
    """The view in ``text``.  Raises ResourceError where the head is not in the fixed form."""
    heads: dict[str, str] = {}
    last = ""
    for line in text.splitlines():
        found = _LINE.fullmatch(line)
        more = _CONTINUED.fullmatch(line)
        if found:
            last = found["key"]
            if last in heads:
                raise _wrong(path, f"'{last}' stands twice in the head")
            heads[last] = found["rest"]
        elif more and last:
            heads[last] += f" {more['rest']}"
        else:
            last = ""
    for key in ("sv", "en", "edges"):
        if key not in heads:
            raise _wrong(path, f"the head has no line '# {key}: ...'")
    if heads["edges"] not in ("directed", "undirected"):
        raise _wrong(path, f"edges cannot be '{heads['edges']}'", "directed or undirected")
    if heads.get("layout", "time") != "time":
        raise _wrong(path, f"layout cannot be '{heads['layout']}'", "time, or leave the line out")
    kinds = tuple((key[5:], rest) for key, rest in heads.items() if key.startswith("kind "))
    return View(
        path.stem,
        path,
        heads["sv"],
        heads["en"],
        heads["edges"] == "directed",
        heads.get("weight", "number of facts"),
        heads.get("amount", ""),
        kinds,
        text,
        "layout" in heads,
    )


def list_views(folder: Path | None = None) -> list[View]:
    """The views of the package and of ``folder``, sorted by name; one of the folder hides one of the package.  What is
    broken is left out (``list_broken``).  Raises UsageError where the folder is none."""
    return [view for _, view in sorted(_read_views(folder).items()) if isinstance(view, View)]


def list_broken(folder: Path | None = None) -> list[ResourceError]:
    """Why files of views cannot be used, sorted by name."""
    return [error for _, error in sorted(_read_views(folder).items()) if isinstance(error, ResourceError)]


def _read_views(folder: Path | None) -> dict[str, View | ResourceError]:
    if folder is not None and not folder.is_dir():
        raise UsageError("there is no such folder of views", where=str(folder), hint="name a folder with *.rq files")
    found: dict[str, View | ResourceError] = {}
    for place in (data_path("queries", "views"), *([folder] if folder else [])):
        for path in sorted(place.glob("*.rq")):
            try:
                found[path.stem] = parse_view(path, path.read_text(encoding="utf-8"))
            except ResourceError as error:
                found[path.stem] = error
            except UnicodeDecodeError:
                found[path.stem] = _wrong(path, "it is no text in UTF-8", "save it as UTF-8")
            except OSError as error:
                found[path.stem] = _wrong(path, f"it cannot be read ({error.strerror or error})", "mend or move it")
    return found


def find_view(name: str, folder: Path | None = None) -> View:
    """The view of that name.  Raises UsageError, naming those known, where there is none, and ResourceError where its
    file is malformed."""
    views = _read_views(folder)
    found = views.get(name)
    if isinstance(found, ResourceError):
        raise found
    if found is None:
        known = sorted(key for key, view in views.items() if isinstance(view, View))
        close = get_close_matches(name, known, n=1, cutoff=0.5)
        likely = f"{close[0]}; " if close else ""
        raise UsageError(f"there is no view '{name}'", hint=f"{likely}one of {', '.join(known)}")
    return found


_HEAD = "a head of '# sv: ...', '# en: ...' and '# edges: directed' or 'undirected', as docs/gephi.md shows"


def _wrong(path: Path, what: str, hint: str = _HEAD) -> ResourceError:
    return ResourceError(what, where=str(path), hint=hint)
