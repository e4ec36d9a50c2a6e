"""The prepared questions: every ``*.rq`` under ``queries/``, in any folder; the file's name is the question's."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache
from pathlib import Path

from kg.errors import ResourceError, UsageError
from kg.query.guard import refuse_outside
from kg.query.questions import QueryFile, parse_query_file
from kg.resources import data_path


@cache
def load_queries(folder: Path) -> dict[str, QueryFile]:
    """Name -> question, sorted by name.  Raises ResourceError where a file cannot be read, has no proper head or has
    the name of another."""
    found: dict[str, QueryFile] = {}
    for path in sorted(folder.rglob("*.rq")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ResourceError(f"cannot be read ({error})", where=str(path)) from error
        query = parse_query_file(path, text)
        refuse_outside(text, where=str(path))
        if query.name in found:
            raise ResourceError(
                f"there is another question '{query.name}' ({found[query.name].path})",
                where=str(path),
                hint="rename one",
            )
        found[query.name] = query
    return dict(sorted(found.items()))


def list_queries(folder: Path | None = None) -> list[QueryFile]:
    """The prepared questions of ``folder`` (default: those of the package), sorted by name."""
    return list(load_queries(folder or data_path("queries")).values())


def find_query(name: str, folder: Path | None = None) -> QueryFile:
    """The question of that name.  Raises UsageError, with the closest names, where there is none."""
    known = load_queries(folder or data_path("queries"))
    if name in known:
        return known[name]
    close = get_close_matches(name.lower(), known, n=3, cutoff=0.5)
    likely = f"{' or '.join(close)}; " if close else ""
    raise UsageError(f"there is no question '{name}'", hint=f"{likely}kg query --list shows all: {', '.join(known)}")
