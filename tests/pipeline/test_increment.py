"""A build that changes the graph of before gives what a build from nothing gives."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from kg.config import Config
from kg.errors import ReadError
from kg.export import EXPORTERS
from kg.graph.store import BUILDS, open_graph
from kg.pipeline import BuildReport, Options, Selection, Stages, build, default_stages
from kg.pipeline.known import load_files
from tests.pipeline.conftest import NOW, make_test_stages

FULL = Options(full=True)


def export(store: Path) -> bytes:
    """All graphs, with what the build says of its papers, refusals and issues."""
    out = BytesIO()
    with open_graph(store) as graph:
        EXPORTERS["nquads"].write(graph.store, out)
        manifest = replace(graph.manifest, files=(), revisions=0)
        return out.getvalue() + repr((manifest, list(graph.issues()))).encode()


def settle(folder: Path) -> None:
    """Makes the files so old that a later change must show, as files on a user's disk are."""
    # the time of change cannot be set, so what was noted of it is
    for path in (folder / BUILDS).glob("*/files.jsonl"):
        lines = path.read_text(errors="surrogatepass").splitlines()
        found = load_files(lines)
        for old in {str(f.stamp.looked) for f in found.values()}:
            lines = [line.replace(old, str(int(old) + 10_000_000_000)) for line in lines]
        path.write_text("\n".join(lines) + "\n", errors="surrogatepass")


def touched(report: BuildReport) -> bool:
    """Whether only what the changed papers touch was made anew."""
    steps = dict(report.seconds)
    return "touch" in steps and "resolve" not in steps


class Twins:
    """One graph that is changed by every build, and one that is made anew each time."""

    def __init__(self, papers: Path, folder: Path, stages: Callable[[], Stages]) -> None:
        self.papers, self._stages = papers, stages
        self.changed, self._folder, self._count = Config(store=folder / "changed"), folder, 0

    def build(self, **more: object) -> BuildReport:
        report = build([self.papers], self.changed, now=NOW, stages=self._stages(), **more)  # type: ignore[arg-type]
        self._count += 1
        anew = Config(store=self._folder / f"anew-{self._count}")
        build([self.papers], anew, now=NOW, stages=self._stages(), **more)  # type: ignore[arg-type]
        assert export(self.changed.store) == export(anew.store)
        settle(self.changed.store)
        return report


NAMES = ["Norrsken", "Havet", "Fjället", "Norrsken II", "INDI", "INDI - Industri i Norr", "Ängen", "Angen"]
OUTCOMES = ["proposed_grant", "granted", "rejected", "other"]


def write_line(random: Random) -> str:
    more = [
        "",
        f";diary_number=RS 2024/{random.randint(1, 3)}",
        f";beneficiary={random.choice(['Norrby kommun', 'Söderby AB', 'NORRBY KOMMUN'])}",
        f";authority={random.choice(['Region Norr', 'Region Söder'])};deciding_body=Regionstyrelsen",
        f";share_percent={random.choice([31, 50])};start=2021;end=2024",
        # a grant that proposes to be over before it begins breaks a rule, so that its paper is refused
        ";start=2025;end=2020" if random.random() < 0.2 else "",
    ]
    lines = random.choice(NAMES), random.choice(OUTCOMES), str(random.randint(1, 4) * 1000)
    return ";".join(lines) + random.choice(more) + random.choice(more[:3]) + "\n"


def edit(folder: Path, random: Random) -> None:
    """Writes, changes, removes, renames or doubles a file."""
    files = sorted(p for p in folder.iterdir() if p.is_file())
    match random.choice(["write", "write", "change", "remove", "rename", "double", "break", "touch"]):
        case "write":
            text = "".join(write_line(random) for _ in range(random.randint(1, 3)))
            (folder / f"{random.randint(0, 99):02}.txt").write_text(text)
        case "change":
            path = random.choice(files)
            path.write_text(path.read_text(errors="replace") + write_line(random))
        case "remove" if len(files) > 3:
            random.choice(files).unlink()
        case "rename":
            random.choice(files).rename(folder / f"{random.randint(0, 99):02}-renamed.txt")
        case "double":
            (folder / f"{random.randint(0, 99):02}-copy.txt").write_bytes(random.choice(files).read_bytes())
        case "break":
            (folder / f"{random.randint(0, 99):02}.txt").write_text(random.choice(["boom\n", "", "\0\1\2" * 99]))
        case "touch":
            os.utime(random.choice(files))


@pytest.mark.parametrize("seed", range(6))
def test_random_edits(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(40):
        (papers / f"{number:02}-first.txt").write_text(f"Stilla {number};granted;{1000 + number}\n")
    twins = Twins(papers, tmp_path, make_test_stages)
    twins.build()
    for _ in range(8):
        for _ in range(random.choice([0, 1, 1, 2])):
            edit(papers, random)
        assert touched(twins.build())


def test_random_edits_of_real_papers(tmp_path: Path, root: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    corpus = sorted((root / "data" / "corpus" / "dev" / "docs").iterdir())
    samples = sorted((root / "data" / "documents").iterdir())
    for path in samples + corpus[:14]:
        (papers / path.name).write_bytes(path.read_bytes())
    stages = default_stages(Config())
    twins = Twins(papers, tmp_path, lambda: stages)
    assert twins.build().manifest.revisions == 0
    random = Random(1)
    for number, path in enumerate(corpus[14:17]):
        (papers / path.name).write_bytes(path.read_bytes())
        other = random.choice(sorted(papers.iterdir()))
        if number % 2:
            other.unlink()
        else:
            other.write_bytes(other.read_bytes().replace(b"2 ", b"3 ").replace(b"Region ", b"region "))
        assert touched(twins.build())


# --- what is spared -------------------------------------------------------------------------------------------------


def test_an_unchanged_file_is_not_opened(papers: Path, config: Config) -> None:
    opened: list[str] = []
    stages = make_test_stages()

    def read(path: Path, source: str):
        opened.append(path.name)
        return stages.read(path, source)

    watched = replace(stages, read=read)
    build([papers], config, now=NOW, stages=watched)
    settle(config.store)
    opened.clear()
    assert build([papers], config, now=NOW, stages=watched).reused == 3
    assert opened == []
    build([papers], config, now=NOW, stages=watched, options=Options(verify=True))
    assert opened == ["a.txt", "b.txt", "c.txt"]


def test_a_file_written_a_moment_ago_is_opened(papers: Path, config: Config) -> None:
    build([papers], config, now=NOW, stages=make_test_stages())
    before = (papers / "a.txt").stat()
    (papers / "a.txt").write_text("Norrsken;proposed_grant;2000\n")
    os.utime(papers / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    report = build([papers], config, now=NOW, stages=make_test_stages())
    assert report.reused == 2


def test_a_change_that_keeps_size_and_time_is_found(papers: Path, config: Config) -> None:
    build([papers], config, now=NOW, stages=make_test_stages())
    settle(config.store)
    before = (papers / "a.txt").stat()
    (papers / "a.txt").write_text("Norrsken;proposed_grant;2000\n")
    os.utime(papers / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert build([papers], config, now=NOW, stages=make_test_stages()).reused == 2


def test_a_lost_shard_is_made_again(papers: Path, config: Config) -> None:
    build([papers], config, now=NOW, stages=make_test_stages())
    before = export(config.store)
    settle(config.store)
    sorted((config.store / "shards").iterdir())[0].unlink()
    assert build([papers], config, now=NOW, stages=make_test_stages()).reused == 2
    assert export(config.store) == before


@pytest.mark.parametrize("name", ["digests.txt", "files.jsonl", "notes.db", "notes.sha256", "issues.jsonl"])
@pytest.mark.parametrize("damage", ["lost", "short", "other"])
def test_damaged_notes_cost_time_only(papers: Path, config: Config, name: str, damage: str) -> None:
    build([papers], config, now=NOW, stages=make_test_stages())
    before = export(config.store)
    settle(config.store)
    path = next((config.store / BUILDS).glob(f"*/{name}"))
    if damage == "lost":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-25] if damage == "short" else b"[1]\n")
    build([papers], config, now=NOW, stages=make_test_stages())
    assert export(config.store) == before


@pytest.mark.parametrize("wanted", [True, False], ids=["one that is needed", "one that is not"])
def test_a_damaged_shard_costs_time_only(tmp_path: Path, wanted: bool) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(4):
        (papers / f"{number}.txt").write_text(f"Stilla {number};granted;{number}000\n")
    twins = Twins(papers, tmp_path, make_test_stages)
    twins.build()
    name = hashlib.sha256((papers / "0.txt").read_bytes()).hexdigest()
    (twins.changed.store / "shards" / f"{name}.json").write_text("{}")
    (papers / "new.txt").write_text("Stilla 0;granted;5000\n" if wanted else "Annat;granted;5000\n")
    assert touched(twins.build()) is not wanted


def test_a_refused_paper_is_tried_anew_and_spoils_nothing(tmp_path: Path) -> None:
    """A grant that is over before it begins breaks a rule of the graph."""
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "a.txt").write_text("Norrsken;granted;1000\n")
    (papers / "wrong.txt").write_text("Havet;granted;1000;start=2025;end=2020\n")
    twins = Twins(papers, tmp_path, make_test_stages)
    twins.build()
    (papers / "b.txt").write_text("Norrsken;rejected;1000\n")
    report = twins.build()
    assert touched(report) and [r.path for r in report.refused] == [str(papers / "wrong.txt")]
    (papers / "c.txt").write_text("Fjället;granted;1000;start=2025;end=2020\n")
    report = twins.build()
    assert touched(report) and len(report.refused) == 2


def test_a_store_with_a_damaged_file_of_the_right_size_is_made_anew(papers: Path, config: Config) -> None:
    build([papers], config, now=NOW, stages=make_test_stages())
    before = export(config.store)
    for path in (config.store / BUILDS).glob("*/store/*.sst"):
        path.write_bytes(bytes(path.stat().st_size))
    (papers / "new.txt").write_text("Nytt;granted;1\n")
    build([papers], config, now=NOW, stages=make_test_stages())
    (papers / "new.txt").unlink()
    build([papers], config, now=NOW, stages=make_test_stages())
    assert export(config.store) == before


def test_readers_keep_the_graph_that_a_change_was_made_from(papers: Path, config: Config) -> None:
    build([papers], config, now=NOW, stages=make_test_stages())
    with open_graph(config.store) as reader:
        quads = set(reader.store)
        (papers / "new.txt").write_text("Nytt;granted;1\n")
        assert build([papers], config, now=NOW, stages=make_test_stages()).manifest.revisions == 1
        assert set(reader.store) == quads


def test_a_full_build_can_be_asked_for(papers: Path, config: Config) -> None:
    assert build([papers], config, now=NOW, stages=make_test_stages()).manifest.revisions == 0
    assert build([papers], config, now=NOW, stages=make_test_stages()).manifest.revisions == 1
    assert build([papers], config, now=NOW, stages=make_test_stages(), options=FULL).manifest.revisions == 0


# --- which files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("selection", "names"), [
    (Selection(include=("*.txt",)), ["a.txt", "b.txt", "c.txt"]),
    (Selection(include=("deep/*",)), ["c.txt"]),
    (Selection(exclude=("deep/*", "a.*")), ["b.txt"]),
    (Selection(include=("a*", "b*"), exclude=("b.txt",)), ["a.txt"]),
])  # fmt: skip
def test_selections(papers: Path, config: Config, selection: Selection, names: list[str]) -> None:
    report = build([papers], config, now=NOW, stages=make_test_stages(), options=Options(selection=selection))
    assert sorted(Path(p.source).name for p in report.papers) == names


def test_a_selection_that_leaves_nothing(papers: Path, config: Config) -> None:
    with pytest.raises(ReadError, match="no file is left"):
        build([papers], config, now=NOW, options=Options(selection=Selection(include=("*.pdf",))))


# --- nothing found --------------------------------------------------------------------------------------------------


def test_papers_without_facts_do_not_replace_a_graph_with_facts(papers: Path, config: Config, tmp_path: Path) -> None:
    build([papers], config, now=NOW, stages=make_test_stages())
    before = export(config.store)
    (tmp_path / "poems").mkdir()
    (tmp_path / "poems" / "poem.txt").write_text("\n\n")
    (tmp_path / "poems" / "other.txt").write_text("boom\n")

    def find_nothing(raw):
        return replace(make_test_stages().extract(replace(raw, text="")), characters=3)

    stages = replace(make_test_stages("none"), extract=find_nothing)
    with pytest.raises(ReadError, match=r"no facts were found in 1 papers.*--allow-empty"):
        build([tmp_path / "poems"], config, now=NOW, stages=stages)
    assert export(config.store) == before
    report = build([tmp_path / "poems"], config, now=NOW, stages=stages, options=Options(allow_empty=True))
    assert report.claims == 0 and report.issues == {"no_facts": 1}


def test_a_grant_raised_by_one_paper_and_cut_by_another(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(40):
        (papers / f"{number:02}-first.txt").write_text(f"Stilla {number};granted;{1000 + number}\n")
    end = ";authority=Region Norr;diary_number=RS 2024/1\n"
    (papers / "grant.txt").write_text(f"Norrsken;granted;1000;date=2024-01-01;beneficiary=Norrby kommun{end}")
    twins = Twins(papers, tmp_path, make_test_stages)
    twins.build()
    changes = {"raise": ("1500", "2024-02-01"), "cut": ("1200", "2024-03-01")}
    for name, (amount, day) in changes.items():
        (papers / f"{name}.txt").write_text(f"Norrsken;other;{amount};new_amount_sek={amount};date={day}{end}")
        assert twins.build().manifest.revisions
        assert totals(twins.changed.store) == [amount]
    (papers / "cut.txt").write_text(f"Norrsken;other;1200;new_amount_sek=1200;date=2024-01-15{end}")
    twins.build()
    assert totals(twins.changed.store) == ["1500"]
    (papers / "raise.txt").unlink()
    twins.build()
    assert totals(twins.changed.store) == ["1200"]


def totals(store: Path) -> list[str]:
    query = """PREFIX bg: <https://w3id.org/beslutsgraf/ns#>
        SELECT ?sum { ?p bg:grantedTotal ?sum ; <http://www.w3.org/2000/01/rdf-schema#label> "Norrsken" }"""
    with open_graph(store) as graph:
        return [row["sum"].value for row in graph.store.query(query)]
