"""What each paper by itself says of the organisations, boards, places and funds that it names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.model import Value
from kg.registers import Registers
from kg.resolve.boards import board_form, says_whose, split_board
from kg.resolve.directory import directory_of
from kg.resolve.identities import ORGANISATION, Identities
from kg.resolve.mentions import Mention
from kg.resolve.names import board_key
from kg.resolve.nodes import Node, value_key

Said = tuple[str, str]
"""The kind of a thing, and the identity that one paper alone gives it."""
Forms = dict[Said, dict[str, int]]
"""How often each name is used of what is said to be one thing."""

THING_KINDS = ("organisation", "county", "municipality", "board", "fund")


class Sayings:
    """Tells what a value of a node says, by its own paper and the registers, so that other papers never change it."""

    def __init__(self, identities: Identities, registers: Registers | None) -> None:
        self._identities = identities
        self._directory = directory_of(registers) if registers is not None else None

    def of(self, value: Value, node: Node) -> Said:
        """``value`` is of one of ``THING_KINDS``."""
        if value.kind == "board":
            return "board", self._board(value, node)
        if value.kind == ORGANISATION:
            return ORGANISATION, self._identities.say(value, node)
        return value.kind, self._identities.of(value, node)

    def _board(self, value: Value, node: Node) -> str:
        """A board as one paper tells it: its authority, the name as a key, the name as compared, and, where neither
        says whose it is, the paper."""
        authority = node.first("authority")
        owner = value_key(authority) if authority is not None else ""
        form = board_form(value.lexical)
        if not owner and self._directory is not None:
            form, named = split_board(Mention("board", value.lexical), self._directory)
            known = self._directory.find(named).key if named else None
            owner = f"id:{known[1]}" if known is not None else ""
        if not owner and not says_whose(value.lexical):
            owner = f"paper:{node.document}"
        return "\t".join((owner, board_key(value.lexical), form))

    def count(self, node: Node) -> Counter[tuple[str, str, str]]:
        """Kind, identity and name of each thing that a node names, and how often it does."""
        return Counter(
            (*self.of(claim.value, node), claim.value.lexical)
            for claim in node.all_claims()
            if claim.value.kind in THING_KINDS
        )


def add_up(counted: Iterable[Mapping[tuple[str, str, str], int]]) -> Forms:
    """What several nodes say together."""
    forms: Forms = {}
    for counts in counted:
        for (kind, own, name), times in counts.items():
            of = forms.setdefault((kind, own), {})
            of[name] = of.get(name, 0) + times
    return forms


def names_of_organisations(forms: Forms) -> dict[str, dict[str, int]]:
    """What is said of organisations, and of funds given as such, with the names."""
    return {own: names for (kind, own), names in forms.items() if kind == ORGANISATION}
