"""The fingerprint of a paper's form: the set of its anchors, and how alike two such sets are.

An anchor is a word ``kind:value``, such as ``section:decision`` or ``place:date@letterhead``.  Those of the kinds in
``SAID`` follow from what was extracted and so are known of any shard; the others are seen in the paper alone.
"""

from __future__ import annotations

from dataclasses import dataclass

# kind of anchor -> how much it tells of a form, and what it is.
KINDS: dict[str, tuple[float, str]] = {
    "media": (0.25, "the media type"),
    "language": (0.25, "the language of the prose"),
    "form": (0.5, "the form that extraction tells: minutes, proposal, list ..."),
    "head": (1.0, "how its matters are headed: sign (§), dotted, letter, number, title, or whole where it is one"),
    "section": (1.0, "a kind of section heading: proposal, decision, history, grounds, conditions ..."),
    "label": (0.5, "a group of data/lexicon/labels.toml found in fields, table heads or 'Label: value' lines"),
    "place": (1.0, "where authority, deciding body, date or diary number were found: letterhead, label, sentence"),
    "table": (1.0, "a kind of table: projects, financing, costs, years, other"),
    "verb": (1.5, "where decision verbs stand: in decision sections, in proposals, elsewhere"),
    "act": (1.0, "an outcome that was understood"),
    "says": (1.0, "a property that was read, such as decision.beneficiary"),
    "unread": (0.5, "how much of the amounts, dates and numbers no rule could use: few, some, many"),
}
SAID = frozenset({"media", "form", "place", "act", "says", "unread"})

# Two papers that have hardly any anchors are not alike because they share those; this much weight must be there.
FLOOR = 8.0

Anchors = frozenset[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a paper lacks, in plain words, and what to try.

    ``code``: a short name of the kind of finding.  ``moves``: whether it shows that a paper of a form seen before is
    read by half; else it only explains why a form is unknown.
    """

    code: str
    missing: str
    hint: str
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The form of one paper.

    ``authority`` and ``body``: the organisation and the board whose paper it is, None where they were not found.
    ``whole``: whether the paper itself was looked at; of a shard only the anchors in ``SAID`` are known.
    ``findings``: what in the paper alone shows that words were not understood.
    """

    document: str
    source: str
    authority: str | None
    body: str | None
    form: str
    anchors: Anchors
    whole: bool = True
    findings: tuple[Finding, ...] = ()


def weigh(anchors: Anchors) -> float:
    """The sum of the anchors' weights."""
    return sum(KINDS[anchor.partition(":")[0]][0] for anchor in sorted(anchors))


def has_acts(anchors: Anchors) -> bool:
    """Whether a decision was understood."""
    return any(a.startswith("act:") for a in anchors)


def keep_said(anchors: Anchors) -> Anchors:
    """The anchors that a shard would have."""
    return frozenset(a for a in anchors if a.partition(":")[0] in SAID)


def similarity(one: Anchors, two: Anchors, floor: float = FLOOR) -> float:
    """The weighted Jaccard index, from 0 to 1: the weight of what both have over that of what either has, or over
    ``floor`` where that is less."""
    return round(weigh(one & two) / max(weigh(one | two), floor), 3)
