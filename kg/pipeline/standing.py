"""Which shards of the build in use still hold, and why the others do not.

A shard holds where what it was made by is what there is now.  Where registers or lexicon are others, it holds too if
the paper has none of the names on which the old and the new ones differ: making it again would give the same.  Such a
shard keeps the signature that it was made by; the build notes that it holds (``made.json``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.graph.manifest import Paper
from kg.pipeline.known import KnownFile
from kg.pipeline.previous import Previous
from kg.pipeline.signatures import sign_recognition
from kg.pipeline.vocabulary import (
    Touch,
    Vocabulary,
    compare_vocabularies,
    dump_vocabulary,
    load_vocabulary,
    seal,
    unseal,
)
from kg.shards import ShardError, peek_shard
from kg.sketches import load_sketch, may_hold

if TYPE_CHECKING:
    from kg.pipeline.stages import Stages

MADE, VOCABULARY = "made.json", "vocabulary.json"
RECOGNITION = "text recognition"


@dataclass(frozen=True, slots=True)
class Standing:
    """What still holds of the build in use.

    ``stands``: its papers whose shards hold; ``accepted``: of those whose shard was made by another signature than that
    of now, this signature; ``formerly``: of the others, by which signature the build in use has them; ``why``: of the
    others, what has changed.
    """

    stands: frozenset[str] = frozenset()
    accepted: Mapping[str, str] = field(default_factory=dict)
    formerly: Mapping[str, str] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """By what the shards of a build were made.  ``recognition``: the signature of text recognition, where it read a
    paper; ``exceptions``: paper -> signature, of shards made by others that hold all the same."""

    signature: str
    parts: dict[str, str]
    recognition: str = ""
    exceptions: Mapping[str, str] = field(default_factory=dict)

    def of_paper(self, paper: Paper) -> str:
        """By what the shard of a paper of the build was made."""
        own = f"{self.signature}+{self.recognition}" if _was_recognised(paper) else self.signature
        return self.exceptions.get(paper.id, own)


def find_standing(before: Previous | None, stages: Stages, shards: Path) -> Standing:
    """Held against the build in use; nothing stands where there is none, or where what it notes is lost or damaged."""
    if before is None:
        return Standing()
    papers, made = before.manifest.papers, _load_made(before.build)
    if made is None:
        return Standing(why={paper.id: "what the build noted of its shards is lost" for paper in papers})
    recognition = sign_recognition() if any(map(_was_recognised, papers)) else ""
    if made.signature == stages.signature:
        touches: list[Touch] = []
    else:
        touches = list(_find_touches(before.build, made, stages))
    stands, accepted, formerly, why = set(), {}, {}, {}
    for paper in papers:
        own = made.of_paper(paper)
        reason = f"{RECOGNITION} changed" if own.partition("+")[2] not in ("", recognition) else ""
        if touches and not reason:
            reason = _touched_by(touches, shards / f"{paper.id}.json", own)
        if reason:
            formerly[paper.id], why[paper.id] = own, reason
        elif any(code == "needs_ocr" for code, _ in paper.issues):
            formerly[paper.id], why[paper.id] = own, "OCR may have been installed since"
        else:
            stands.add(paper.id)
            if own.partition("+")[0] != stages.signature:
                accepted[paper.id] = own
    return Standing(frozenset(stands), accepted, formerly, why)


def _touched_by(touches: list[Touch], shard: Path, made_by: str) -> str:
    """What touches the paper of a shard; empty where nothing does."""
    for touch in touches:
        if touch.names is None:
            return touch.reason
    try:
        found, words = peek_shard(shard.read_bytes())
    except (OSError, ShardError):
        found, words = "", b""
    if found != made_by:
        return "the shard is lost"
    sketch = load_sketch(words)
    return next((t.reason for t in touches if t.names is not None and may_hold(sketch, t.names)), "")


def _find_touches(build: Path, made: Made, stages: Stages) -> Iterator[Touch]:
    now = dict(stages.made_from)
    changed = sorted(k for k in {*made.parts, *now} if made.parts.get(k) != now.get(k))
    vocabulary = _load_vocabulary(build) if stages.vocabulary is not None else None
    told = {"lexicon", "registers"} if vocabulary is not None else set()
    for part in changed:
        if part not in told:
            yield Touch(f"{part} changed", None)
    if vocabulary is not None and stages.vocabulary is not None and told & set(changed):
        yield from compare_vocabularies(vocabulary, stages.vocabulary())


def find_known(before: Previous | None, stages: Stages, standing: Standing) -> dict[str, KnownFile]:
    """What the build in use knows of files, of those that need not be opened; nothing where files may be read otherwise
    now.  A file that was refused is tried again where anything is another version."""
    if before is None or not before.holds(stages.reading or stages.made_from):
        return {}
    same = before.holds(stages.made_from)
    return {
        path: file
        for path, file in before.files().items()
        if (same or not file.refusals) and all(document in standing.stands for document, _ in file.papers)
    }


def count_again(renewed: set[str], standing: Standing, before: Previous | None) -> tuple[tuple[str, int], ...]:
    """Reason -> how many of the papers of the build in use were made anew for it."""
    known = {paper.id for paper in before.manifest.papers} if before is not None else set()
    reasons = Counter(standing.why.get(document, "the shard is lost") for document in renewed & known)
    return tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))


# --- what the build notes --------------------------------------------------------------------------------------


def note_made(
    stages: Stages, papers: Iterable[Paper], standing: Standing, renewed: set[str], before: Previous | None
) -> dict[str, Iterable[str]]:
    """Name -> lines of the files that tell the next build by what the shards of these papers were made.  ``renewed``:
    papers whose shard this build has written."""
    papers = list(papers)
    recognition = sign_recognition() if any(map(_was_recognised, papers)) else ""
    exceptions = {p.id: standing.accepted[p.id] for p in papers if p.id in standing.accepted and p.id not in renewed}
    made = Made(stages.signature, dict(stages.made_from), recognition, exceptions)
    files: dict[str, Iterable[str]] = {MADE: [_dump_made(made)]}
    if stages.vocabulary is not None:
        known = _load_made(before.build) if before is not None else None
        text = None
        if before is not None and known is not None and known.signature == stages.signature:
            text = _read_vocabulary(before.build)
        files[VOCABULARY] = [text if text is not None else dump_vocabulary(stages.vocabulary())]
    return files


def _dump_made(made: Made) -> str:
    grouped: dict[str, list[str]] = {}
    for document, signature in sorted(made.exceptions.items()):
        grouped.setdefault(signature, []).append(document)
    return seal(json.dumps([made.signature, made.parts, made.recognition, grouped], separators=(",", ":")))


def _load_made(build: Path) -> Made | None:
    try:
        signature, parts, recognition, grouped = json.loads(unseal((build / MADE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None
    return Made(signature, parts, recognition, {d: s for s, documents in grouped.items() for d in documents})


def _read_vocabulary(build: Path) -> str | None:
    try:
        text = (build / VOCABULARY).read_text(encoding="utf-8")
        unseal(text)
    except (OSError, ValueError):
        return None
    return text


def _load_vocabulary(build: Path) -> Vocabulary | None:
    text = _read_vocabulary(build)
    try:
        return load_vocabulary(text) if text is not None else None
    except (ValueError, TypeError):
        return None  # of another version


def _was_recognised(paper: Paper) -> bool:
    return any(code == "read_by_ocr" for code, _ in paper.issues)
