"""Labels alone on a line with their value below, and heads of columns that stand apart from their table."""

from __future__ import annotations

import re

from kg.clean.assemble import Draft
from kg.clean.lines import plain
from kg.clean.words import is_known_label, is_reference, is_state, label_of, may_label, opens_section, shaped_label
from kg.lexicon import shape

_SUM = shape("clean_pairs", "sum")
_LABEL = 48
_VALUE = 160
_LEAST = 3  # pairs, with the fields of the paper, that make a label's value of a line below it


def pair_drafts(base: str, drafts: list[Draft]) -> list[Draft]:
    """The drafts with each lone label and the line below it as one field, and heads of columns put on their table."""
    drafts = _with_heads(base, drafts)
    pairs = {i for i in range(len(drafts) - 1) if _is_pair(base, drafts, i)}
    if not pairs or len(pairs) + sum(d.kind == "field" for d in drafts) < _LEAST:
        return drafts
    labels = [_words(base, drafts[i]).casefold() for i in pairs]
    values = [_words(base, drafts[i + 1]) for i in pairs] + [_value(base, d) for d in drafts if d.kind == "field"]
    if len(set(labels)) < len(labels) or not any(map(_SUM.search, values)):
        return drafts
    made: list[Draft] = []
    at = 0
    while at < len(drafts):
        if at in pairs:
            label, value = drafts[at], drafts[at + 1]
            made.append(Draft("field", [[label.rows[0][0], value.rows[0][0]]], page=label.page))
            at += 2
            continue
        made.append(drafts[at])
        at += 1
    return made


def _words(base: str, draft: Draft) -> str:
    if len(draft.rows) != 1 or len(draft.rows[0]) != 1:
        return ""
    return " ".join(plain(base, low, high) for low, high, _ in draft.rows[0][0]).strip()


def _value(base: str, draft: Draft) -> str:
    return " ".join(plain(base, low, high) for low, high, _ in draft.rows[0][-1])


def _is_pair(base: str, drafts: list[Draft], index: int) -> bool:
    """Whether a line is a label with its value below: the line above is no label too, as heads of columns are."""
    label, value = drafts[index], drafts[index + 1]
    if label.kind not in ("paragraph", "heading") or value.kind != "paragraph":
        return False
    words, below = _words(base, label), _words(base, value)
    if opens_section(words):
        return False
    if not 0 < len(words) <= _LABEL or not (may_label(words) or shaped_label(words)):
        return False
    above = _words(base, drafts[index - 1]) if index else ""
    if above and is_known_label(above) and not is_state(above):
        return False
    if _goes_on(base, drafts, index) or is_reference(below) and not re.match(r"\d", below):
        return False
    if not 0 < len(below) <= _VALUE or may_label(below) or shaped_label(below) or label_of(below):
        return False
    return not below.endswith((".", ":", "?", "!")) or len(below.split()) < 4


def _goes_on(base: str, drafts: list[Draft], index: int) -> bool:
    """Whether further lines follow the value without a blank line, as in a list."""
    if index + 2 >= len(drafts) or drafts[index + 2].kind not in ("paragraph", "list_item"):
        return False
    value, third = drafts[index + 1], drafts[index + 2]
    words = _words(base, third)
    if not words or may_label(words) or shaped_label(words) or label_of(words):
        return False
    return "\n\n" not in re.sub(r"[ \t]", "", base[value.rows[0][0][-1][1] : third.rows[0][0][0][0]])


def _with_heads(base: str, drafts: list[Draft]) -> list[Draft]:
    """Paragraphs of one printed line right above a table of as many columns are its heads."""
    made: list[Draft] = []
    for draft in drafts:
        width = max((len(row) for row in draft.rows), default=0) if draft.kind == "table" else 0
        heads = made[-width:] if width > 2 and not draft.heads else []
        if (
            len(heads) == width > 2
            and all(h.kind == "paragraph" and _words(base, h) for h in heads)
            and "\n" not in base[heads[0].rows[0][0][0][0] : heads[-1].rows[0][0][-1][1]]
            and sum(is_known_label(_words(base, h)) for h in heads) * 2 >= width
        ):
            del made[-width:]
            row = [h.rows[0][0] for h in heads]
            columns = [[(c, True) for c in range(width)], *draft.columns] if draft.columns else []
            draft = Draft("table", [row, *draft.rows], draft.level, draft.page, frozenset({0}), columns)
        made.append(draft)
    return made
