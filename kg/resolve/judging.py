"""Whether two mentions are one thing: the judges of each kind behind one function."""

from __future__ import annotations

from kg.registers import Registers
from kg.resolve.boards import judge_boards
from kg.resolve.directory import directory_of
from kg.resolve.mentions import Mention, Verdict
from kg.resolve.nodes import mention_facts
from kg.resolve.organisations import judge_organisations
from kg.resolve.projects import compare_projects


def judge_mentions(left: Mention, right: Mention, registers: Registers) -> Verdict:
    """The verdict (same, different, undecided), its score and the reason, for two mentions of one kind."""
    directory = directory_of(registers)
    if left.kind == "project":
        return compare_projects(mention_facts(left, directory), mention_facts(right, directory))
    if left.kind == "board":
        return judge_boards(left, right, directory)
    if left.kind in ("organisation", "region"):
        return judge_organisations(left, right, directory)
    raise ValueError(f"no judge for mentions of kind {left.kind!r}")
