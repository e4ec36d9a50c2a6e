"""A site that is published again: what comes out is what a new folder would hold, and only what changed is made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.config import Config
from kg.errors import StoreError, UsageError
from kg.graph.store import GraphStore, open_graph
from kg.pipeline import build, default_stages
from kg.publication import Publication
from kg.publish.static import Options, Report, publish_site, site, things
from kg.publish.static.nodes import WHOLE, Recorder, combine, make_key, number_nodes
from kg.publish.static.parts import read_parts
from kg.publish.static.writer import BEGUN, LIST, LOCK, PARTS, writing
from kg.terms import DEFAULT_BASE, expand
from tests.publish.conftest import NOW, PAPERS, write_graph


def _content(folder: Path) -> dict[str, str]:
    """The files of a site with their hashes, without what it notes for itself."""
    own = {LIST, PARTS, BEGUN, LOCK}
    files = [p for p in folder.rglob("*") if p.is_file() and p.name not in own]
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def _publish(graph: Path, folder: Path, options: Options | None = None) -> Report:
    with open_graph(graph) as opened:
        return publish_site(opened, folder, options or Options(dumps=False))


@pytest.fixture
def things_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the pages that are no thing, which take most of the time of a small site."""
    monkeypatch.setattr(site, "put_rest", lambda *arguments: None)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Tells which things were made since it was last asked."""
    found: list[str] = []
    real = things.ThingMaker.make

    def make(self: things.ThingMaker, iri: str):  # type: ignore[no-untyped-def]
        found.append(iri.removeprefix(DEFAULT_BASE))
        return real(self, iri)

    monkeypatch.setattr(things.ThingMaker, "make", make)

    def take() -> list[str]:
        taken, found[:] = list(found), []
        return taken

    return take


@contextmanager
def _opened_quads(graph: Path) -> Iterator[list[ox.Quad]]:
    with open_graph(graph) as opened:
        yield list(opened.store)


def test_nothing_changed_nothing_is_made(graph: Path, tmp_path: Path, made: Callable[[], list[str]]) -> None:
    _publish(graph, tmp_path / "site")
    assert len(made()) > 40
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "site").rglob("*")}
    again = _publish(graph, tmp_path / "site")
    assert (again.written, again.removed) == (0, 0) and again.unchanged > 300 and made() == []
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "site").rglob("*")} == before
    # a file that is gone, or of another size, comes again, and it alone
    for spoil in (Path.unlink, lambda path: path.write_text("x")):
        spoil(tmp_path / "site/beslutsgraf/id/project/ai-all-star.ttl")
        assert _publish(graph, tmp_path / "site").written == 1 and made() == ["project/ai-all-star"]
    (tmp_path / "site/browse.html").unlink()
    assert _publish(graph, tmp_path / "site").written == 1 and made() == []


def test_papers_come_and_go(tmp_path: Path, root: Path, made: Callable[[], list[str]]) -> None:
    """The same folder over several builds holds what a new folder would."""
    graph = tmp_path / "graph"
    config = Config(store=graph)
    papers = [root / "data/documents" / name for name in PAPERS]
    more = sorted(p for p in (root / "data/documents").iterdir() if p.is_file() and p.name not in PAPERS)[:1]
    for day, chosen in enumerate((papers, [*papers[1:], *more])):
        build(chosen, config, now=NOW + timedelta(days=day), stages=default_stages(config))
        _publish(graph, tmp_path / "site")
        kept = len(made())
        _publish(graph, tmp_path / f"fresh-{day}")
        assert _content(tmp_path / "site") == _content(tmp_path / f"fresh-{day}"), day
        whole = len(made())
        assert kept < whole if day else kept == whole, "some things were left as they were"


def _change(quads: Iterable[ox.Quad], what: Callable[[ox.Quad], ox.Quad | None]) -> list[ox.Quad]:
    return [changed for quad in quads if (changed := what(quad)) is not None]


def _rename(quad: ox.Quad) -> ox.Quad:
    """The project AI.MEE bears another name."""
    if quad.predicate.value == expand("rdfs:label") and str(quad.subject.value).endswith("project/ai-mee"):
        return ox.Quad(quad.subject, quad.predicate, ox.Literal("Något annat"), quad.graph_name)
    return quad


def _requote(quad: ox.Quad) -> ox.Quad:
    """One paper's words for one fact are others."""
    if quad.predicate.value == expand("oa:exact") and "Örebro universitet" in quad.object.value:
        return ox.Quad(quad.subject, quad.predicate, ox.Literal("andra ord"), quad.graph_name)
    return quad


def _unlink(quad: ox.Quad) -> ox.Quad | None:
    return None if quad.predicate.value == expand("bg:buildsOn") else quad


def _unmake(quad: ox.Quad) -> ox.Quad | None:
    """A thing that is no longer there, though others still point to it."""
    return None if str(quad.subject.value).endswith("organisation/orebro-universitet") else quad


@pytest.mark.usefixtures("things_alone")
@pytest.mark.parametrize("what", [_rename, _requote, _unlink, _unmake], ids=lambda f: f.__name__.strip("_"))
def test_a_small_change(graph: Path, tmp_path: Path, made: Callable[[], list[str]], what: Callable) -> None:
    with _opened_quads(graph) as quads:
        changed = _change(quads, what)
        assert set(changed) != set(quads), "the change touches something"
    _publish(write_graph(tmp_path / "graph", quads), tmp_path / "site")
    whole = len(made())
    write_graph(tmp_path / "graph", changed)
    _publish(tmp_path / "graph", tmp_path / "site")
    assert 0 < len(made()) < whole
    _publish(tmp_path / "graph", tmp_path / "fresh")
    assert _content(tmp_path / "site") == _content(tmp_path / "fresh")


@pytest.mark.usefixtures("things_alone")
def test_a_change_far_away_leaves_pages_alone(graph: Path, tmp_path: Path, made: Callable[[], list[str]]) -> None:
    with _opened_quads(graph) as quads:
        write_graph(tmp_path / "graph", quads)
    _publish(tmp_path / "graph", tmp_path / "site")
    made()
    lonely = ox.NamedNode(DEFAULT_BASE + "project/ensam")
    kind, label = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("rdfs:label"))
    more = [ox.Quad(lonely, kind, ox.NamedNode(expand("bg:Project"))), ox.Quad(lonely, label, ox.Literal("Ensam"))]
    write_graph(tmp_path / "graph", [*quads, *more])
    _publish(tmp_path / "graph", tmp_path / "site")
    assert made() == ["project/ensam"]


@pytest.mark.usefixtures("things_alone")
def test_other_settings_make_all_anew(graph: Path, tmp_path: Path, made: Callable[[], list[str]]) -> None:
    _publish(graph, tmp_path / "site")
    whole = len(made())
    other = Options(dumps=False, publication=Publication(publisher="Exempelverket"))
    report = _publish(graph, tmp_path / "site", other)
    assert len(made()) == whole and report.written > whole
    assert "Exempelverket" in (tmp_path / "site/beslutsgraf/id/project/ai-all-star.html").read_text("utf-8")


@pytest.mark.usefixtures("things_alone")
def test_a_run_that_was_killed_is_not_believed(graph: Path, tmp_path: Path, made: Callable[[], list[str]]) -> None:
    class Killed(BaseException):
        pass

    def stop(number: int, total: int) -> None:
        if number == total:
            raise Killed

    with open_graph(graph) as opened, pytest.raises(Killed):
        publish_site(opened, tmp_path / "site", Options(), stop)
    made()
    # its folder is known again although the list was never written, and all of it is made
    _publish(graph, tmp_path / "site")
    whole = len(made())
    assert whole > 40 and not (tmp_path / "site" / BEGUN).exists()
    with _opened_quads(graph) as quads:
        write_graph(tmp_path / "other", _change(quads, _rename))
    with open_graph(tmp_path / "other") as opened, pytest.raises(Killed):
        publish_site(opened, tmp_path / "site", Options(), stop)
    made()
    _publish(graph, tmp_path / "site")
    assert len(made()) == whole
    _publish(graph, tmp_path / "fresh")
    assert _content(tmp_path / "site") == _content(tmp_path / "fresh")
    path, sound = tmp_path / "site" / PARTS, (tmp_path / "site" / PARTS).read_text(encoding="utf-8")
    assert read_parts(path) is not None
    for spoiled in ("", "{}", "[1,2]\n", "\n", sound[:-300], sound.replace('"', "", 7)):
        path.write_text(spoiled, encoding="utf-8")
        assert read_parts(path) is None
    made()
    assert _publish(graph, tmp_path / "site").written == 0 and len(made()) == whole


def test_two_do_not_write_at_a_time(graph: Path, tmp_path: Path) -> None:
    with writing(tmp_path / "site"), pytest.raises(StoreError, match="being written"):
        _publish(graph, tmp_path / "site")
    with pytest.raises(KeyError), writing(tmp_path / "site"):
        raise KeyError
    with writing(tmp_path / "site"):
        pass
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine")
    with pytest.raises(UsageError), writing(tmp_path / "mine"):
        raise AssertionError("never written")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]


# --- the numbers ----------------------------------------------------------------------------------------------------

_ODD = ("https://e.org/å ä".replace(" ", "%20"), "https://e.org/\u4e2d#x", "urn:a:b", "https://e.org/a'b(c)")


@pytest.mark.parametrize("iri", _ODD)
def test_a_number_changes_with_what_is_seen_and_with_nothing_else(tmp_path: Path, iri: str) -> None:
    node, other = ox.NamedNode(iri), ox.NamedNode("https://e.org/other")
    odd = ox.Literal('a "b" <https://e.org/c> .\n\u2028 x', language="sv")
    base = [
        ox.Quad(other, ox.NamedNode("x:p"), ox.Literal("1")),
        ox.Quad(node, ox.NamedNode("x:p"), odd, ox.NamedNode("https://e.org/g")),
        ox.Quad(other, ox.NamedNode("x:p"), ox.Literal('<a> "', datatype=ox.NamedNode("x:t"))),
    ]

    def look(more: list[ox.Quad]) -> dict[str, str]:
        store = ox.Store()
        store.extend([*base, *more])
        numbers = number_nodes(store)
        found = {}
        for way, ask in {
            "name": lambda r: list(r.quads_for_pattern(node, ox.NamedNode(expand("rdfs:label")), None, None)),
            "out": lambda r: list(r.quads_for_pattern(node, None, None, None)),
            "in": lambda r: list(r.quads_for_pattern(None, None, node, None)),
            "graph": lambda r: list(r.quads_for_pattern(None, None, None, node)),
            "whole": lambda r: list(r.quads_for_pattern(None, ox.NamedNode("x:p"), None, None)),
        }.items():
            recorder = Recorder(store)
            ask(recorder)
            assert len(recorder.seen) == 1
            found[way] = combine(recorder.seen, numbers)
        return found

    before = look([])
    label = ox.NamedNode(expand("rdfs:label"))
    for more, changed in (
        (ox.Quad(node, label, odd), {"name", "out", "graph", "whole"}),
        (ox.Quad(node, ox.NamedNode("x:q"), odd), {"out", "graph", "whole"}),
        (ox.Quad(other, ox.NamedNode("x:q"), node), {"in", "whole"}),
        (ox.Quad(other, ox.NamedNode("x:q"), node, ox.NamedNode("https://e.org/g")), {"in", "whole"}),
        (ox.Quad(other, ox.NamedNode("x:q"), odd, node), {"out", "graph", "whole"}),
        (ox.Quad(other, ox.NamedNode("x:q"), ox.Literal(iri)), {"whole"}),
    ):
        after = look([more])
        assert {way for way in before if before[way] != after[way]} == changed, more


def test_a_key_is_what_the_engine_writes() -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:p"), ox.NamedNode("x:b"), ox.NamedNode("x:g")))
    keys = {make_key(b"out", b"<x:a>"), make_key(b"in", b"<x:b>"), make_key(b"out", b"<x:g>"), WHOLE}
    assert set(number_nodes(store)) == keys


def test_the_same_answers_through_the_recorder(graph: Path) -> None:
    with open_graph(graph) as opened:
        _same(opened)


def _same(opened: GraphStore) -> None:
    recorder, node = Recorder(opened.store), ox.NamedNode(f"{DEFAULT_BASE}project/ai-all-star")
    assert set(recorder.quads_for_pattern(node, None, None)) == set(opened.store.quads_for_pattern(node, None, None))
    paper = next(iter(opened.store.named_graphs()))
    assert recorder.contains_named_graph(paper) and not recorder.contains_named_graph(ox.NamedNode("x:none"))
