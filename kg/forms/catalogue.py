"""The forms seen before: the papers of the package (``data/forms/catalogue.json``), and those of the user."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ResourceError, StoreError
from kg.forms.anchors import KINDS, Anchors, Fingerprint, has_acts, keep_said, similarity
from kg.forms.said import fingerprint_shard
from kg.lexicon import fold
from kg.resources import data_path
from kg.shards import ShardError, load_shard

VERSION = 1
NAME = ("data", "forms", "catalogue.json")
RENEW = "python -m kg.forms.renew"


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """A paper of a form seen before.  ``document``: the first 16 digits of its id."""

    document: str
    name: str
    authority: str | None
    body: str | None
    form: str
    anchors: Anchors
    whole: bool = True


def to_known(fingerprint: Fingerprint) -> KnownPaper:
    """The fingerprint as the catalogue keeps it."""
    f = fingerprint
    return KnownPaper(f.document[:16], Path(f.source).name, f.authority, f.body, f.form, f.anchors, f.whole)


def liken(fingerprint: Fingerprint, paper: KnownPaper) -> float:
    """How alike the two are, by the anchors that both may have."""
    anchors = fingerprint.anchors if paper.whole else keep_said(fingerprint.anchors)
    return similarity(anchors, paper.anchors)


class Catalogue:
    """Papers of forms seen before, in the order of their names."""

    def __init__(self, papers: Iterable[KnownPaper]) -> None:
        self.papers = tuple(sorted(papers, key=lambda p: (p.name, p.document)))

    def __add__(self, other: Catalogue) -> Catalogue:
        return Catalogue((*self.papers, *other.papers))

    def without(self, document: str) -> Catalogue:
        """The catalogue without the paper of that id."""
        return Catalogue(p for p in self.papers if p.document != document[:16])

    def find(self, document: str) -> KnownPaper | None:
        """The paper of that id, where it was looked at itself."""
        return next((p for p in self.papers if p.whole and p.document == document[:16]), None)

    def unproven_without(self, document: str) -> Catalogue:
        """The catalogue without the shard of that paper: that it was read once does not show that it was read well."""
        return Catalogue(p for p in self.papers if p.whole or p.document != document[:16])

    def nearest(self, fingerprint: Fingerprint, *, whole: bool) -> tuple[KnownPaper | None, float]:
        """The known paper that is most alike, and how alike: among those looked at themselves by all their anchors,
        or among all others by those in ``SAID``."""
        anchors = fingerprint.anchors if whole else keep_said(fingerprint.anchors)
        best: tuple[KnownPaper | None, float] = (None, 0.0)
        likeness: dict[Anchors, float] = {}
        for paper in self.papers:
            if paper.whole is not whole:
                continue
            if paper.anchors not in likeness:
                likeness[paper.anchors] = similarity(anchors, paper.anchors)
            if likeness[paper.anchors] > best[1]:
                best = (paper, likeness[paper.anchors])
        return best

    def of_body(self, fingerprint: Fingerprint) -> list[KnownPaper]:
        """The papers of the same authority and deciding body (of any body of the authority, where the paper names
        none): those of the same form where there are any."""
        if fingerprint.authority is None:
            return []
        authority = fold(fingerprint.authority)
        kin = [
            p
            for p in self.papers
            if p.authority is not None
            and fold(p.authority) == authority
            and (fingerprint.body is None or p.body is None or fold(p.body) == fold(fingerprint.body))
        ]
        return [p for p in kin if p.form == fingerprint.form] or kin


def load_catalogue(path: Path | None = None) -> Catalogue:
    """The catalogue of the package, or the one at ``path``.  Raises ResourceError where it is malformed."""
    path = path or data_path(*NAME)
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        if table["version"] != VERSION:
            raise ValueError(f"version {table['version']}")
        papers = [
            KnownPaper(r["id"], r["name"], r["authority"], r["body"], r["form"], frozenset(r["anchors"]))
            for r in table["papers"]
        ]
        unknown = {a.partition(":")[0] for p in papers for a in p.anchors} - set(KINDS)
        if unknown:
            raise ValueError(f"unknown kinds of anchors: {', '.join(sorted(unknown))}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ResourceError(f"not a catalogue of forms ({error})", where=str(path), hint=RENEW) from error
    return Catalogue(papers)


def dump_catalogue(catalogue: Catalogue) -> str:
    """The catalogue as JSON, one line a paper."""
    rows = [
        json.dumps(
            {
                "id": p.document,
                "name": p.name,
                "authority": p.authority,
                "body": p.body,
                "form": p.form,
                "anchors": sorted(p.anchors),
            },
            ensure_ascii=False,
        )
        for p in catalogue.papers
    ]
    return f'{{"version": {VERSION}, "papers": [\n' + ",\n".join(rows) + "\n]}\n"


def read_shards(store: Path) -> Iterator[Fingerprint]:
    """The papers of a graph directory from whose words a decision was read; of others it is not known that their
    form is understood.  Raises StoreError where the directory has no shards."""
    folder = store / "shards"
    if not folder.is_dir():
        raise StoreError("there is no graph here", where=str(store), hint="build one: kg build PATH...")
    for path in sorted(folder.glob("*.json")):
        try:
            extraction, _ = load_shard(path.read_text(encoding="utf-8", errors="surrogatepass"))
        except (OSError, UnicodeDecodeError, ShardError):
            continue
        fingerprint = fingerprint_shard(extraction)
        if has_acts(fingerprint.anchors):
            yield fingerprint
