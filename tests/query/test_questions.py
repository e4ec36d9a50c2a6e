"""The prepared questions: their heads, their answers on a small graph, and that any SPARQL engine answers the same."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import ResourceError
from kg.graph.store import memory_store
from kg.query import QueryFile, execute, list_queries, prepare, render_csv
from kg.query.catalogue import load_queries
from kg.query.questions import parse_query_file

GOLDEN = Path(__file__).parent / "golden"
BASE = "https://w3id.org/beslutsgraf/id/"

# Golden file -> the question asked.
ASKED = {
    "lineage-middle": ("lineage", {"project": "FJÄLL*"}),
    "lineage-by-other-name": ("lineage", {"project": "fjällprojektet"}),
    "lineage-alone": ("lineage", {"project": "Hed"}),
    "lineage-evidence": ("lineage-evidence", {"project": "Fjäll"}),
    "project": ("project", {"project": "Fjäll*"}),
    "funders": ("funders", {"project": "fjäll*"}),
    "decisions": ("decisions", {}),
    "decisions-filtered": ("decisions", {"authority": "rf", "outcome": "granted", "from": "2020-12", "to": 2022}),
    "explain-project": ("explain", {"thing": f"{BASE}project/fjall-star"}),
    "explain-organisation": ("explain", {"thing": f"{BASE}organisation/fjallby-universitet"}),
    "papers": ("papers", {}),
    "thing": ("thing", {"iri": f"{BASE}organisation/region-fjall"}),
    "things": ("things", {"name": "20rt7"}),
}

# Where the other engine fails, and why.
ELSEWHERE_FAILS = {"lineage-alone": "rdflib 7 cannot order by an aggregate that is unbound in every row"}


def asked(name: str) -> tuple[str, dict[str, object]]:
    query, params = ASKED[name]
    return query, {k: str(v) if k == "to" else v for k, v in params.items()}


@pytest.mark.parametrize("name", ASKED)
def test_answers_are_those_of_the_golden_files(name: str, store: ox.Store) -> None:
    query, params = asked(name)
    found = render_csv(execute(store, prepare(query, params))).replace("\r\n", "\n")
    path = GOLDEN / f"{name}.csv"
    if os.environ.get("WRITE_GOLDEN"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("name", [name for name in ASKED if name not in ELSEWHERE_FAILS])
def test_another_engine_answers_the_same(name: str, store: ox.Store) -> None:
    """The text of a question is plain SPARQL 1.1: rdflib runs it too."""
    import rdflib

    graph = rdflib.Dataset(default_union=False)
    graph.parse(data=ox.serialize(store, format=ox.RdfFormat.N_QUADS).decode(), format="nquads")
    query, params = asked(name)
    prepared = prepare(query, params)
    ours = execute(store, prepared)
    theirs = [tuple(None if term is None else str(term) for term in row) for row in graph.query(prepared.text)]
    assert sorted(map(_as_text, theirs)) == sorted(map(_as_text, ours.rows))


def _as_text(row: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(_bare(value) for value in row)


def _bare(value: object) -> str:
    """Numbers without needless zeros; nothing for 0 and None, since rdflib sums up no rows to 0 and to None."""
    text = re.sub(r"^(-?\d+)\.0+$", r"\1", str(value))
    return "" if text in ("0", "None") else text


def test_every_question_has_a_golden_answer() -> None:
    assert {query for query, _ in ASKED.values()} == {q.name for q in list_queries()}


@pytest.mark.parametrize("question", list_queries(), ids=lambda q: q.name)
def test_heads_fit_the_bodies(question: QueryFile) -> None:
    """The file as it stands runs, and its columns are those of the head."""
    variables = memory_store().query(question.text).variables
    assert [v.value for v in variables] == [c.name for c in question.columns]
    assert question.question_sv.endswith("?") and question.question_en.endswith("?")
    mentioned = {p.name for p in question.parameters}
    assert mentioned == set(re.findall(r"VALUES \?(\w+) \{", question.text))


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


HEAD = "# sv: Vad?\n# en: What?\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# en: What?\nSELECT * {}", "'sv' is missing"),
        (HEAD + "# param x\nSELECT * {}", "cannot read 'param x'"),
        (HEAD + "# param x text required: a name\nSELECT * {}", "has 0 samples"),
        (HEAD + '# param x text required: a\nSELECT * { VALUES ?x { "a" } VALUES ?x { "b" } }', "has 2 samples"),
        (HEAD + '# param x number required: a\nSELECT * { VALUES ?x { "a" } }', "unknown type 'number'"),
        (HEAD + "# column x money: a\nSELECT * {}", "unknown type 'money'"),
        (HEAD + "# column x text: a\n# column x text: b\nSELECT * {}", "stands twice"),
        (HEAD + "# nonsense\nSELECT * {}", "line 3"),
    ],
)
def test_a_wrong_head_is_refused(text: str, words: str) -> None:
    with pytest.raises(ResourceError, match=re.escape(words)):
        parse_query_file(Path("x.rq"), text)


def test_names_of_questions_are_unique_in_all_folders(tmp_path: Path) -> None:
    for folder in ("money", "people"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.rq").write_text(HEAD + "# column x text: a\nSELECT ?x {}", encoding="utf-8")
    with pytest.raises(ResourceError, match="another question 'same'"):
        load_queries(tmp_path)
    (tmp_path / "people" / "same.rq").unlink()
    assert list(load_queries.__wrapped__(tmp_path)) == ["same"]
