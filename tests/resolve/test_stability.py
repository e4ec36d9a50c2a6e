"""The same things get the same IRIs, whatever papers come, in whatever order."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.model import Extraction, Resolution
from kg.registers import load_registers
from kg.resolve import resolve
from kg.resolve.minting import Own, mint
from kg.resolve.rulings import Ruling
from tests.papers import PaperMaker
from tests.resolve.test_order import make_paper, papers

ROOT = Path(__file__).resolve().parents[2]
NODED = ("Project", "Decision", "FinancingLine")


def check_stable(part: Resolution, whole: Resolution) -> tuple[int, int]:
    """How many things of the part have the IRI that they have in the whole, and how many lead to it; fails where one
    does neither."""
    now = {node: e.iri for e in whole.entities if e.type in NODED for node in e.nodes}
    known = {e.iri for e in whole.entities}
    leads: dict[str, set[str]] = {}
    for old, new in whole.replaced:
        leads.setdefault(old, set()).add(new)
    equal = led = 0
    for entity in part.entities:
        wanted = {now[n] for n in entity.nodes} if entity.type in NODED else set()
        if entity.type in NODED and entity.iri in wanted:
            equal += 1
        elif entity.type in NODED:
            assert wanted <= leads.get(entity.iri, set()), f"{entity.iri} is {wanted} in the whole"
            led += 1
        elif entity.iri in known:
            equal += 1
        else:
            assert leads.get(entity.iri), f"{entity.iri} is gone from the whole"
            led += 1
    return equal, led


def check_replaced(resolution: Resolution) -> None:
    """Nothing that is replaced is in use, and what replaces it is."""
    known = {e.iri for e in resolution.entities}
    assert all(old not in known and new in known for old, new in resolution.replaced)


@settings(max_examples=120, deadline=None)
@given(papers, st.data())
def test_any_part_of_any_papers(contents: list, data) -> None:
    made = [make_paper(i, content) for i, content in enumerate(contents)]
    whole = resolve(made)
    chosen = data.draw(st.lists(st.sampled_from(made), min_size=1, unique_by=id))
    check_replaced(whole)
    part = resolve(chosen)
    # More papers may show that what looked like one thing is two, which no name can foresee.
    assume(not coarser(part, whole))
    check_stable(part, whole)


def coarser(part: Resolution, whole: Resolution) -> bool:
    now = {node: e.iri for e in whole.entities if e.type in NODED for node in e.nodes}
    return any(len({now[n] for n in e.nodes}) > 1 for e in part.entities if e.type in NODED)


@pytest.fixture(scope="module")
def corpus() -> list[Extraction]:
    from kg.pipeline.build import extract_paths

    folders = [ROOT / "data" / "documents", ROOT / "data" / "corpus" / "dev" / "docs"]
    return [e for e in extract_paths(folders) if isinstance(e, Extraction)]


def test_random_parts_and_orders_of_the_corpus(corpus: list[Extraction]) -> None:
    registers = load_registers()
    whole = resolve(corpus, registers)
    check_replaced(whole)
    chance = random.Random(5)
    equal = led = 0
    for _ in range(12):
        part = chance.sample(corpus, chance.randint(2, len(corpus)))
        a, b = check_stable(resolve(part, registers), whole)
        equal, led = equal + a, led + b
    assert equal > 99 * led, f"{equal} kept their IRI, {led} lead to another"


# --- minting ------------------------------------------------------------------------------------------------


def own(name: str, *more: str, fixed: bool = False) -> tuple[Own, ...]:
    return (Own((len(name), name), name, more, fixed),)


def test_namesakes_are_told_by_what_they_are_and_the_plain_name_leads_to_both() -> None:
    alone = mint({"a": ["a"]}, {"a": own("project/x", "north")})
    assert alone.iris == {"a": "project/x"} and alone.replaced == ()
    both = mint({"a": ["a"], "b": ["b"]}, {"a": own("project/x", "north"), "b": own("project/x", "south")})
    assert both.iris["a"] != both.iris["b"] and "project/x" not in both.iris.values()
    assert both.replaced == tuple(sorted([("project/x", both.iris["a"]), ("project/x", both.iris["b"])]))


def test_a_reserved_name_is_for_its_own_thing_alone() -> None:
    owns = {"a": own("organisation/ltu", "x"), "b": own("organisation/ltu", fixed=True)}
    minted = mint({"a": ["a"], "b": ["b"]}, owns)
    assert minted.iris["b"] == "organisation/ltu" and minted.iris["a"].startswith("organisation/ltu-")
    lone = mint({"a": ["a"]}, {"a": own("organisation/ltu", "x")}, ["organisation/ltu"])
    assert lone.iris["a"] == minted.iris["a"] and lone.replaced == ()


# --- merges and splits --------------------------------------------------------------------------------------


def named(name: str, project: str, **values: object) -> Extraction:
    paper = PaperMaker(name)
    paper.decision(paper.project(project), "granted", **values)
    return paper.make()


def project_iris(resolution: Resolution) -> list[str]:
    return sorted(e.iri for e in resolution.entities if e.type == "Project")


def test_a_merge_keeps_the_old_iri_as_replaced() -> None:
    made = [named("a", "Solkollen"), named("b", "Ljusets väg")]
    before = resolve(made)
    assert project_iris(before) == ["project/ljusets-vag", "project/solkollen"]
    ruling = Ruling("same", *project_iris(before), "AB", "2024-05-01", "the same case")
    after = resolve(made, rulings=[ruling])
    (kept,) = project_iris(after)
    old = next(iri for iri in project_iris(before) if iri != kept)
    assert (old, kept) in after.replaced
    said = [j for j in after.judgements if j.author == "AB"]
    assert [(j.verdict, j.reason, j.left_thing, j.right_thing) for j in said] == [("same", "the same case", kept, kept)]


def test_a_split_keeps_the_old_iri_as_replaced_by_both() -> None:
    made = [named("a", "Solkollen", beneficiary="Ett AB"), named("b", "Solkollen", beneficiary="Två AB")]
    before = resolve(made)
    assert project_iris(before) == ["project/solkollen"]
    names = sorted(old for old, new in before.replaced if new == "project/solkollen")
    assert len(names) >= 2
    after = resolve(made, rulings=[Ruling("different", names[0], names[1], "AB", "2024-05-01", "two owners")])
    assert len(project_iris(after)) == 2 and "project/solkollen" not in project_iris(after)
    assert {("project/solkollen", iri) for iri in project_iris(after)} <= set(after.replaced)
    check_replaced(after)


# --- registers of a user's own ------------------------------------------------------------------------------------


OWN = """name,kind,id,aliases
X AB,company,x-aktiebolag,Exbolaget|X-gruppen
Norrstiftelsen,other,stiftelsen-norr,
"""
KEYS = {"X AB": "x-aktiebolag", "Exbolaget": "x-aktiebolag", "Norrstiftelsen": "stiftelsen-norr"}


def own_papers(keys: dict[str, str]) -> list[Extraction]:
    """Papers as they are read with registers that give ``keys``; a known name is told in the register's own words."""
    first = {key: name for name, key in reversed(KEYS.items())}

    def told(paper: PaperMaker, node: str, property: str, name: str) -> None:
        value = (first[keys[name]], keys[name]) if name in keys else name
        claim = paper._claim(node, node.partition("/")[0], property, value)
        words = replace(claim.evidence, quote=f"medel till {name}")
        paper._claims.append(replace(claim, evidence=words))

    made = []
    for number, (owner, authority) in enumerate(
        [("X AB", "Norrstiftelsen"), ("Exbolaget", "Region Väst"), ("Y AB", "Region Syd"), ("Z AB", "Region Öst")]
    ):
        paper = PaperMaker(f"paper {number}")
        project = paper.project("Norrsken")
        act = paper.decision(project, "granted", amount_sek=str(1000 + number), deciding_body="Styrelsen")
        line = paper._node("financing", project=project, amount_sek=str(10 + number), status="granted", decision=act)
        told(paper, act, "beneficiary", owner)
        told(paper, act, "authority", authority)
        told(paper, line, "funder", authority)
        made.append(paper.make())
    return made


def test_organisations_of_ones_own_leave_every_iri_and_judgement(tmp_path: Path) -> None:
    package = load_registers()
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    before, more = resolve(own_papers({}), package), load_registers(None, tmp_path / "own.csv")
    assert len(project_iris(before)) == 4
    after = resolve(own_papers(KEYS), more)
    check_replaced(after)
    equal, led = check_stable(before, after)
    # what names neither is as it was, and all else leads on: projects, acts, lines, boards, organisations
    assert equal and led == 8
    one_added = {name: key for name, key in KEYS.items() if key == "x-aktiebolag"}
    check_stable(resolve(own_papers(one_added), more), after)

    left, right, third, _ = project_iris(before)
    rulings = [Ruling("same", left, right, "AB", "2024-05-01", "one"),
               Ruling("different", left, third, "AB", "2024-05-01", "two")]
    acts = [e.iri for e in before.entities if e.type == "Decision"][:2]
    rulings.append(Ruling("undecided", *acts, "AB", "2024-05-01", "who knows"))
    names = ("organisation/x-ab", "organisation/norrstiftelsen")
    rulings.append(Ruling("different", *names, "AB", "2024-05-01", "two"))
    for papers_, registers in ((own_papers({}), package), (own_papers(KEYS), more)):
        judged = resolve(papers_, registers, rulings=rulings)
        assert len(project_iris(judged)) == 3
        assert sorted(j.verdict for j in judged.judgements if j.author == "AB") == [
            "different", "different", "same", "undecided"]
