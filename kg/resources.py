"""Where the files that come with the package lie: ontology, queries, registers, lexicon, sample documents.

In an installed wheel they are under ``kg/_data/``; in a checkout they are the folders ``ontology/``,
``queries/`` and ``data/`` at its top.  Paths are given as in the checkout: ``data_path("data",
"registers")``.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.errors import ResourceError

_PACKAGE = Path(__file__).resolve().parent
ROOTS: tuple[Path, ...] = (_PACKAGE / "_data", _PACKAGE.parent)


def data_path(*parts: str) -> Path:
    """The path of a file or folder of the package.

    Raises ResourceError where neither the installed package nor the checkout has it.
    """
    for root in ROOTS:
        found = root.joinpath(*parts)
        if found.exists():
            return found
    raise ResourceError(
        "a file of the package is missing",
        where="/".join(parts),
        hint="install the package again",
    )


def read_text(*parts: str) -> str:
    """The text of a file of the package.  Raises ResourceError where it is missing or not UTF-8."""
    path = data_path(*parts)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(
            f"a file of the package cannot be read ({error})",
            where=str(path),
            hint="install the package again",
        ) from error


def hash_files(folder: Path) -> str:
    """The sha256, in hexadecimal, over names and bytes of all files under ``folder``; hidden ones are left
    out.

    It does not depend on where the folder lies.  Raises ResourceError where a file cannot be read.
    """
    digest = hashlib.sha256()
    files = [p for p in folder.rglob("*") if p.is_file()]
    for path in sorted(files, key=lambda p: p.relative_to(folder).as_posix()):
        name = path.relative_to(folder)
        if any(part.startswith((".", "__pycache__")) for part in name.parts):
            continue
        try:
            content = path.read_bytes()
        except OSError as error:
            raise ResourceError(f"cannot be read ({error})", where=str(path)) from error
        digest.update(f"{name.as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
