"""Whether two names of boards mean one board: a board is told by its name and the authority that it belongs to."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.lexicon import load_lexicon
from kg.resolve.directory import Directory
from kg.resolve.mentions import Mention, Verdict
from kg.resolve.names import board_key
from kg.resolve.organisations import judge_organisations

_BRACKETS = re.compile(r"\s*\([^()]*\)")


@cache
def _short() -> dict[str, str]:
    return dict(load_lexicon().get("resolve", "boards", "short"))


@cache
def _endings() -> frozenset[str]:
    return frozenset(load_lexicon().get("resolve", "board_endings").values())


@cache
def _links() -> frozenset[str]:
    return frozenset(load_lexicon().words("resolve", "boards", "links"))


@lru_cache(maxsize=65536)
def board_form(name: str) -> str:
    """The normal form of a board's name: definite and indefinite, written out and short ("RUN") are one."""
    key = board_key(_BRACKETS.sub("", name))
    words = [w for w in _short().get(key, key).split() if w not in _links()]
    if words and words[-1].endswith("s") and not words[-1].endswith("ss"):
        words[-1] = board_key(words[-1][:-1])
    return " ".join(words)


def split_board(mention: Mention, directory: Directory) -> tuple[str, str]:
    """The normal form of the board itself and the name of the authority, which may stand in the board's name."""
    name, authority = mention.name, mention.authority
    before, mark, behind = name.partition(", ")
    if mark and _owner(behind, directory):
        return board_form(before), authority or behind
    words = _BRACKETS.sub("", name).replace(",", "").split()
    for cut in range(1, len(words)):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        if tail.split()[0].casefold() in _links() and len(tail.split()) > 1:
            owner = " ".join(tail.split()[1:])
            if _owner(owner, directory):
                return board_form(head), authority or _owner(owner, directory)
        if _owner(head, directory) and _is_board(tail):
            return board_form(tail), authority or _owner(head, directory)
    return board_form(name), authority


def _owner(name: str, directory: Directory) -> str:
    """The organisation that a name in a board's name means ("Luleå": its municipality); empty where it means none."""
    found = directory.find(name).key
    if found is not None and found[0] == "municipality":
        return f"{name.removesuffix('s')} kommun" if directory.find(name.removesuffix("s")).key else f"{name} kommun"
    return name if found is not None and found[0] == "organisation" else ""


def _is_board(name: str) -> bool:
    """Whether the rest of a name is a board's: it ends in a word such as "nämnden"."""
    form = board_form(name)
    return any(form.endswith(ending) for ending in _endings())


def says_whose(name: str) -> bool:
    """Whether a board's name holds a proper name ("Partnerskapet Mellersta Norrland"), so that it is one by
    itself; "Regionstyrelsen" is another board in every region."""
    return any(word[:1].isupper() for word in _BRACKETS.sub("", name).split()[1:])


def judge_boards(left: Mention, right: Mention, directory: Directory) -> Verdict:
    """The verdict on two mentions of boards."""
    (a, of_a), (b, of_b) = split_board(left, directory), split_board(right, directory)
    if a != b:
        return "different", 0.0, f"the names differ ({a} / {b})"
    if of_a and of_b:
        verdict, score, reason = judge_organisations(
            Mention("organisation", of_a, date=left.date), Mention("organisation", of_b, date=right.date), directory
        )
        if verdict == "same":
            return "same", min(score, 0.98), f"the same name, and one authority: {reason}"
        return verdict, score, f"the same name, but of two authorities: {reason}"
    if says_whose(left.name) and says_whose(right.name):
        return "same", 0.95, "the same name, which says whose it is"
    return "undecided", 0.5, "the same name, but not known of which authority"
