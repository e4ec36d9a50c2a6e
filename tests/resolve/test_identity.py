"""Which names are one thing in the graph: organisations gathered, boards, funds, numbers, and persons' judgements."""

from __future__ import annotations

import pytest

from kg.graph.map import quads
from kg.model import Resolution
from kg.registers import load_registers
from kg.resolve import resolve
from kg.resolve.names import short_hash
from kg.resolve.numbers import read_number, same_number
from kg.resolve.owning import told_by_paper
from kg.resolve.rulings import Ruling
from kg.terms import expand
from tests.papers import PaperMaker

REGISTERS = load_registers()


def run(*papers: PaperMaker, rulings: list[Ruling] | None = None) -> Resolution:
    return resolve([p.make() for p in papers], REGISTERS, rulings=rulings or [])


def partners(*names: str, date: str | None = None) -> PaperMaker:
    made = PaperMaker(f"paper of {names} {date}")
    values = {"partner": list(names)} | ({"date": date} if date else {})
    made.decision(made.project(f"Projekt {names[0]} {date}"), "granted", **values)
    return made


def iris(resolution: Resolution, type: str = "Organisation") -> list[str]:
    return sorted(e.iri for e in resolution.entities if e.type == type)


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (["Norrlyftet AB", "NORRLYFTET AB", "Norrlyftet Aktiebolag", "AB Norrlyftet", "Norrlyftets AB"], 1),
        (["Norrlyftet", "Norrlyftet AB"], 1),
        (["Norrlyftet", "Norrlyftet AB", "Norrlyftet ek. för."], 3),
        (["Norrlyftet AB", "Norrlyftet Fastigheter AB"], 2),
        (["Finnvedens samordningsförbund", "Samordningsförbundet Finnveden"], 1),
        (["Fjällräddarnas Förening (FRF)", "FRF"], 1),
        (["Fjällräddarnas Förening (FRF)", "Fiskarnas Riksförening (FRF)", "FRF"], 3),
        (["Byalaget Gran 1", "Byalaget Gran 2"], 2),
        (["Luleå kommuns", "Luleå kommun", "Kommunen Luleå"], 1),
        (["Piteå kommun", "Piteå kommunföretag AB"], 2),
        (["Norrbottens läns landsting", "Region Norrbotten", "Länsstyrelsen i Norrbottens län"], 2),
    ],
)
def test_names_of_organisations(names: list[str], count: int) -> None:
    assert len(iris(run(partners(*names)))) == count
    # in papers of their own too, in any order
    assert len(iris(run(*(partners(name) for name in reversed(names))))) == count


FIRST, SECOND = "556703-7485", "556055-1235"


def numbered(name: str, number: str) -> PaperMaker:
    made = PaperMaker(f"paper of {name} {number}")
    values = {"partner": [name], "organisation_number": [(name, None, number)]}
    made.decision(made.project(f"Projekt {name} {number}"), "granted", **values)
    return made


def numbers(resolution: Resolution) -> dict[str, str | None]:
    return {e.iri: e.number for e in resolution.entities if e.type == "Organisation"}


def test_one_organisation_number_is_one_organisation() -> None:
    found = run(numbered("Polarteknik i Norden AB", FIRST), numbered("Norrteknik AB", FIRST), partners("Norrteknik AB"))
    assert numbers(found) == {"organisation/norrteknik-ab": FIRST}
    assert ("organisation/polarteknik-i-norden-ab", "organisation/norrteknik-ab") in found.replaced
    assert {j.reason for j in found.judgements} == {"the organisation number agrees"}


def test_two_organisation_numbers_are_two_organisations() -> None:
    # names that would be one
    found = run(numbered("Norrlyftet", FIRST), numbered("Norrlyftet AB", SECOND))
    assert numbers(found) == {"organisation/norrlyftet": FIRST, "organisation/norrlyftet-ab": SECOND}
    # one name: a paper that gives no number says not which
    found = run(numbered("Byalaget", FIRST), numbered("Byalaget", SECOND), partners("Byalaget"))
    assert sorted(numbers(found).values(), key=str) == [SECOND, FIRST, None]
    # what a person says of them holds; then no number is stated
    sides = ("organisation/norrlyftet", "organisation/norrlyftet-ab")
    judged = Ruling("same", *sides, "AB", "2024-01-01", "merged", ("", ""))
    found = run(numbered("Norrlyftet", FIRST), numbered("Norrlyftet AB", SECOND), rulings=[judged])
    assert list(numbers(found).values()) == [None]


def test_a_number_of_the_registers_decides() -> None:
    record = next(o for o in REGISTERS.organisations if o.org_number and o.kind == "university")
    found = run(numbered("Lärosätet vid älven", str(record.org_number)))
    assert numbers(found) == {f"organisation/{record.id}": record.org_number}
    # a number other than the registers' is not stated
    found = run(numbered(record.name, FIRST))
    assert numbers(found) == {f"organisation/{record.id}": record.org_number}
    number = expand("bg:organisationNumber")
    stated = {q.object.value for q in quads(found, [], REGISTERS) if q.predicate.value == number}
    assert FIRST not in stated and record.org_number in stated


def test_a_name_that_the_registers_hold_has_the_iri_of_the_register() -> None:
    assert iris(run(partners("Högskolans i Borås", "Luleå kommuns"))) == [
        "organisation/hogskolan-i-boras", "organisation/kommun-2580"]
    # a name that is also a word, and a bare acronym that many bear, are left as they are
    assert not set(iris(run(partners("Ratio", "KI")))) & {"organisation/ratio", "organisation/karolinska-institutet"}


def test_a_name_means_its_bearer_at_the_time() -> None:
    early, late = partners("Region Värmland", date="2015-03-01"), partners("Region Värmland", date="2022-03-01")
    assert iris(run(early, late)) == ["organisation/region-varmland", "organisation/region-varmland-kommunalforbund"]


def test_almost_alike_is_a_question() -> None:
    resolution = run(partners("Teknikcentrum Dalälvskraft"), partners("Teknikcentrum Dalälvkraft"))
    assert len(iris(resolution)) == 2
    (doubt,) = (j for j in resolution.judgements if j.verdict == "undecided")
    assert {doubt.left_thing, doubt.right_thing} == set(iris(resolution))
    assert [i.code for _, i in resolution.issues] == ["identity_undecided"]


def test_owners_in_other_words_are_one_context() -> None:
    def owned(name: str, owner: str) -> PaperMaker:
        made = PaperMaker(name)
        made.decision(made.project("NORD"), "granted", beneficiary=owner)
        return made

    assert len(iris(run(owned("a", "Norrlyftet AB"), owned("b", "Norrlyftet Aktiebolag")), "Project")) == 1


@pytest.mark.parametrize("name", ["1:1-anslaget", "Europeiska regionala utvecklingsfonden"])
def test_a_fund_among_those_who_pay_is_the_fund(name: str) -> None:
    paper = PaperMaker("a")
    project = paper.project("Norrsken")
    act = paper.decision(project, "granted", funding_source=name)
    paper.line(project, name, amount_sek="100", status="granted", decision=act)
    paper.line(project, "Luleå kommun", amount_sek="50", status="granted", decision=act)
    resolution = run(paper)
    assert iris(resolution) == ["organisation/kommun-2580"]
    stated = list(quads(resolution, [paper.make()], REGISTERS))
    payers = {q.object.value for q in stated if q.predicate.value == expand("bg:contributor")}
    kinds = {q.subject.value for q in stated if q.object == q.object and str(q.object.value) == expand("bg:Funder")}
    assert any("/fund/" in payer for payer in payers) and not any("/fund/" in thing for thing in kinds)


# --- boards ---------------------------------------------------------------------------------------------------


def board(name: str, body: str, authority: object = None) -> PaperMaker:
    made = PaperMaker(name)
    values = {"deciding_body": body} | ({"authority": authority} if authority else {})
    made.decision(made.project(f"Projekt {name}"), "granted", **values)
    return made


def test_boards_by_form_and_authority() -> None:
    region = ("Region Norrbotten", "region-norrbotten")
    resolution = run(
        board("a", "Regionala utvecklingsnämnden", region),
        board("b", "Regional utvecklingsnämnd", region),
        board("c", "RUN", region),
        board("d", "Region Norrbottens regionala utvecklingsnämnd"),
        board("e", "Regionala utvecklingsnämnden", ("Region Skåne", "region-skane")),
        board("f", "Regionstyrelsen", region),
    )
    assert len(iris(resolution, "Board")) == 3


# --- numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "one", "many"),
    [
        ("REGAC-83-2026", "REGAC 83-2026", True, True),
        ("REGAC-83-2026", "dnr. 83/2026", True, False),
        ("REGAC-83-2026", "Dnr 2026/83", True, False),
        ("REGAC-83-2026", "REGAC-84-2026", False, False),
        ("REGAC-83-2026", "RUN-83-2026", False, False),
        ("RS 2023/0012", "RS2023-12", True, True),
        ("22RS10518", "22 RS 10518", True, True),
        ("RS180377", "RS 18-0377", True, True),
        ("12", "RS 12", False, False),
        ("", "", True, True),
    ],
)
def test_spellings_of_a_number(left: str, right: str, one: bool, many: bool) -> None:
    assert same_number(left, right, one_authority=True) is same_number(right, left, one_authority=True) is one
    assert same_number(left, right, one_authority=False) is many


def test_a_number_in_parts() -> None:
    assert read_number("Dnr: RS 2023/0012") == read_number("rs-12-2023")
    assert read_number("RS 2023/0012").series == "rs" and read_number("RS 2023/0012").numbers == ("2023", "12")


def test_two_papers_with_one_number_in_two_spellings_tell_of_one_act() -> None:
    def told(name: str, number: str) -> PaperMaker:
        made = PaperMaker(name)
        values = {"authority": ("Region Västerbotten", "region-vasterbotten"), "diary_number": number}
        made.decision(made.project("Vindkollen"), "granted", **values)
        return made

    resolution = run(told("a", "REGAC-83-2026"), told("b", "dnr. 83/2026"))
    assert len(iris(resolution, "Decision")) == 1
    assert {c.value.lexical for c in resolution.claims if c.property == "diary_number"} == {"REGAC-83-2026"}
    assert not [i for _, i in resolution.issues if i.code == "sources_disagree"]


# --- judgements of persons --------------------------------------------------------------------------------------


def same(left: str, right: str, when: str = "2024-01-01") -> Ruling:
    return Ruling("same", left, right, "AB", when, "known")


def different(left: str, right: str, when: str = "2024-01-01") -> Ruling:
    return Ruling("different", left, right, "CD", when, "known")


A, B, C = (f"organisation/{name}-ab" for name in ("granbolaget", "tallbolaget", "enbolaget"))


def three(*rulings: Ruling) -> Resolution:
    return run(partners("Granbolaget AB", "Tallbolaget AB", "Enbolaget AB"), rulings=list(rulings))


def test_a_person_outweighs_the_machine() -> None:
    assert len(iris(three())) == 3
    merged = three(same(A, B))
    assert len(iris(merged)) == 2 and (A, B) in merged.replaced or (B, A) in merged.replaced
    apart = run(partners("Norrlyftet", "Norrlyftet AB"),
                rulings=[different("organisation/norrlyftet", "organisation/norrlyftet-ab")])
    assert len(iris(apart)) == 2


def test_the_later_judgement_on_a_pair_holds() -> None:
    assert len(iris(three(same(A, B), different(A, B, "2024-02-01")))) == 3
    assert len(iris(three(different(A, B, "2024-02-01"), same(B, A, "2024-03-01")))) == 2


def test_a_contradiction_is_told_and_nothing_is_merged_that_was_judged_different() -> None:
    resolution = three(same(A, B), same(B, C), different(A, C))
    told = [issue.message for _, issue in resolution.issues if issue.code == "judgements_contradict"]
    assert len(told) == 1 and "judged different by CD" in told[0]
    # no paper is at fault
    assert [paper for paper, issue in resolution.issues if issue.code == "judgements_contradict"] == [""]
    assert len(iris(resolution)) == 2


def test_judgements_on_things_that_are_not_there_wait() -> None:
    assert three(same("organisation/no-such", A), different("project/x", "project/y")) == three()


def test_boards_and_decisions_are_judged_too() -> None:
    region = ("Region Norrbotten", "region-norrbotten")
    papers = [board("a", "Regionstyrelsen", region), board("b", "Nya nämnden", region)]
    before = run(*papers)
    assert len(iris(before, "Board")) == 2 == len(iris(before, "Decision"))
    assert len(iris(run(*papers, rulings=[same(*iris(before, "Board"))]), "Board")) == 1
    assert len(iris(run(*papers, rulings=[same(*iris(before, "Decision"))]), "Decision")) == 1


# --- what a judgement leaves alone ------------------------------------------------------------------------------


NORTH = ("Region Norrbotten", "region-norrbotten")


def granted(paper: PaperMaker, project: str, number: str, **values: object) -> None:
    paper.decision(paper.project(project), "granted", authority=NORTH, diary_number=number, **values)


def test_a_merge_drags_no_third_project_along() -> None:
    late, early = PaperMaker("b"), PaperMaker("a")
    granted(late, "Norrsken (NS)", "RUN 2024/17")
    granted(early, "Norrsken", "RUN 2023/117")
    granted(early, "Norrskenet", "RUN 2023/118")

    def asked(resolution: Resolution) -> list[tuple[str, str]]:
        return [(j.left_thing, j.right_thing) for j in resolution.judgements if j.verdict == "undecided"]

    before = run(late, early)
    assert iris(before, "Project") == ["project/norrsken", "project/norrsken-ns", "project/norrskenet"]
    assert {"project/norrsken", "project/norrsken-ns"} in [set(pair) for pair in asked(before)]
    for papers in ([late, early], [early, late]):
        after = run(*papers, rulings=[same("project/norrsken-ns", "project/norrskenet")])
        # the judged two are one; the third stays what it was, a question
        assert len(iris(after, "Project")) == 2 and "project/norrsken" in iris(after, "Project")
        (merged,) = set(iris(after, "Project")) - {"project/norrsken"}
        assert {"project/norrsken", merged} in [set(pair) for pair in asked(after)]
        assert not [j for j in after.judgements if j.verdict == "same" and j.author == "machine"]


def test_a_merge_of_acts_drags_no_third_act_along() -> None:
    papers = []
    for name, number, date in (("a", "RUN 2023/1", "2023-01-10"), ("b", "RUN 2023/2", "2023-05-10")):
        papers.append(PaperMaker(name))
        granted(papers[-1], "Vindkollen", number, date=date, beneficiary="Vinden AB", amount_sek="100")
    # of the day of the one and with the number of the other
    papers.append(PaperMaker("c"))
    granted(papers[-1], "Vindkollen", "RUN 2023/2", date="2023-01-10", beneficiary="Vinden AB", amount_sek="100")
    before = run(*papers)
    assert len(iris(before, "Decision")) == 3
    judged = [iri for iri in iris(before, "Decision") if "2023-1" in iri[-8:] or "2023-05-10" in iri]
    assert len(judged) == 2
    after = run(*papers, rulings=[same(*judged)])
    assert len(iris(after, "Decision")) == 2
    assert len([n for e in after.entities if e.type == "Decision" for n in e.nodes]) == 3


def test_a_person_keeps_apart_what_another_judgement_would_bring_together() -> None:
    def paper(name: str, project: str) -> PaperMaker:
        made = PaperMaker(name)
        granted(made, project, "RUN 2023/7")
        return made

    papers = [paper("a", "Norrsken i skolan"), paper("b", "Norrsken i skolan"), paper("c", "Ljuset i skolan")]
    first = run(*papers[:2])
    assert len(iris(first, "Project")) == 1
    one, two = (f"project/norrsken-i-skolan-{short_hash(told_by_paper('project/norrsken-i-skolan', p.id))}"
                for p in papers[:2])
    after = run(*papers, rulings=[same("project/ljuset-i-skolan", one), different("project/ljuset-i-skolan", two)])
    groups = [{n.split("#")[0] for n in e.nodes} for e in after.entities if e.type == "Project"]
    assert sorted(map(sorted, groups)) == sorted([sorted([papers[0].id, papers[2].id]), [papers[1].id]])


def test_the_iri_of_a_merged_organisation_of_the_registers_leads_on() -> None:
    both = "organisation/region-norrbotten", "organisation/region-vasterbotten"
    papers = [partners("Region Norrbotten", "Region Västerbotten"), partners("Umeå universitet")]
    assert set(both) <= set(iris(run(*papers)))
    after = run(*papers, rulings=[same(*both)])
    (kept,) = set(both) & set(iris(after))
    (gone,) = set(both) - {kept}
    assert [new for old, new in after.replaced if old == gone] == [kept]
    # with an organisation that no register holds
    after = run(partners("Region Norrbotten", "Norrlyftet AB"), rulings=[same(both[0], "organisation/norrlyftet-ab")])
    assert iris(after) == [both[0]] and ("organisation/norrlyftet-ab", both[0]) in after.replaced
