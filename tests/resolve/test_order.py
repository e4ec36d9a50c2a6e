"""Resolution is a function of the set of papers, for any papers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Extraction
from kg.resolve import resolve, same_decisions
from kg.terms import OUTCOMES
from tests.papers import PaperMaker

NAMES = (
    "Norrsken",
    "Norrsken II",
    "NORD",
    "Nya orter (NORD)",
    "NORD - nya orter",
    "Nya orter",
    "NO.RD*",
    "NO:RD*",
    "*",
)
BODIES = (("Region Ett", "ett"), ("Region Två", "två"), "Byn AB", "AB Byn")

decisions = st.fixed_dictionaries(
    {"outcome": st.sampled_from(OUTCOMES)},
    optional={
        "authority": st.sampled_from(BODIES),
        "beneficiary": st.sampled_from(BODIES),
        "deciding_body": st.sampled_from(("Regionstyrelsen", "Regionstyrelse", "Nämnden Väst")),
        "date": st.sampled_from(("2023", "2023-05-01", "2024-01-01")),
        "diary_number": st.sampled_from(("RS 1/2", "RS1-2", "RS 3")),
        "case_id": st.sampled_from(("1234", "5678")),
        "amount_sek": st.sampled_from(("100", "200")),
        "start": st.sampled_from(("2023", "2025")),
        "end": st.sampled_from(("2024", "2026")),
    },
)
lines = st.tuples(st.sampled_from(BODIES), st.sampled_from(("100", "200")), st.sampled_from(("granted", "sought")))
matters = st.tuples(st.sampled_from(NAMES), st.lists(decisions, max_size=2), st.lists(lines, max_size=2))


def make_paper(number: int, content: list) -> Extraction:
    paper = PaperMaker(f"paper {number}")
    nodes = []
    for name, acts, rows in content:
        project = paper.project(name)
        nodes.append(project)
        for act in acts:
            paper.decision(project, **act)
        for funder, amount, status in rows:
            paper.line(project, funder, amount_sek=amount, status=status)
    if len(nodes) > 1:
        paper.project("Efterföljaren", builds_on=nodes[:2])
    return paper.make()


papers = st.lists(st.lists(matters, min_size=1, max_size=3), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None)
@given(papers, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_the_result_is_whole(contents: list, shuffler) -> None:
    made = [make_paper(i, content) for i, content in enumerate(contents)]
    resolution = resolve(made)
    shuffled = list(made)
    shuffler.shuffle(shuffled)
    assert resolve(shuffled) == resolution
    assert resolve([*shuffled, *made]) == resolution

    iris = [entity.iri for entity in resolution.entities]
    assert len(set(iris)) == len(iris)
    assert all(c.subject in iris and (c.object is None or c.object in iris) for c in resolution.claims)
    stated = [c.claim for c in resolution.claims if c.property not in ("decides", "amends")]
    assert sorted(stated, key=repr) == sorted((c for p in made for c in p.claims), key=repr)
    owners = [
        node for e in resolution.entities if e.type in ("Project", "Decision", "FinancingLine") for node in e.nodes
    ]
    assert len(set(owners)) == len(owners)
    assert all(j.reason and 0 <= j.score <= 1 for j in resolution.judgements)

    sources = {p.document for p in made}, {p.source for p in made}
    assert all(a in sources[0] and b in sources[1] for a, b in same_decisions(made).items())
