"""The prepared questions: their heads, their answers on a small graph, and that any SPARQL engine answers the same."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import ResourceError, UsageError
from kg.graph.store import GraphStore, memory_store
from kg.query import PreparedQuery, QueryFile, execute, list_queries, prepare, render_csv
from kg.query.catalogue import find_query, list_broken
from kg.query.questions import parse_query_file, strip_head
from tests.query.cases import ASKED, BASE, SAMPLE
from tests.query.independent import World
from tests.query.listing import page
from tests.query.made import make
from tests.query.renew import golden_text

GOLDEN = Path(__file__).parent / "golden"

# Where the other engine fails, and why.
ELSEWHERE_FAILS = {"lineage-alone": "rdflib 7 cannot order by an aggregate that is unbound in every row"}


def asked(name: str) -> tuple[str, dict[str, object]]:
    query, params = ASKED[name]
    return query, params


@pytest.mark.parametrize("name", ASKED)
def test_answers_are_those_of_the_golden_files(name: str, store: ox.Store) -> None:
    query, params = asked(name)
    found = render_csv(execute(store, prepare(query, params))).replace("\r\n", "\n")
    path = GOLDEN / f"{name}.csv"
    if os.environ.get("WRITE_GOLDEN"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SAMPLE)
def test_answers_about_the_sample_papers_are_golden(name: str, sample: GraphStore) -> None:
    """``python -m tests.query.renew`` writes them anew where the papers are read better than before."""
    found = golden_text(sample.store, name, SAMPLE[name])
    golden = (GOLDEN / "sample" / f"{name}.csv").read_text(encoding="utf-8")
    assert found == golden, "read the difference, then: python -m tests.query.renew"


def test_every_question_is_asked_of_the_sample_papers() -> None:
    assert set(SAMPLE) == {q.name for q in list_queries()} == {p.stem for p in (GOLDEN / "sample").glob("*.csv")}


@pytest.mark.parametrize("question", list_queries(), ids=lambda q: q.name)
def test_an_empty_graph_answers_nothing(question: QueryFile) -> None:
    assert execute(memory_store(), prepare(question.name, SAMPLE[question.name])).rows == ()


def as_rdflib(store: ox.Store) -> Any:
    import rdflib

    graph = rdflib.Dataset(default_union=False)
    graph.parse(data=ox.serialize(store, format=ox.RdfFormat.N_QUADS).decode(), format="nquads")
    return graph


def same_in_both(text: str, store: ox.Store, other: Any, prepared: PreparedQuery) -> int:
    ours = execute(store, prepared)
    theirs = [tuple(None if term is None else str(term) for term in row) for row in other.query(text)]
    # rdflib makes one empty group of no rows.
    filled = [row for row in map(_as_text, theirs) if any(row)]
    assert sorted(filled) == sorted(map(_as_text, ours.rows))
    return len(filled)


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("name", [name for name in ASKED if name not in ELSEWHERE_FAILS])
def test_another_engine_answers_the_same(name: str, store: ox.Store) -> None:
    """The text of a question is plain SPARQL 1.1: rdflib runs it too."""
    query, params = asked(name)
    prepared = prepare(query, params)
    assert same_in_both(prepared.text, store, as_rdflib(store), prepared) > 0


@pytest.fixture(scope="module")
def both() -> tuple[World, ox.Store, Any]:
    """A very small made graph, in both engines; without the registers, which no question reads."""
    made = make(14, 6)
    store = memory_store(q for q in made.quads() if not str(q.graph_name).endswith(("registers>", "/ns>")))
    return World(made), store, as_rdflib(store)


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("question", list_queries(), ids=lambda q: q.name)
def test_another_engine_answers_the_same_about_a_made_graph(
    question: QueryFile, both: tuple[World, ox.Store, Any]
) -> None:
    world, store, other = both
    params = SAMPLE[question.name] | {k: v for k, v in in_made(world).items() if question.parameter(k)}
    params = {k: v for k, v in params.items() if k in SAMPLE[question.name]}
    if question.name == "matter":
        params["number"] = world.acts[0].diary
    prepared = prepare(question.name, params)
    same_in_both(prepared.text, store, other, prepared)


def in_made(world: World) -> dict[str, Any]:
    """Values of parameters that the made graph knows."""
    project = next(p for p in world.made.projects if world.depth(p.number) == 1)
    act = next(a for a in world.grants if a.amounts)
    thing = f"{BASE}project/{project.number}"
    return {
        "project": project.name, "name": project.name, "iri": thing, "thing": thing,
        "authority": world.org(act.region), "number": act.amounts[0],
    }


def _as_text(row: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(_bare(value) for value in row)


def _bare(value: object) -> str:
    """Numbers without needless zeros; nothing for 0 and None, since rdflib sums up no rows to 0 and to None."""
    text = str(value)
    if re.fullmatch(r"-?\d+\.\d+", text):
        text = text.rstrip("0").rstrip(".")
    return "" if text in ("0", "None") else text


def test_every_question_has_a_golden_answer() -> None:
    assert {query for query, _ in ASKED.values()} <= {q.name for q in list_queries()}


@pytest.mark.parametrize("question", list_queries(), ids=lambda q: q.name)
def test_heads_fit_the_bodies(question: QueryFile) -> None:
    """The file as it stands runs, and its columns are those of the head."""
    variables = memory_store().query(question.text).variables
    assert [v.value for v in variables] == [c.name for c in question.columns]
    assert question.question_sv.endswith("?") and question.question_en.endswith("?")
    mentioned = {p.name for p in question.parameters}
    assert mentioned == set(re.findall(r"VALUES \?(\w+) \{", question.text))
    untold = [t.name for t in (*question.parameters, *question.columns) if not t.description_sv]
    assert not untold, "say them in Swedish by param-sv and column-sv"


@pytest.mark.parametrize("question", list_queries(), ids=lambda q: q.name)
def test_heads_tell_every_type_unit_and_meaning(question: QueryFile) -> None:
    assert all(p.type and p.description and (p.required or p.sample) for p in question.parameters)
    assert question.columns and all(c.type and c.description for c in question.columns)
    money = {
        "amount", "granted", "proposed", "sought", "sum", "total", "contributed", "accumulated", "regional", "others"
    }
    counts = {"cross-county"}  # how many regions granted
    for column in question.columns:
        if column.name in money and column.type == "integer" and question.name not in counts:
            assert column.unit == "SEK", column.name


def test_the_page_of_questions_is_that_of_the_heads(root: Path) -> None:
    """``python -m tests.query.renew`` writes it anew."""
    assert (root / "docs" / "questions.md").read_text(encoding="utf-8") == page()


def test_a_project_is_not_taken_for_one_with_a_longer_name(store: ox.Store) -> None:
    names = execute(store, prepare("lineage", {"project": "Fjäll"}))
    itself = [row for row in names.records() if row["direction"] == "itself"]
    assert [row["project"] for row in itself] == ["Fjäll"]


def test_cycles_end(store: ox.Store) -> None:
    """Two papers that each say that the other's project came first must not hang a question."""
    looped = memory_store(store)
    bg = "https://w3id.org/beslutsgraf/ns#"
    first, last = ox.NamedNode(f"{BASE}project/fjall-forstudie"), ox.NamedNode(f"{BASE}project/fjall-tre")
    looped.add(ox.Quad(first, ox.NamedNode(f"{bg}buildsOn"), last))
    rows = execute(looped, prepare("lineage", {"project": "Fjäll*"})).records()
    assert {row["project"] for row in rows} == {"Fjäll", "Fjäll*", "Fjäll 3", "Fjäll förstudie", "Dal"}


def test_a_project_without_a_start_stands_between_its_neighbours() -> None:
    """Of a chain of three the middle one has no start: it came before the last, which builds on it."""
    text = """@prefix : <https://example.org/project/> . @prefix bg: <https://w3id.org/beslutsgraf/ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :a a bg:Project ; rdfs:label "A" ; bg:nameKey "a" ; bg:start "2010" .
        :b a bg:Project ; rdfs:label "B" ; bg:nameKey "b" ; bg:buildsOn :a .
        :c a bg:Project ; rdfs:label "C" ; bg:nameKey "c" ; bg:buildsOn :b ; bg:start "2012" ."""
    store = memory_store(ox.parse(text, format=ox.RdfFormat.TURTLE))
    assert execute(store, prepare("lineage", {"project": "C"})).column("project") == ["A", "B", "C"]


HEAD = "# sv: Vad?\n# en: What?\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# en: What?\nSELECT * {}", "'sv' is missing"),
        (HEAD + "# param x\nSELECT * {}", "cannot read 'param x'"),
        (HEAD + "# param x text required: a name\nSELECT * {}", "has 0 samples"),
        (HEAD + '# param x text required: a\nSELECT * { VALUES ?x { "a" } VALUES ?x { "b" } }', "has 2 samples"),
        (HEAD + '# param x money required: a\nSELECT * { VALUES ?x { "a" } }', "unknown type 'money'"),
        (HEAD + "# column x money: a\nSELECT * {}", "unknown type 'money'"),
        (HEAD + "# column x text: a\n# column x text: b\nSELECT * {}", "stands twice"),
        (HEAD + "# nonsense\nSELECT * {}", "line 3"),
        (HEAD + "# column x text: a\n# column-sv y: b\nSELECT * {}", "tells of 'y'"),
        (HEAD + "# column x text: a\n# column-sv x: b\n# column-sv x: c\nSELECT * {}", "cannot read 'column-sv x: c'"),
        (HEAD + "# param-sv x text: a\nSELECT * {}", "cannot read 'param-sv x text: a'"),
    ],
)
def test_a_wrong_head_is_refused(text: str, words: str) -> None:
    with pytest.raises(ResourceError, match=re.escape(words)):
        parse_query_file(Path("x.rq"), text)


def test_a_broken_file_stops_no_other_question(tmp_path: Path) -> None:
    """Of two files of one name neither can be asked; a file that cannot be read is named when it is asked for."""
    good = HEAD + "# column x text: a\nSELECT ?x {}"
    for folder in ("money", "people"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.rq").write_text(good, encoding="utf-8")
    (tmp_path / "money" / "fine.rq").write_text(good, encoding="utf-8")
    (tmp_path / "money" / "headless.rq").write_text("SELECT ?x {}", encoding="utf-8")
    (tmp_path / "money" / "latin.rq").write_bytes("# sv: Vad är det?\n".encode("latin-1"))
    (tmp_path / "money" / "outside.rq").write_text(good.replace("{}", "{ SERVICE <http://a/> {} }"), encoding="utf-8")
    assert [q.name for q in list_queries(tmp_path)] == ["fine"]
    assert find_query("fine", tmp_path).topic == "money"
    assert [Path(e.where).stem for e in list_broken(tmp_path)] == ["headless", "latin", "outside", "same"]
    for name, words in (("same", "another question 'same'"), ("headless", "'sv' is missing"), ("latin", "cannot be")):
        with pytest.raises(ResourceError, match=words):
            find_query(name, tmp_path)
    with pytest.raises(UsageError, match="fine"):
        find_query("fin", tmp_path)


def test_a_question_without_its_head_asks_the_same() -> None:
    for question in list_queries():
        assert not question.bare.startswith("#") and question.text.strip().endswith(question.bare)
        assert memory_store().query(question.bare).variables == memory_store().query(question.text).variables
    assert strip_head("# sv: a\n#    b\nSELECT ?x {} # c\n# d\n") == "SELECT ?x {} # c\n# d" and strip_head("# a") == ""


def test_heads_may_go_on_over_several_lines() -> None:
    more = "# rests bg:amount: ?thing bg:amount ?x .\n#    ?thing a bg:Decision .\n# could: ?thing a bg:Decision .\n"
    text = HEAD + "# column x text: a\n" + more + "# chart bars: x x\nSELECT ?x {}"
    question = parse_query_file(Path("x.rq"), text)
    assert question.basis and question.basis.pattern == "?thing bg:amount ?x . ?thing a bg:Decision ."
    assert question.basis.properties == ("bg:amount",) and question.field == "?thing a bg:Decision ."
    assert question.chart and (question.chart.form, question.chart.columns) == ("bars", ("x", "x"))
    for wrong, words in (("bars: y x", "no column"), ("pie: x x", "cannot read")):
        with pytest.raises(ResourceError, match=words):
            parse_query_file(Path("x.rq"), text.replace("bars: x x", wrong))
