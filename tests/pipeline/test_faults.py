"""A build that fails or is killed at any step leaves the graph of before in use, and the next build mends.

Steps are counted, not named: everything that a build does to the file system by Python, and the checkpoints around what
the store engine does, is a step, and each is tried: it fails as on a full disk, and the process is killed there.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kg.config import Config
from kg.errors import KgError, StoreError
from kg.export import EXPORTERS
from kg.graph.store import BUILDS, CURRENT, open_graph
from kg.pipeline import Options, build
from tests.pipeline.conftest import NOW, make_test_stages

# What changes files: module -> functions.
CALLS: dict[Any, tuple[str, ...]] = {
    os: ("mkdir", "replace", "rename", "unlink", "rmdir", "fsync"),
    Path: ("open", "mkdir", "touch", "replace", "unlink", "write_text"),
    shutil: ("rmtree",),
}


@contextmanager
def stepping(act: Callable[[int, str], None]) -> Iterator[Callable[[str], None]]:
    """Calls ``act(number, name)`` before every step; gives the checkpoint for the build."""
    count = -1
    active = True

    def step(name: str) -> None:
        nonlocal count
        if active:
            count += 1
            act(count, name)

    kept = {(owner, name): getattr(owner, name) for owner, names in CALLS.items() for name in names}

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            if name == "open" and not set(str(args[1] if len(args) > 1 else more.get("mode", "r"))) & set("wax+"):
                return real(*args, **more)
            step(name)
            # waiting for the disk is all that is left out
            return None if name == "fsync" else real(*args, **more)

        return call

    for (owner, name), real in kept.items():
        setattr(owner, name, wrap(name, real))
    try:
        yield step
    finally:
        active = False
        for (owner, name), real in kept.items():
            setattr(owner, name, real)


def run(papers: Path, config: Config, act: Callable[[int, str], None], *, full: bool) -> None:
    with stepping(act) as checkpoint:
        build(
            [papers], config, now=NOW, stages=make_test_stages(), checkpoint=checkpoint, options=Options(full=full)
        )


def mend(papers: Path, config: Config) -> None:
    """The next build, which goes as it will."""
    run(papers, config, lambda number, name: None, full=False)


def export(config: Config) -> bytes:
    out = BytesIO()
    with open_graph(config.store) as graph:
        EXPORTERS["nquads"].write(graph.store, out)
        return out.getvalue() + repr((replace(graph.manifest, files=(), revisions=0), list(graph.issues()))).encode()


@pytest.fixture
def changed(papers: Path, config: Config, tmp_path: Path) -> tuple[Path, Config, bytes, bytes]:
    """Papers that have changed since the graph was built; what the graph holds, and what it is to hold."""
    build([papers], config, now=NOW, stages=make_test_stages())
    before = export(config)
    (papers / "a.txt").write_text("Annat;granted;5\n")
    (papers / "b.txt").unlink()
    (papers / "new.txt").write_text("Nytt;proposed_grant;6\nboom\n")
    other = replace(config, store=tmp_path / "other")
    build([papers], other, now=NOW, stages=make_test_stages())
    return papers, config, before, export(other)


def count_steps(papers: Path, config: Config, tmp_path: Path, *, full: bool) -> list[str]:
    copy = replace(config, store=tmp_path / "counted")
    shutil.copytree(config.store, copy.store)
    names: list[str] = []
    run(papers, copy, lambda number, name: names.append(name), full=full)
    return names


def leftovers(config: Config) -> set[str]:
    """Files and builds that no graph in use explains."""
    found = {p.name for p in (config.store / "shards").iterdir() if p.suffix != ".json"}
    found |= {p.name for p in config.store.iterdir()} - {"CURRENT", "builds", "shards", "lock"}
    current = (config.store / CURRENT).read_text().strip()
    return found | {p.name for p in (config.store / BUILDS).iterdir() if p.name != current}


@pytest.mark.parametrize("full", [True, False], ids=["anew", "in parts"])
def test_a_failure_at_every_step(changed, tmp_path: Path, full: bool) -> None:
    papers, config, before, after = changed
    names = count_steps(papers, config, tmp_path, full=full)
    assert len(names) > 30
    for number in range(len(names)):
        copy = replace(config, store=tmp_path / f"graph-{number}")
        shutil.copytree(config.store, copy.store)

        def fail(here: int, name: str, at: int = number) -> None:
            if here >= at:  # a full disk stays full
                raise OSError(errno.ENOSPC, "No space left on device")

        told = None
        try:
            run(papers, copy, fail, full=full)
        except KgError as error:
            told = error
        assert told is None or "No space left" in told.what
        # CURRENT is renamed after the step "ready CURRENT": what comes then finds the new graph in use
        assert export(copy) in ((before, after) if number > names.index("ready CURRENT") else (before,))
        mend(papers, copy)
        assert export(copy) == after
        assert leftovers(copy) == set()
        shutil.rmtree(copy.store)


# Forks a build for each step, which is killed there.  It opens no store itself: the engine's threads outlive no fork.
KILLED = """
import os, shutil, signal, sys
from dataclasses import replace
from pathlib import Path
from kg.config import Config
from tests.pipeline.test_faults import run
papers, config, steps = Path(sys.argv[1]), Config(store=Path(sys.argv[2])), int(sys.argv[3])
for at in range(steps):
    copy = replace(config, store=config.store.with_name(f"killed-{at}"))
    shutil.copytree(config.store, copy.store)
    child = os.fork()
    if child == 0:
        def kill(here, name):
            if here == at:
                os.kill(os.getpid(), signal.SIGKILL)
        run(papers, copy, kill, full=sys.argv[4] == "full")
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.parametrize("full", ["full", "parts"])
@pytest.mark.timeout(900)
def test_a_kill_at_every_step(changed, tmp_path: Path, root: Path, full: str) -> None:
    papers, config, before, after = changed
    names = count_steps(papers, config, tmp_path, full=full == "full")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(papers), str(config.store), str(len(names)), full],
        cwd=root, capture_output=True, text=True, timeout=800,
    )  # fmt: skip
    assert done.stdout.split() == [str(-signal.SIGKILL)] * len(names), done.stderr
    for number in range(len(names)):
        copy = replace(config, store=tmp_path / f"killed-{number}")
        assert export(copy) in ((before, after) if number > names.index("ready CURRENT") else (before,))
        mend(papers, copy)
        assert export(copy) == after
        assert leftovers(copy) == set()
        shutil.rmtree(copy.store)


# --- what the store engine writes -----------------------------------------------------------------------------------

LIMITED = """
import resource, signal, sys
from pathlib import Path
from kg.config import Config
from kg.errors import KgError
from kg.pipeline import Options, build
from tests.pipeline.conftest import NOW, make_test_stages
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
options = Options(full=sys.argv[4] == "full")
try:
    build([Path(sys.argv[1])], Config(store=Path(sys.argv[2])), now=NOW, stages=make_test_stages(), options=options)
except KgError as error:
    print(error.message)
    sys.exit(1)
"""


@pytest.mark.parametrize("size", [0, 100, 1000, 2000, 5000, 20_000, 60_000])
@pytest.mark.parametrize("full", ["full", "parts"])
def test_files_that_cannot_grow(changed, root: Path, size: int, full: str) -> None:
    """Writes within the store engine fail too, at different points."""
    papers, config, before, after = changed
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(papers), str(config.store), str(size), full],
        cwd=root, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode in (0, 1)
    assert export(config) == (after if done.returncode == 0 else before)
    build([papers], config, now=NOW, stages=make_test_stages())
    assert export(config) == after


# --- others at the same place ---------------------------------------------------------------------------------------


def test_a_store_of_another_version_is_made_anew(changed) -> None:
    papers, config, _, after = changed
    manifest = next((config.store / BUILDS).glob("*/manifest.json"))
    manifest.write_text(manifest.read_text().replace('"format": ', '"format": 9'))
    with pytest.raises(StoreError, match="of format 9"):
        open_graph(config.store)
    build([papers], config, now=NOW, stages=make_test_stages())
    assert export(config) == after


def test_of_two_builds_one_is_refused_and_the_other_is_whole(changed) -> None:
    papers, config, _, after = changed
    refused = []

    def meet(step: str) -> None:
        if step in ("locked", "shard", "copied", "written", "ready CURRENT", "swapped"):
            with pytest.raises(StoreError, match="another build"):
                build([papers], config, now=NOW, stages=make_test_stages())
            refused.append(step)

    build([papers], config, now=NOW, stages=make_test_stages(), checkpoint=meet)
    assert {"locked", "shard", "copied", "swapped"} <= set(refused)
    assert export(config) == after


@pytest.mark.parametrize("lost", ["every shard", "the folder of shards", "the build", "CURRENT", "the lock"])
def test_what_is_lost_is_made_anew(changed, lost: str) -> None:
    papers, config, _, after = changed
    match lost:
        case "every shard":
            for shard in (config.store / "shards").iterdir():
                shard.unlink()
        case "the folder of shards":
            shutil.rmtree(config.store / "shards")
        case "the build":
            shutil.rmtree(config.store / BUILDS / (config.store / CURRENT).read_text().strip())
        case "CURRENT":
            (config.store / CURRENT).unlink()
        case "the lock":
            (config.store / "lock").unlink()
    build([papers], config, now=NOW, stages=make_test_stages())
    assert export(config) == after
