"""The extraction of one paper: from typed spans to acts, payments and links."""

from __future__ import annotations

from kg.extract.acts import Act, adopt_proposals
from kg.extract.context import Paper, Reading
from kg.extract.filling import fill_act, share_between_acts
from kg.extract.history import promote_told
from kg.extract.inheriting import inherit_from_paper, paper_fund, take_addressee
from kg.extract.lineage import find_links
from kg.extract.listing import fill_listed, lend_entries, record_acts
from kg.extract.logged import logged_acts
from kg.extract.merging import merge_acts
from kg.extract.naming import main_project, name_projects
from kg.extract.ownpages import take_owner
from kg.extract.parties import settle_parties
from kg.extract.paying import read_payments
from kg.extract.recalled import compare_columns, recall_acts, settle_recalled
from kg.extract.sections import Matter
from kg.extract.sheet import opens_with_sheet, sheet_act
from kg.extract.telling import sentence_acts
from kg.extract.topics import Topics


def read_paper(paper: Paper) -> Reading:
    """All that the paper says, step by step: names, acts, their facts, payments, links.

    The order of the steps is the order of the lines; each fills what the next ones need.
    """
    name_projects(paper)
    acts = record_acts(paper.view, paper.lexicon, paper.records, paper.sections, paper.matters, paper.form) + [
        *logged_acts(paper),
        *sentence_acts(paper),
    ]
    adopt_proposals(paper.view, paper.lexicon, acts, paper.sections, paper.matters, paper.frame)
    acts = merge_acts(paper, acts)
    lend_entries(paper.records, acts)
    promote_told(paper, acts)
    acts += recall_acts(paper, acts)
    opens = opens_with_sheet(paper.view, paper.lexicon, acts)
    if not paper.records and (opens or not any(a.main for a in acts)):
        sheet = sheet_act(paper.view, paper.lexicon, paper.book, "proposed" if paper.form == "proposal" else "decided")
        if sheet is not None:
            paper.matters = [Matter(0, 0, len(paper.view.text), None, "whole")]
            paper.book.settle()
            acts = [sheet, *(a for a in acts if a.project is not sheet.project)]
            for told in acts[1:]:
                told.main = told.main and not opens
    _bring_home(paper, acts)
    own = {a.matter.index if a.matter else -1 for a in acts if a.main and a.inherit}
    for act in acts:
        if not act.inherit and (act.matter.index if act.matter else -1) in own:
            # an earlier decision told in a letter: its project does not own the letter
            others = [a.project for a in acts if a.main and a.inherit and a.matter is act.matter]
            act.main = act.main and act.project in others
            continue
        owners = paper.owners.setdefault(act.matter.index if act.matter else -1, [])
        if act.main and act.project not in owners:
            owners.append(act.project)
    if not any(paper.owners.values()):
        main = main_project(paper, None)
        if main is not None and main.rule in ("project.label", "project.heading"):
            paper.owners[0] = [main]
    if paper.page is not None and all(p is paper.page for ps in paper.owners.values() for p in ps):
        paper.owners = {m.index: [paper.page] for m in paper.matters}
    paper.topics = Topics(paper.view, paper.book, paper.matters, paper.owners)
    changed = {a.project.id for a in acts if a.outcome == "other"}
    for act in acts:
        act.book = paper.book
        act.changed = act.outcome == "grant" and not act.inherit and act.project.id in changed
        fill_act(paper, act)
    fill_listed(paper.view, paper.lexicon, paper.book, acts, paper.frame, paper.owners.get(-1, []))
    compare_columns(paper, acts)
    share_between_acts(paper, acts)
    paper.frame.fund = paper_fund(paper)
    letter = paper.frame.addressee is not None and len(paper.matters) <= 1
    titled = next((p for p in paper.book.projects if p.rule == "project.heading"), None) if letter else None
    for act in acts:
        take_owner(paper.view, paper.lexicon, paper.frame, paper.book, act)
        inherit_from_paper(paper, act)
        only = len({a.project.id for a in acts if a.main and a.inherit}) == 1
        if act.main and act.inherit and (only or act.project is titled):
            take_addressee(paper, act, len({a.project.id for a in acts}) == 1)
        settle_parties(act, paper.registers, paper.view)
        if act.outcome == "reject":
            act.slots.pop("amount_sek", None)  # a raise that is refused: 'begär att bidraget höjs till'
            act.slots.pop("new_amount_sek", None)
        if act.outcome == "reject" or act.outcome == "other" and "amount_sek" not in act.slots:
            act.slots.pop("funding_source", None)  # nothing is drawn on where an application is refused or tabled
    settle_recalled(paper, acts)
    reading = Reading(paper.view, paper.frame, paper.form, paper.book, acts, grids=paper.grids)
    read_payments(paper, reading)
    reading.links = find_links(
        paper.view, paper.lexicon, paper.book, paper.topics.of, paper.topics.owner, paper.outside
    )
    return reading


def _bring_home(paper: Paper, acts: list[Act]) -> None:
    """Give acts that stand above all matters, as in a memo that opens with what it proposes, the one matter whose
    heading names their project."""
    headed: dict[str, list[Matter]] = {}
    for matter in paper.matters if len(paper.matters) > 1 else ():
        for mention in paper.book.mentions_in(*matter.heading) if matter.heading is not None else ():
            headed.setdefault(mention.project.id, []).append(matter)
    for act in acts:
        homes = headed.get(act.project.id, [])
        if act.matter is None and act.main and act.inherit and act.rule == "act.sentence" and len(homes) == 1:
            act.matter = homes[0]
