"""The prepared questions: every ``*.rq`` under ``queries/``, in any folder but ``views`` (``kg.export.views``); the
file's name is the question's."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from kg.errors import ResourceError, UsageError
from kg.query.guard import refuse_outside
from kg.query.questions import QueryFile, parse_query_file
from kg.resources import data_path


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The questions of a folder by name, sorted, and for each file that cannot be used the reason, by its name.  A
    broken file stops nobody from asking the others."""

    queries: dict[str, QueryFile]
    broken: dict[str, ResourceError]


@cache
def load_catalogue(folder: Path) -> Catalogue:
    """What the folder holds.  Of two files of one name neither can be asked, since it is not clear which is meant."""
    queries: dict[str, QueryFile] = {}
    broken: dict[str, ResourceError] = {}
    for path in sorted(folder.rglob("*.rq")):
        name = path.stem
        if path.parent == folder / "views":
            continue
        if name in queries or name in broken:
            others = queries.pop(name).path if name in queries else broken[name].where
            what = f"there is another question '{name}' ({others})"
            broken[name] = ResourceError(what, where=str(path), hint="rename one")
            continue
        try:
            queries[name] = _read(path)
        except ResourceError as error:
            broken[name] = error
        except UsageError as error:
            broken[name] = ResourceError(error.what, where=str(path), hint=error.hint)
    return Catalogue(dict(sorted(queries.items())), dict(sorted(broken.items())))


def _read(path: Path) -> QueryFile:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(f"cannot be read ({error})", where=str(path)) from error
    query = parse_query_file(path, text)
    refuse_outside(text, where=str(path))
    return query


@cache
def _own_folder() -> Path:
    """The questions of the package; where they lie is asked of the disk once."""
    return data_path("queries")


def list_queries(folder: Path | None = None) -> list[QueryFile]:
    """The prepared questions of ``folder`` (default: those of the package), sorted by name."""
    return list(load_catalogue(folder or _own_folder()).queries.values())


def list_broken(folder: Path | None = None) -> list[ResourceError]:
    """Why files of ``folder`` cannot be used, sorted by name; empty where all can."""
    return list(load_catalogue(folder or _own_folder()).broken.values())


def find_query(name: str, folder: Path | None = None) -> QueryFile:
    """The question of that name.  Raises UsageError, with the closest names, where there is none, and ResourceError
    where its file cannot be used."""
    if not isinstance(name, str):
        raise UsageError(f"the name of a question is a text, not {name!r}", hint="kg query --list shows all")
    found = load_catalogue(folder or _own_folder())
    if name in found.queries:
        return found.queries[name]
    if name in found.broken:
        raise found.broken[name]
    close = get_close_matches(name.lower(), found.queries, n=3, cutoff=0.5)
    likely = f"{' or '.join(close)}; " if close else ""
    raise UsageError(f"there is no question '{name}'", hint=f"{likely}kg query --list shows all")
