"""What a build would read, told without writing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.config import Config
from kg.graph.store import SHARDS
from kg.pipeline.build import ORDINARY, Options, default_stages
from kg.pipeline.collect import collect_papers
from kg.pipeline.known import KnownFile, Stamp, look_at
from kg.pipeline.previous import find_previous
from kg.pipeline.stages import Stages
from kg.pipeline.standing import count_again, find_known, find_standing
from kg.read import name_file


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """The paths of files, sorted: ``new`` to the graph in use; ``changed`` since; ``again``, unchanged, but to be read
    again; ``retried``, unchanged, of which the graph in use holds nothing, since they were refused, and which are tried
    again; ``unchanged``, whose papers are not read; ``unreadable``, which cannot be looked at and will be refused;
    ``gone``, of which the graph holds papers that it will lack.  ``renamed``: the name by which the graph knows a file,
    and that by which the same file is found now.  ``reasons``: how many papers of the graph are to be made anew though
    their files have not changed, by the reason why."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    again: tuple[str, ...]
    retried: tuple[str, ...]
    unchanged: tuple[str, ...]
    unreadable: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...] = ()
    reasons: tuple[tuple[str, int], ...] = ()


def plan_build(
    paths: Sequence[Path], config: Config, *, options: Options = ORDINARY, stages: Stages | None = None
) -> BuildPlan:
    """What ``build`` would do with the same arguments.  Raises UsageError and ReadError as ``collect_papers`` does."""
    files = collect_papers(paths, options.selection, allow_empty=options.allow_empty)
    stages = stages or default_stages(config)
    before = find_previous(Path(config.store))
    known = before.files() if before is not None else {}
    shards = Path(config.store) / SHARDS
    standing = find_standing(before, stages, shards)
    spared = find_known(before, stages, standing) if not options.verify else {}
    # files that are tried again in every build
    refused = {refusal.path for refusal in before.manifest.refused} if before is not None else set()
    anew: set[str] = set()
    new, changed, again, retried, unchanged, unreadable = (list[str]() for _ in range(6))
    stamps: dict[str, Stamp] = {}
    for path in files:
        name, told, stamp = str(path), known.get(str(path)), look_at(path, 0)
        if stamp is None:
            unreadable.append(name)
            continue
        stamps[name] = stamp
        if told is None:
            (retried if name_file(path) in refused else new).append(name)
        elif not told.stamp.agrees(stamp):
            changed.append(name)
        elif name in spared and all((shards / f"{document}.json").is_file() for document, _ in told.papers):
            unchanged.append(name)
        elif told.refusals and not told.papers:
            retried.append(name)
        else:
            again.append(name)
            anew |= {document for document, _ in told.papers if document in standing.why}
    missing = {name: file for name, file in known.items() if name not in stamps and file.papers}
    there = {document for name in (*again, *unchanged) if name in known for document, _ in known[name].papers}
    found = _find_missing(missing, (*new, *changed), stamps)
    renamed = sorted((old, name) for name, old in found.items() if name in new)
    there |= {document for old in found.values() for document, _ in missing[old].papers}
    gone = [name for name, file in missing.items() if {document for document, _ in file.papers} - there]
    fresh = [name for name in new if name not in dict(found)]
    return BuildPlan(
        new=_name_files(fresh),
        changed=_name_files(changed),
        again=_name_files(again),
        retried=_name_files(retried),
        unchanged=_name_files(unchanged),
        unreadable=_name_files(unreadable),
        gone=_name_files(gone),
        renamed=tuple((name_file(Path(old)), name_file(Path(name))) for old, name in renamed),
        reasons=count_again(anew, standing, before),
    )


def _find_missing(
    missing: Mapping[str, KnownFile], names: Iterable[str], stamps: Mapping[str, Stamp]
) -> dict[str, str]:
    """Name -> the name by which the graph knows the file that is missing now: of the same bytes, or of the same place
    on the disk, size and time, which an archive keeps when it is moved.  Files of another size are not opened."""
    sizes: dict[int, list[str]] = {}
    for old in sorted(missing):
        sizes.setdefault(missing[old].stamp.size, []).append(old)
    found: dict[str, str] = {}
    for name in names:
        of_size = [old for old in sizes.get(stamps[name].size, ()) if old not in found.values()]
        moved = [old for old in of_size if _is_moved(missing[old].stamp, stamps[name])]
        if of_size and not moved:
            document = _hash_file(name)
            moved = [old for old in of_size if document in {d for d, _ in missing[old].papers}]
        if moved:
            found[name] = moved[0]
    return found


def _is_moved(old: Stamp, new: Stamp) -> bool:
    return (old.inode, old.device, old.modified) == (new.inode, new.device, new.modified)


def _hash_file(name: str) -> str:
    """The id of the paper that the file is, if it is one; empty where it cannot be read."""
    try:
        with Path(name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _name_files(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name_file(Path(name)) for name in sorted(names))
