"""Use from Python is use of the same graph, with the same errors, as from the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.config import Config
from kg.errors import QueryError, StoreError, UnknownNameError, UsageError
from kg.pipeline import build
from tests.pipeline.conftest import NOW, make_test_stages


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("api")
    (top / "a.txt").write_text("Norrsken;proposed_grant;1000\nHavet;granted;7\n")
    build([top / "a.txt"], Config(store=top / "graph"), now=NOW, stages=make_test_stages())
    return top / "graph"


AMOUNTS = """
SELECT ?project ?amount WHERE { ?d a bg:Decision ; bg:project ?p ; bg:amount ?amount . ?p rdfs:label ?project }
ORDER BY ?project
"""


def test_rows_are_named_and_typed(directory: Path) -> None:
    with kg.open(directory) as graph:
        rows = graph.sparql(AMOUNTS)
    assert rows.columns == ("project", "amount")
    assert [(row.project, row.amount) for row in rows] == [("Havet", 7), ("Norrsken", 1000)]
    assert len(rows) == 2 and rows[-1].project == "Norrsken" and rows[:1][0]._asdict()["amount"] == 7
    assert rows.records()[0] == {"project": "Havet", "amount": 7}


def test_rows_become_a_data_frame(directory: Path) -> None:
    pandas = pytest.importorskip("pandas")
    with kg.open(directory) as graph:
        frame = graph.sparql(AMOUNTS).to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == ["project", "amount"] and frame["amount"].sum() == 1007


def test_without_pandas_the_error_says_what_to_install(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with kg.open(directory) as graph, pytest.raises(UsageError, match="pandas is not installed"):
        graph.sparql(AMOUNTS).to_pandas()


def test_prepared_questions(directory: Path) -> None:
    with kg.open(str(directory)) as graph:
        rows = graph.query("project", project="Norrsken")
        assert len(rows) > 0
        with pytest.raises(UsageError, match="no question"):
            graph.query("nonsense")
        with pytest.raises(UsageError, match="unknown parameter"):
            graph.query("project", projekt="Norrsken")
        with pytest.raises(UsageError, match="missing parameter"):
            graph.query("project")


def test_wrong_sparql_is_one_clear_error(directory: Path) -> None:
    with kg.open(directory) as graph:
        with pytest.raises(QueryError, match="cannot be parsed"):
            graph.sparql("SELECT WHERE")
        with pytest.raises(UsageError):
            graph.sparql("DELETE WHERE { ?s ?p ?o }")


def test_explain_gives_every_fact_with_its_words(directory: Path) -> None:
    with kg.open(directory) as graph:
        explained = graph.explain("Norrsken")
        assert [e.thing.label for e in explained] == ["Norrsken"]
        assert explained[0].facts
        assert graph.explain("Finns inte") == []


def test_info(directory: Path) -> None:
    with kg.open(directory) as graph:
        info = graph.info()
    assert info.kg_version == kg.__version__
    assert [Path(p.source).name for p in info.papers] == ["a.txt"]
    assert dict(info.entities)["Project"] == 2


def test_a_closed_graph_says_so(directory: Path) -> None:
    graph = kg.open(directory)
    graph.close()
    graph.close()
    with pytest.raises(ValueError, match="closed"):
        graph.info()
    assert "closed" in repr(graph)


def test_no_graph(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph here"):
        kg.open(tmp_path / "graph")


def test_importing_is_cheap(root: Path) -> None:
    code = "import sys, kg; print(sorted({'spacy', 'pyoxigraph', 'rdflib', 'pandas'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_opening_and_asking_needs_no_spacy(directory: Path, root: Path) -> None:
    code = f"import sys, kg; kg.open({str(directory)!r}).sparql('ASK {{}}'); print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_question_may_have_a_parameter_called_name(directory: Path) -> None:
    with kg.open(directory) as graph:
        assert len(graph.query("things", name="Norrsken")) > 0


def test_a_name_that_the_graph_lacks_is_told_with_the_closest(directory: Path) -> None:
    with kg.open(directory) as graph:
        with pytest.raises(UnknownNameError, match=r"has the name 'Norsken'.*Try: Norrsken"):
            graph.query("project", project="Norsken")
        assert len(graph.query("lineage", project="norrsken")) == 1


def test_years_are_numbers_and_words_of_python_have_a_stroke_behind(directory: Path) -> None:
    with kg.open(directory) as graph:
        as_text = graph.query("decisions", **{"from": "2022"})
        assert list(graph.query("decisions", from_=2022)) == list(as_text)
        for wrong in (True, 22, 20222, 2022.5):
            with pytest.raises(UsageError, match="a date of the form 2022"):
                graph.query("decisions", from_=wrong)
        with pytest.raises(UsageError, match="unknown parameter 'project_'"):
            graph.query("lineage", project_="Norrsken")


def test_an_iri_by_its_end(directory: Path) -> None:
    with kg.open(directory) as graph:
        assert [row.label for row in graph.query("thing", iri="project/norrsken")] == ["Norrsken"]


def test_what_is_no_text_is_wrong_usage(directory: Path) -> None:
    with pytest.raises(UsageError, match="is a path, not None"):
        kg.open(None)  # type: ignore[arg-type]
    with kg.open(directory) as graph:
        for ask in (graph.query, graph.sparql, graph.explain):
            for wrong in (None, 7, b"x"):
                with pytest.raises(UsageError, match="a text, not"):
                    ask(wrong)  # type: ignore[operator]
