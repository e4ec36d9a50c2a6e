"""What a build would read, told without reading or writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.config import Config
from kg.graph.store import SHARDS
from kg.pipeline.build import ORDINARY, Options, default_stages
from kg.pipeline.collect import collect_papers
from kg.pipeline.known import look_at
from kg.pipeline.previous import find_previous
from kg.pipeline.stages import Stages
from kg.pipeline.standing import count_again, find_known, find_standing
from kg.read import name_file


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """The paths of files: not known to the graph in use, known but to be read again, known and unchanged, and those
    that the graph was made from and that are not among the files now.  Sorted.  ``again``: how many papers of the
    graph are to be made anew though their files have not changed, by the reason why."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    gone: tuple[str, ...]
    again: tuple[tuple[str, int], ...] = ()


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
    again: set[str] = set()
    plan: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    for path in files:
        told = known.get(str(path))
        stamp = look_at(path, 0)
        if told is None:
            plan["new"].append(str(path))
        elif (
            str(path) in spared
            and stamp is not None
            and told.stamp.is_sure
            and told.stamp.agrees(stamp)
            and all((shards / f"{document}.json").is_file() for document, _ in told.papers)
        ):
            plan["unchanged"].append(str(path))
        else:
            plan["changed"].append(str(path))
            if stamp is not None and told.stamp.is_sure and told.stamp.agrees(stamp):
                again |= {document for document, _ in told.papers if document in standing.why}
    gone = sorted(known.keys() - {str(path) for path in files})
    lists = (plan["new"], plan["changed"], plan["unchanged"], gone)
    told_of = [tuple(name_file(Path(name)) for name in names) for names in lists]
    return BuildPlan(told_of[0], told_of[1], told_of[2], told_of[3], count_again(again, standing, before))
