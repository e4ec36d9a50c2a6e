"""The build in use, as the next one starts from it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.graph.digests import Digests
from kg.graph.manifest import Manifest, Paper
from kg.graph.store import STORE, check_files, current_build, read_manifest
from kg.pipeline.known import KnownFile, load_files
from kg.pipeline.notes import NOTES_HASH
from kg.pipeline.signatures import REGISTERS_OF_GRAPH, Parts
from kg.pipeline.vocabulary import seal, unseal

FILES, DIGESTS = "files.jsonl", "digests.txt"
# Of a store that was changed in parts since: the digests of then, and the parts that have changed.
DIGESTS_OF_BEFORE, CHANGED = "digests-before.txt", "changed.txt"
# A store that has been changed so often is made anew: what was taken out takes room until then.
MOST_REVISIONS = 100


@dataclass(frozen=True, slots=True)
class Previous:
    """A build whose manifest and store are whole."""

    build: Path
    manifest: Manifest

    def holds(self, made_from: Parts) -> bool:
        """Whether it was made from these versions."""
        return set(made_from) <= set(self.manifest.made_from)

    def files(self) -> dict[str, KnownFile]:
        """What it knows of files; nothing where that is lost."""
        try:
            with (self.build / FILES).open(encoding="utf-8", errors="surrogatepass") as lines:
                return load_files(lines)
        except (OSError, ValueError, TypeError, KeyError):
            return {}

    def recalled(self) -> dict[str, Paper]:
        """The papers that need not be opened where they have not changed, by id; none where the notes are lost from
        which a build goes on without them.  OCR may have been installed since, so that what needs it is read."""
        if not (self.build / NOTES_HASH).is_file() or self.manifest.revisions >= MOST_REVISIONS:
            return {}
        return {p.id: p for p in self.manifest.papers if not any(code == "needs_ocr" for code, _ in p.issues)}

    def digests(self) -> tuple[Digests, set[str]] | None:
        """What it says of each thing, and the things of which it says another thing since; None where that is lost."""
        try:
            whole = self.build / DIGESTS
            changed = set() if whole.is_file() else self.changed()
            with (whole if whole.is_file() else self.build / DIGESTS_OF_BEFORE).open(
                encoding="utf-8", errors="surrogatepass"
            ) as lines:
                return Digests.load(lines), changed
        except (OSError, ValueError):
            return None

    def has_digests(self) -> bool:
        """Whether ``digests`` may give them."""
        return (self.build / DIGESTS).is_file() or (self.build / DIGESTS_OF_BEFORE).is_file()

    def changed(self) -> set[str]:
        """The parts of the graph that have changed since its digests were taken.  Raises OSError or ValueError where
        that is lost or damaged."""
        if (self.build / DIGESTS).is_file():
            return set()
        text = (self.build / CHANGED).read_text(encoding="utf-8", errors="surrogatepass")
        return set(json.loads(unseal(text)))

    def carry_digests(self, build: Path, parts: Iterable[str]) -> dict[str, Iterable[str]]:
        """Takes the digests over into a build in which these parts are others; returns name -> lines of the file that
        tells so.  Nothing where there are none to take over."""
        whole, before = self.build / DIGESTS, self.build / DIGESTS_OF_BEFORE
        try:
            changed = self.changed() | set(parts)
            take_file(whole if whole.is_file() else before, build / DIGESTS_OF_BEFORE)
        except (OSError, ValueError):
            return {}
        return {CHANGED: [seal(json.dumps(sorted(changed)))]}


def find_previous(directory: Path) -> Previous | None:
    """The build in use; None where there is none, or it is damaged or of another version: then all is made anew."""
    try:
        build = current_build(directory)
        manifest = read_manifest(build)
        check_files(build / STORE, manifest)
    except StoreError:
        return None
    return Previous(build, manifest)


def find_revisable(before: Previous | None, graph_from: Parts) -> Previous | None:
    """The build in use, where the graph differs from its own by no more than papers and registers, and its digests tell
    where; else None."""
    if before is None or before.manifest.revisions >= MOST_REVISIONS or not before.has_digests():
        return None
    return before if before.holds(tuple(part for part in graph_from if part[0] != REGISTERS_OF_GRAPH)) else None


def take_file(source: Path, target: Path) -> None:
    """The file under another name too; files of a build are never changed.  Raises OSError where it is lost."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)  # a file system without links
