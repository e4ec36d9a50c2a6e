"""How a user names papers of the graph: by their path as the build was given it, by its end, by a folder, by a glob, or
by where the file is."""

from __future__ import annotations

import os
from collections.abc import Iterable
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from unicodedata import normalize

_MEMBER = "!"  # archive.zip!folder/paper.txt


def is_like(path: str, given: str) -> bool:
    """Whether the path of a paper is what was given: like it as a glob, from any of its folders on (a build's own globs
    begin below the folder that it was given, which the path may begin with); or the same place, seen from the folder in
    which the command runs.  A paper is like the folder or the archive that holds it,
    too."""
    path, given = normalize("NFC", path), normalize("NFC", given)  # macOS gives letters and their marks apart
    if given.startswith(("/", "./", "../")) or "/../" in given:
        glob = _place(given)
        return any(_fits(_place(name), glob) for name in _names(path)) or _is_end(path, glob)
    return any(_fits(name, given) for whole in _names(path) for name in _tails(whole))


def tell_unknown(paths: Iterable[str], given: str) -> str:
    """That none of the paths is like what was given, with the closest; empty where one is."""
    known = sorted(set(paths))
    if any(is_like(path, given) for path in known):
        return ""
    by_name: dict[str, str] = {}
    for path in known:
        for key in (PurePosixPath(path).name, path):
            by_name.setdefault(key.casefold(), path)
    given = normalize("NFC", given)
    asked = (PurePosixPath(given).name.casefold(), given.casefold())
    close = [by_name[key] for word in asked for key in get_close_matches(word, sorted(by_name), 3, 0.6)]
    more = f"; closest: {', '.join(dict.fromkeys(close))}" if close else "; kg info lists them"
    return f"no paper or file of the graph is like {given!r}{more}"


def _names(path: str) -> tuple[str, ...]:
    archive, mark, _ = path.partition(_MEMBER)
    return (path, archive) if mark else (path,)


def _tails(path: str) -> Iterable[str]:
    yield path
    parts = PurePosixPath(path).parts
    yield from ("/".join(parts[i:]) for i in range(1, len(parts)))


def _fits(name: str, glob: str) -> bool:
    # a name may hold what means something in a glob: minutes [1].txt
    return name == glob or fnmatchcase(name, glob) or name.startswith(f"{glob.rstrip('/')}/")


def _place(path: str) -> str:
    return os.path.normpath(os.path.join(os.getcwd(), path))


def _is_end(path: str, place: str) -> bool:
    """Whether a place ends with the path, of at least one folder: the build may have run in another folder."""
    return not path.startswith("/") and "/" in path and any(place.endswith(f"/{name}") for name in _names(path))
