"""The build in use, as the next one starts from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.graph.digests import Digests
from kg.graph.manifest import Manifest
from kg.graph.store import STORE, check_files, current_build, read_manifest
from kg.pipeline.known import KnownFile, load_files
from kg.pipeline.signatures import Parts

FILES, DIGESTS = "files.jsonl", "digests.txt"


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

    def digests(self) -> Digests | None:
        """What it says of each thing; None where that is lost."""
        try:
            with (self.build / DIGESTS).open(encoding="utf-8", errors="surrogatepass") as lines:
                return Digests.load(lines)
        except (OSError, ValueError):
            return None


def find_previous(directory: Path) -> Previous | None:
    """The build in use; None where there is none, or it is damaged or of another version: then all is made anew."""
    try:
        build = current_build(directory)
        manifest = read_manifest(build)
        check_files(build / STORE, manifest)
    except StoreError:
        return None
    return Previous(build, manifest)
