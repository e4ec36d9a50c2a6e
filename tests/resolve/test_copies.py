"""Papers with nearly the same text: copies are recognised, papers from one template are not taken for one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.extract import signature_of
from kg.graph.map import quads
from kg.model import Extraction
from kg.registers import load_registers
from kg.resolve import resolve
from kg.resolve.copies import estimate_likeness
from kg.terms import expand
from tests.papers import PaperMaker

WORDS = [f"ord{n}" for n in range(400)]


def text(*, changed: int = 0, cut: int = 400) -> str:
    """A text of which every so many words are others."""
    return " ".join(f"annat{i}" if changed and i % changed == 0 else w for i, w in enumerate(WORDS[:cut]))


def paper(name: str, words: str, project: str = "Norrsken", **values: object) -> Extraction:
    made = PaperMaker(name)
    made.decision(made.project(project), "granted", **values)
    return replace(made.make(), signature=signature_of(words))


def judged(*papers: Extraction) -> list[tuple[str, str]]:
    found = resolve(papers).judgements
    return [(j.verdict, j.reason) for j in found if j.left.startswith("document/")]


def test_a_copy_with_a_few_other_words_is_recognised_and_both_stay() -> None:
    made = [paper("a", text(), diary_number="RS 1/2020"), paper("b", text(changed=150), diary_number="RS 1-2020")]
    ((verdict, reason),) = judged(*made)
    assert verdict == "same" and "diary numbers and projects agree" in reason
    resolution = resolve(made)
    stated = list(quads(resolution, made, load_registers()))
    alike = [q for q in stated if q.predicate.value == expand("bg:nearDuplicateOf")]
    near = [(q.subject.value[-64:], q.object.value[-64:]) for q in alike]
    assert sorted(near) == sorted([(made[0].document, made[1].document), (made[1].document, made[0].document)])
    (act,) = (e for e in resolution.entities if e.type == "Decision")
    assert len(act.nodes) == 2, "both papers stay sources of the one act"


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"diary_number": "RS 2/2020"}, "diary numbers differ"),
        ({"project": "Havet"}, "projects differ"),
        ({"amount_sek": "200"}, "amounts differ"),
    ],
)
def test_papers_of_one_template_are_kept_apart(other: dict[str, str], says: str) -> None:
    first = {"project": "Norrsken", "diary_number": "RS 1/2020", "amount_sek": "100"}
    ((verdict, reason),) = judged(paper("a", text(), **first), paper("b", text(changed=200), **{**first, **other}))
    assert verdict == "different" and says in reason


def test_alike_texts_that_say_nothing_are_not_decided() -> None:
    texts = {"a": text(), "b": text(changed=120)}
    made = [replace(PaperMaker(name).make(), signature=signature_of(words)) for name, words in texts.items()]
    assert [verdict for verdict, _ in judged(*made)] == ["undecided"]
    same = [replace(PaperMaker(n).make(), signature=signature_of(text())) for n in "ab"]
    assert [verdict for verdict, _ in judged(*same)] == ["same"]


def test_other_texts_are_not_compared() -> None:
    assert judged(paper("a", text()), paper("b", text(changed=3))) == []
    assert judged(paper("a", text()), paper("b", "en helt annan text om något annat som hände i går kväll")) == []


def test_the_estimate_is_near_the_truth() -> None:
    left, right = text(), text(cut=320)
    shingles = [{tuple(w[i : i + 5]) for i in range(len(w) - 4)} for w in (left.split(), right.split())]
    truth = len(shingles[0] & shingles[1]) / len(shingles[0] | shingles[1])
    assert abs(estimate_likeness(signature_of(left), signature_of(right)) - truth) < 0.15
    assert estimate_likeness((), (1,)) == 0
