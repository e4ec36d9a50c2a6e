"""Whether the form of a paper is known, and what is missing where it is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.forms.anchors import Finding, Fingerprint, has_acts
from kg.forms.catalogue import Catalogue, KnownPaper, liken

KNOWN, MOVED, UNKNOWN = VERDICTS = ("known", "moved", "unknown form")

# Below these the form is unknown; docs/commands.md has the figures that they rest on, tests/forms/test_threshold.py
# measures them again.  Where in either paper no decision was understood, they have little to be alike in, so more
# of it must be the same.
LEAST_WHOLE, LEAST_WHOLE_SILENT = 0.42, 0.65
LEAST_SAID, LEAST_SAID_SILENT = 0.46, 0.8
# A paper that is this much like one of its own body is one of theirs whose anchors moved, not something else on the
# same letterhead.
LEAST_OF_BODY = 0.3

# A body's papers show what to expect of the next one from this many on.
LEAST_KIN = 2
MOST = 0.9


@dataclass(frozen=True, slots=True)
class Expected:
    """A thing that papers carry: the beginnings of the anchors that show it, its name, and what to try where it is
    missing."""

    name: str
    anchors: tuple[str, ...]
    hint: str


_LABELS = "look under which label or word it stands; data/lexicon/labels.toml [{}]"
EXPECTED = (
    Expected("decision", ("act:",), "look which words decide or propose; data/lexicon/decisions.toml has those known"),
    Expected(
        "authority",
        ("place:authority@",),
        "add the organisation to your registers (kg.toml), or its kind to data/lexicon/parties.toml",
    ),
    Expected("deciding body", ("place:deciding_body@",), "look how the board is named in the head or where it decides"),
    Expected("date of decision", ("place:date@",), _LABELS.format("decision_date")),
    Expected("diary number", ("place:diary_number@",), _LABELS.format("diary_number")),
    Expected("beneficiary", ("says:decision.beneficiary",), _LABELS.format("beneficiary")),
    Expected("amount", ("says:decision.amount_sek",), "kg extract --ledger shows what became of each amount"),
    Expected("table of projects", ("table:projects",), "look at its heads; data/lexicon/labels.toml lists those known"),
)
NOTHING_ALIKE = Finding(
    "unlike",
    "nothing that decision papers carry is missing, but no paper like it has been seen",
    "read a few of its facts (kg extract) against the paper; if they are right, name the folder with --known",
)
_PLACES = {
    "letterhead": "in the head",
    "label": "after a label",
    "sentence": "in a sentence",
    "subject": "in the sentence that decides",
    "heading": "in a heading",
    "section": "at the head of a section",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """``verdict``: one of ``VERDICTS``; ``nearest``: the known paper that is most alike, by ``similarity`` from 0 to
    1; ``findings``: what is missing, empty where the form is known."""

    fingerprint: Fingerprint
    verdict: str
    nearest: KnownPaper | None
    similarity: float
    findings: tuple[Finding, ...] = ()


def judge(fingerprint: Fingerprint, catalogue: Catalogue) -> Verdict:
    """Whether the paper is of a form in the catalogue.

    ``known``: it is as like to a known paper as papers of one form are.  ``moved``: it is, or comes from a body whose
    papers are known, but lacks what those carry, or words that should tell something were not understood.
    ``unknown form``: neither.  A paper that is itself in the catalogue, other than by its shard, is known.
    """
    itself = catalogue.find(fingerprint.document)
    if itself is not None:
        return Verdict(fingerprint, KNOWN, itself, 1.0)
    nearest, likeness, near = _nearest(fingerprint, catalogue)
    kin = catalogue.of_body(fingerprint)
    alike = max((liken(fingerprint, paper) for paper in kin), default=0.0)
    missing = tuple(_missing_of_body(fingerprint, kin)) if near or alike >= LEAST_OF_BODY else ()
    moved = (*missing, *(f for f in fingerprint.findings if f.moves))
    if not near and not missing:
        found = (*fingerprint.findings, *_missing(fingerprint)) or (NOTHING_ALIKE,)
        return Verdict(fingerprint, UNKNOWN, nearest, likeness, found)
    if moved:
        return Verdict(fingerprint, MOVED, nearest, likeness, moved)
    return Verdict(fingerprint, KNOWN, nearest, likeness)


def _nearest(fingerprint: Fingerprint, catalogue: Catalogue) -> tuple[KnownPaper | None, float, bool]:
    """The most like paper, how like, and whether that is enough: by all anchors, else by those that shards have."""
    one, by_all = catalogue.nearest(fingerprint, whole=True)
    if _suffices(fingerprint, one, by_all, LEAST_WHOLE, LEAST_WHOLE_SILENT):
        return one, by_all, True
    two, by_said = catalogue.nearest(fingerprint, whole=False)
    if _suffices(fingerprint, two, by_said, LEAST_SAID, LEAST_SAID_SILENT):
        return two, by_said, True
    return (one, by_all, False) if one is not None else (two, by_said, False)


def _suffices(
    fingerprint: Fingerprint, paper: KnownPaper | None, likeness: float, least: float, least_silent: float
) -> bool:
    if paper is None:
        return False
    decides = has_acts(fingerprint.anchors) and has_acts(paper.anchors)
    return likeness >= (least if decides else least_silent)


def _has(anchors: frozenset[str], expected: Expected) -> bool:
    return any(a.startswith(expected.anchors) for a in anchors)


def _missing_of_body(fingerprint: Fingerprint, kin: list[KnownPaper]) -> Iterator[Finding]:
    if len(kin) < LEAST_KIN:
        return
    # What another form of paper carries says little: news of a board have no diary number. But all tell of decisions.
    same_form = kin[0].form == fingerprint.form
    for expected in EXPECTED if same_form else EXPECTED[:1]:
        able = [p for p in kin if p.whole or not expected.anchors[0].startswith("table:")]
        carry = [p for p in able if _has(p.anchors, expected)]
        if len(able) < LEAST_KIN or len(carry) < MOST * len(able) or _has(fingerprint.anchors, expected):
            continue
        if expected.name == "amount" and "act:granted" not in fingerprint.anchors:
            continue
        where = _usual_place(carry, expected)
        carried = f"papers of this body carry it{where}" if where else "papers of this body have one"
        code = f"no_{expected.name.replace(' ', '_')}"
        yield Finding(code, f"no {expected.name}: {carried}", expected.hint, moves=True)


def _usual_place(kin: list[KnownPaper], expected: Expected) -> str:
    places = [
        a.rpartition("@")[2] for p in kin for a in sorted(p.anchors) if a.startswith(expected.anchors) and "@" in a
    ]
    usual = max(sorted(set(places)), key=places.count, default="")
    return f" {_PLACES[usual]}" if usual in _PLACES else ""


def _missing(fingerprint: Fingerprint) -> Iterator[Finding]:
    """What decision papers carry and this one does not."""
    lacking = [expected for expected in EXPECTED[:5] if not _has(fingerprint.anchors, expected)]
    if lacking:
        names = [expected.name for expected in lacking]
        listed = " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
        hint = f"leave the paper out if it decides on no projects; else {lacking[0].hint}"
        yield Finding("lacking", f"no {listed} was found", hint)
