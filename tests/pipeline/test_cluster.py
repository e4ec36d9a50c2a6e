"""A local Dask cluster gives what the processes of one machine give."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from kg.config import Config
from kg.errors import KgError
from kg.export import EXPORTERS
from kg.graph.store import open_graph
from kg.pipeline import Cluster, Options, build
from tests.cli.conftest import run_kg
from tests.pipeline.conftest import NOW

pytest.importorskip("distributed", reason="the extra 'dask' is not installed")


@pytest.fixture(scope="module")
def scheduler(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, processes of their own."""
    folder = tmp_path_factory.mktemp("dask")
    address = folder / "scheduler.json"
    options = ["--scheduler-file", str(address)]
    with ExitStack() as stack:
        for words in (
            ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *options],
            ["worker", *options, "--nworkers", "2", "--nthreads", "1", "--no-dashboard", "--local-directory", folder],
        ):
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{words[0]}", *map(str, words[1:])],
                cwd=root,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
        from distributed import Client

        with Client(scheduler_file=str(address), timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=90)
            yield client.scheduler.address


def export(store: Path) -> bytes:
    out = BytesIO()
    with open_graph(store) as graph:
        EXPORTERS["nquads"].write(graph.store, out)
        return out.getvalue() + repr((replace(graph.manifest, files=()), list(graph.issues()))).encode()


def test_a_cluster_gives_the_same_bytes(scheduler: str, root: Path, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for path in sorted((root / "data" / "documents").iterdir()):
        (papers / path.name).write_bytes(path.read_bytes())
    (papers / "empty.txt").write_text("")
    (papers / "copy.txt").write_bytes((papers / "indi-avslag.txt").read_bytes())
    here, there = Config(store=tmp_path / "here"), Config(store=tmp_path / "there")
    local = build([papers], here, now=NOW)
    options = Options(cluster=Cluster(scheduler))
    far = build([papers], there, now=NOW, options=options)
    assert far.read == local.read == 12 and len(far.refused) == 1 and not far.reused
    assert export(there.store) == export(here.store)
    shards = [{p.name: p.read_bytes() for p in (c.store / "shards").iterdir()} for c in (here, there)]
    assert shards[0].keys() == shards[1].keys()
    (papers / "empty.txt").unlink()
    assert build([papers], there, now=NOW, options=options).reused == 12


def test_the_command_builds_on_a_cluster(scheduler: str, root: Path, tmp_path: Path) -> None:
    paper = root / "data" / "documents" / "indi-avslag.txt"
    done = run_kg("build", paper, "--engine", "dask", "--scheduler", scheduler, cwd=tmp_path)
    assert done.returncode == 0 and "papers read" in done.stdout, done.stderr


def test_a_cluster_that_is_not_there(papers: Path, config: Config) -> None:
    options = Options(cluster=Cluster("tcp://127.0.0.1:9", patience=1))
    with pytest.raises(KgError, match="the cluster cannot be reached"):
        build([papers], config, now=NOW, options=options)


def test_an_engine_without_a_scheduler(tmp_path: Path) -> None:
    done = run_kg("build", tmp_path, "--engine", "dask", cwd=tmp_path)
    assert done.returncode == 2 and "--scheduler" in done.stderr
