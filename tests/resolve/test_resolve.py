"""What papers together say, on papers made by hand."""

from __future__ import annotations

import random

import pytest

from kg.model import Extraction, Resolution
from kg.resolve import resolve, same_decisions
from tests.papers import PaperMaker, paper_id

NORTH, SOUTH = ("Region Norrsund", "region-norrsund"), ("Region Sörsund", "region-sorsund")


def memo(name: str = "memo", **values) -> PaperMaker:
    """A proposal of a grant to a project with an acronym."""
    paper = PaperMaker(name, "proposal")
    project = paper.project("Nya orter runt Dalälven (NORD)")
    given = {
        "authority": NORTH,
        "deciding_body": "Regionstyrelsen",
        "date": "2023-11-22",
        "amount_sek": "900000",
    }
    paper.decision(project, "proposed_grant", **{**given, **values})
    return paper


def minutes(name: str = "minutes", outcome: str = "granted", project: str = "NORD", **values) -> PaperMaker:
    paper = PaperMaker(name, "minutes")
    node = paper.project(project)
    given = {
        "authority": NORTH,
        "deciding_body": "Regionstyrelsen",
        "date": "2023-11-22",
        "amount_sek": "900000",
    }
    paper.decision(node, outcome, **{**given, **values})
    return paper


def run(*papers: PaperMaker) -> Resolution:
    return resolve([p.make() for p in papers])


def iris(resolution: Resolution, type: str) -> list[str]:
    return [e.iri for e in resolution.entities if e.type == type]


def links(resolution: Resolution, property: str) -> list[tuple[str, str | None]]:
    return sorted({(c.subject, c.object) for c in resolution.claims if c.property == property})


# --- projects -----------------------------------------------------------------------------------------------


def named(name: str, *projects: str, **values) -> PaperMaker:
    paper = PaperMaker(name)
    for project in projects:
        paper.decision(paper.project(project), "granted", **values)
    return paper


@pytest.mark.parametrize(
    ("left", "right", "count"),
    [
        ("NO:RD", "NO.RD", 1),
        ("NO.RD", "NO.RD*", 2),
        ("Norrsken etapp 1", "Norrsken etapp 2", 2),
        ("Norrsken - etapp 1", "Norrsken - etapp 2", 2),
        ("Norrsken", "Norrsken - etapp 2", 2),
        ("Norrsken", "Norrsken (fas 2)", 2),
        ("Norrsken II", "Norrsken", 2),
        ("Norrsken fas III", "Norrsken fas 3", 1),
        ("Norrsken 2020-2022", "Norrsken 2023-2025", 2),
        ("Nya orter runt Dalälven (NORD)", "NORD", 1),
        ("NORD (nya orter runt Dalälven)", "NORD - nya orter runt Dalälven", 1),
        ("NORD - nya orter runt Dalälven", "Nya orter runt Dalälven", 1),
        ("Ljuset – Norr", "Ljuset – Söder", 2),
    ],
)
def test_projects_by_name(left: str, right: str, count: int) -> None:
    resolution = run(named("a", left), named("b", right))
    assert len(iris(resolution, "Project")) == count


def test_a_bare_acronym_needs_an_introduction_or_context() -> None:
    alone = run(named("a", "NORD"), named("b", "NORD"))
    assert len(iris(alone, "Project")) == 2
    assert [j.verdict for j in alone.judgements if "project" in j.left] == ["undecided"]
    owned = run(named("a", "NORD", beneficiary="Byn AB"), named("b", "NORD", beneficiary="BYN AB"))
    assert len(iris(owned, "Project")) == 1
    introduced = run(named("a", "NORD"), named("b", "NORD"), named("c", "Nya orter runt Dalälven (NORD)"))
    assert len(iris(introduced, "Project")) == 1


def test_namesakes_of_two_regions_stay_apart_and_keep_names_of_their_own() -> None:
    left = named("a", "Kompetenslyftet", authority=NORTH, beneficiary="Ett AB")
    right = named("b", "Kompetenslyftet", authority=SOUTH, beneficiary="Två AB")
    resolution = run(left, right)
    assert len(set(iris(resolution, "Project"))) == 2
    assert run(right, left) == resolution


def test_an_acronym_of_two_stages_joins_neither() -> None:
    one, two = PaperMaker("a"), PaperMaker("b")
    one.decision(one.project("Unga i skogen, etapp 1", "UIS"), "granted")
    two.decision(two.project("Unga i skogen, etapp 2", "UIS"), "granted")
    resolution = run(one, two)
    assert len(iris(resolution, "Project")) == 2
    assert [j.verdict for j in resolution.judgements if "project" in j.left] == ["different"]


DEAL = {"authority": NORTH, "beneficiary": "Byn AB", "amount_sek": "500", "start": "2024-01", "end": "2026"}


@pytest.mark.parametrize(
    ("changed", "count"),
    [({}, 1), ({"amount_sek": "501"}, 2), ({"beneficiary": "Ön AB"}, 2), ({"end": []}, 2), ({"start": "2024-02"}, 2)],
)
def test_two_names_for_one_deal_are_one_project(changed: dict, count: int) -> None:
    resolution = run(named("a", "Norrskensljus", **DEAL), named("b", "Northern Light", **{**DEAL, **changed}))
    assert len(iris(resolution, "Project")) == count


def test_two_projects_of_one_paper_are_not_joined_by_their_deal() -> None:
    both = named("a", "Norrskensljus", "Solsken", **DEAL)
    assert len(iris(run(both), "Project")) == 2
    assert len(iris(run(both, named("b", "Solsken", **DEAL)), "Project")) == 2


def test_a_case_number_joins_names_but_not_stages() -> None:
    one = named("a", "Norrskensljus", case_id="20384410")
    assert len(iris(run(one, named("b", "Northern Light", case_id="20384410")), "Project")) == 1
    assert len(iris(run(one, named("b", "Norrskensljus 2", case_id="20384410")), "Project")) == 2


def test_a_merge_is_a_judgement_with_a_reason() -> None:
    resolution = run(memo(), minutes())
    merges = [j for j in resolution.judgements if j.verdict == "same"]
    assert len(merges) == 1
    assert merges[0].reason and 0 < merges[0].score <= 1 and merges[0].author == "machine"
    assert {merges[0].left, merges[0].right} == {f"{paper_id(n)}#project/1" for n in ("memo", "minutes")}


def test_labels_and_iris_of_projects() -> None:
    resolution = run(named("a", "AI.X*"), named("b", "AI:X*"), named("c", "AI.X"))
    assert iris(resolution, "Project") == ["project/ai-x", "project/ai-x-star"]
    star = next(e for e in resolution.entities if e.iri == "project/ai-x-star")
    assert star.label == "AI.X*" and star.labels == ("AI:X*",)


def test_a_project_without_a_name_is_a_thing_of_its_own() -> None:
    paper = PaperMaker("a")
    paper.decision("project/9", "granted")
    resolution = run(paper)
    assert len(iris(resolution, "Project")) == 1


# --- acts ---------------------------------------------------------------------------------------------------


def test_one_decision_with_two_sources() -> None:
    resolution = run(memo("one", diary_number="RS 2023/12"), memo("two"))
    assert iris(resolution, "Decision") == [
        "decision/nya-orter-runt-dalalven-nord_proposed-grant_region-norrsund_2023-11-22_rs-2023-12"
    ]
    decision = next(e for e in resolution.entities if e.type == "Decision")
    assert len(decision.nodes) == 2
    assert same_decisions([memo("one").make(), memo("two").make()]) == {
        paper_id("one"): "two.txt",
        paper_id("two"): "one.txt",
    }


def test_a_proposal_and_its_decision_are_two_acts_in_a_chain() -> None:
    resolution = run(memo(), minutes())
    granted, proposed = iris(resolution, "Decision")
    assert "_granted_" in granted and "_proposed-grant_" in proposed
    assert links(resolution, "decides") == [(granted, proposed)]
    assert same_decisions([memo().make(), minutes().make()]) == {}


def test_a_rejection_may_decide_a_proposed_grant() -> None:
    resolution = run(memo(diary_number="RS 1"), minutes(outcome="rejected", amount_sek=[], diary_number="RS 1"))
    assert len(links(resolution, "decides")) == 1


def test_a_decision_before_the_proposal_does_not_decide_it() -> None:
    assert links(run(memo(), minutes(date="2022-01-01", amount_sek="1")), "decides") == []


def test_another_diary_number_is_another_matter() -> None:
    resolution = run(memo(diary_number="RS 2023/1"), minutes(diary_number="RS 2023/2"))
    assert links(resolution, "decides") == []


def test_a_change_amends_the_last_decision() -> None:
    change = minutes("change", "other", date="2024-09-12", amount_sek="700000")
    later = minutes("later", "other", date="2025-01-20", amount_sek="600000")
    resolution = run(memo(), minutes(), change, later)
    assert [tuple(i.split("_")[-1] for i in pair) for pair in links(resolution, "amends")] == [
        ("2024-09-12", "2023-11-22"),
        ("2025-01-20", "2024-09-12"),
    ]


def test_a_tabled_matter_amends_nothing() -> None:
    assert links(run(memo(), minutes(outcome="other")), "amends") == []


@pytest.mark.parametrize(
    "values",
    [
        {"authority": SOUTH},
        {"deciding_body": "Kulturnämnden"},
        {"date": "2024-01-01"},
        {"amount_sek": "1"},
        {"outcome": "rejected"},
    ],
)
def test_acts_that_differ_are_two(values: dict) -> None:
    resolution = run(minutes("a", beneficiary="Byn AB"), minutes("b", beneficiary="Byn AB", **values))
    assert len(iris(resolution, "Decision")) == 2


def test_without_a_shared_date_number_or_amount_nothing_is_decided() -> None:
    bare = minutes("b", date=[], amount_sek=[], beneficiary="Byn AB")
    resolution = run(minutes("a", beneficiary="Byn AB"), bare)
    assert len(iris(resolution, "Decision")) == 2
    assert [j.verdict for j in resolution.judgements if "decision" in j.left] == ["undecided"]


def test_two_acts_of_one_paper_stay_two() -> None:
    paper = PaperMaker("a")
    project = paper.project("Norrsken")
    for amount in ("1000", "2000"):
        paper.decision(project, "granted", authority=NORTH, date="2024-01-01", amount_sek=amount)
    assert len(set(iris(run(paper), "Decision"))) == 2


def test_papers_that_disagree_keep_both_values_and_an_issue() -> None:
    resolution = run(
        minutes("a", diary_number="RS 1", share_percent="30"),
        minutes("b", diary_number="RS 1", share_percent="31"),
    )
    assert len(iris(resolution, "Decision")) == 1
    shares = {c.value.lexical for c in resolution.claims if c.property == "share_percent"}
    assert shares == {"30", "31"}
    assert [(i.code, "30 / 31" in i.message) for _, i in resolution.issues] == [("sources_disagree", True)]


def test_a_less_precise_date_is_no_disagreement() -> None:
    resolution = run(minutes("a", start="2024"), minutes("b", start="2024-03-01"))
    assert len(iris(resolution, "Decision")) == 1
    assert resolution.issues == ()


def test_papers_that_share_one_decision_of_several_are_not_the_same() -> None:
    long = minutes("long")
    for name in ("Havet", "Fjället"):
        long.decision(long.project(name), "granted", authority=NORTH, date="2023-11-22", amount_sek="5")
    assert same_decisions([long.make(), minutes().make()]) == {}


def test_a_paper_that_tells_of_earlier_decisions_is_not_the_same_as_one_that_also_does() -> None:
    background = PaperMaker("background")
    for name, amount in (("Havet", "5"), ("Fjället", "6")):
        background.decision(background.project(name), "granted", amount_sek=amount)
    long = memo()
    for name, amount in (("Havet", "5"), ("Fjället", "6")):
        long.decision(long.project(name), "granted", amount_sek=amount)
    papers = [background.make(), long.make()]
    assert len(iris(resolve(papers), "Decision")) == 3
    assert same_decisions(papers) == {}


def test_one_number_in_two_writings_is_one_value() -> None:
    resolution = run(minutes("a", diary_number="RS 2023/12"), minutes("b", diary_number="RS2023-12"))
    written = {c.value.lexical for c in resolution.claims if c.property == "diary_number"}
    assert written == {"RS 2023/12"}
    assert {c.claim.value.lexical for c in resolution.claims if c.property == "diary_number"} > written
    assert resolution.issues == ()


def test_a_doubt_is_an_issue_with_the_words() -> None:
    resolution = run(named("a", "NORD"), named("b", "NORD"))
    assert [(i.code, i.quote) for _, i in resolution.issues] == [("identity_undecided", "NORD")]


def test_thousands_of_namesakes_are_resolved_by_context() -> None:
    papers = [named(f"p{i}", "NORD", beneficiary=f"Byn {i % 50} AB") for i in range(600)]
    resolution = run(*papers)
    assert len(iris(resolution, "Project")) == 50
    assert len(resolution.judgements) < 5000


# --- things -------------------------------------------------------------------------------------------------


def test_organisations_by_key_or_by_name() -> None:
    paper = named("a", "Norrsken", beneficiary=[("LTU", "ltu"), ("Luleå tekniska universitet", "ltu")])
    other = named("b", "Havet", partner=["Byn AB", "BYN AB", "Byn"])
    organisations = iris(run(paper, other), "Organisation")
    assert organisations == ["organisation/byn", "organisation/byn-ab", "organisation/ltu"]


def test_boards_belong_to_an_authority() -> None:
    resolution = run(
        minutes("a"), minutes("b", authority=SOUTH), minutes("c", authority=[]), minutes("d", authority=[])
    )
    boards = iris(resolution, "Board")
    assert "board/region-norrsund/regionstyrelse" in boards
    assert "board/region-sorsund/regionstyrelse" in boards
    # Without an authority, a board that every region has is the board of that paper alone.
    assert len(boards) == 4


def test_places_and_funds() -> None:
    paper = named(
        "a",
        "Norrsken",
        county=("Norrbotten", "25"),
        municipality=("Piteå", "2581"),
        funding_source=[("1:1-anslaget", "anslag-1-1"), "Bygdefonden"],
    )
    resolution = run(paper)
    found = {e.iri: e.type for e in resolution.entities}
    assert found["county/25"] == "County"
    assert found["municipality/2581"] == "Municipality"
    assert found["fund/anslag-1-1"] == "Appropriation"
    assert found["fund/bygdefonden"] == "Fund"


def test_a_name_like_a_key_does_not_become_the_keyed_thing() -> None:
    resolution = run(named("a", "Norrsken", partner=["LTU", ("Luleå tekniska universitet", "ltu")]))
    assert len(set(iris(resolution, "Organisation"))) == 2


def test_lines_of_two_papers_are_one_and_equal_rows_of_one_paper_two() -> None:
    def paper(name: str, rows: int) -> PaperMaker:
        made = PaperMaker(name)
        project = made.project("Norrsken")
        for _ in range(rows):
            made.line(project, NORTH, amount_sek="500", status="granted")
        return made

    assert len(iris(run(paper("a", 1), paper("b", 1)), "FinancingLine")) == 1
    assert len(iris(run(paper("a", 2), paper("b", 1)), "FinancingLine")) == 2


# --- order --------------------------------------------------------------------------------------------------


def corpus() -> list[Extraction]:
    papers = [
        memo("one", diary_number="RS 1"),
        memo("two"),
        minutes("three", diary_number="RS 1"),
        minutes("four", "other", date="2024-09-12"),
        named("five", "NORD", "Norrsken", "Norrsken II", partner=["Byn AB", NORTH]),
        named("six", "Norrsken – ljus", "Ängen", "Angen", authority=SOUTH),
        named("seven", "Norrsken", "NORD", authority=SOUTH, beneficiary="Byn AB"),
    ]
    papers[4].line("project/1", NORTH, amount_sek="9")
    papers[6].line("project/2", "Byn AB", amount_sek="9")
    return [p.make() for p in papers]


def test_the_order_of_papers_does_not_matter() -> None:
    papers = corpus()
    wanted = resolve(papers)
    pairs = same_decisions(papers)
    shuffler = random.Random(7)
    for _ in range(20):
        shuffler.shuffle(papers)
        assert resolve(papers) == wanted
        assert same_decisions(papers) == pairs


def test_every_iri_is_one_entity_and_every_claim_speaks_of_entities() -> None:
    resolution = resolve(corpus())
    iris = [e.iri for e in resolution.entities]
    assert len(iris) == len(set(iris))
    known = set(iris)
    assert all(c.subject in known and (c.object is None or c.object in known) for c in resolution.claims)


def test_no_claim_is_lost_or_changed() -> None:
    papers = corpus()
    kept = [c.claim for c in resolve(papers).claims if c.property not in ("decides", "amends")]
    assert sorted(kept, key=repr) == sorted((c for p in papers for c in p.claims), key=repr)


def test_nothing_gives_nothing() -> None:
    assert resolve([]) == Resolution((), (), ())
    assert same_decisions([]) == {}


def test_a_raise_changes_the_grant_with_a_sum_and_not_a_later_one_without() -> None:
    grant = minutes("a", date="2023-01-01", amount_sek="100", diary_number="RS 2023/1")
    longer = minutes("b", date="2024-01-01", amount_sek=[], diary_number="RS 2023/1")
    raised = minutes("c", "other", date="2025-01-01", amount_sek="150", new_amount_sek="150", diary_number="RS 2023/1")
    resolution = run(grant, longer, raised)
    with_sum = {c.subject for c in resolution.claims if c.property == "amount_sek" and c.value.lexical == "100"}
    assert {earlier for _, earlier in links(resolution, "amends")} == with_sum


def test_a_second_raise_changes_the_grant_itself_too() -> None:
    grant = minutes("a", date="2023-01-01", amount_sek="100")
    first = minutes("b", "other", date="2024-01-01", amount_sek="150", new_amount_sek="150")
    second = minutes("c", "other", date="2025-01-01", amount_sek="120", new_amount_sek="120")
    longer = minutes("d", "other", date="2026-01-01", amount_sek=[])
    resolution = run(grant, first, second, longer)
    (granted,) = (c.subject for c in resolution.claims if c.property == "outcome" and c.value.lexical == "granted")
    amended = links(resolution, "amends")
    assert len(amended) == 4 and sum(earlier == granted for _, earlier in amended) == 2
