"""Organisation numbers that stand with a name: "Norrteknik AB (org.nr 556677-8899)", or on the line below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.extract.rules import ClaimBook
from kg.extract.view import View
from kg.lexicon import alternation, fold, load_lexicon
from kg.model import Claim, Value

_WINDOW = 48


def state_numbers(view: View, book: ClaimBook, claims: Iterable[Claim]) -> None:
    """Adds the number of each organisation that a decision names, where the paper gives it beside the name."""
    spans = view.kind("org_number")
    if not spans:
        return
    named: dict[str, tuple[str, Value]] = {}
    for claim in claims:
        if claim.value.kind == "organisation" and claim.subject.startswith("decision/"):
            named.setdefault(fold(claim.value.lexical), (claim.subject, claim.value))
    written = {s.end: s for s in view.kind("organisation")}
    for span in spans:
        low = max(0, span.start - _WINDOW)
        between = _between().search(view.text, low, span.start)
        if between is None or between.start() == low:
            continue
        end = between.start()
        name = written.get(end)
        if name is not None and fold(name.value.canonical) in named:
            start, found = name.start, named[fold(name.value.canonical)]
        else:
            line = view.text[view.text.rfind("\n", 0, end) + 1 : end]
            held = [n for n in named if re.search(rf"(?<!\w){re.escape(n)}$", line.casefold())]
            if not held:
                continue
            longest = max(held, key=len)
            start, found = end - len(longest), named[longest]
        subject, value = found
        numbered = Value("organisation", value.lexical, value.key, span.value)
        closed = view.text[span.end : span.end + 1] == ")" and "(" in between[0]
        book.add(subject, "organisation_number", numbered, start, span.end + closed, "organisation.number")


@cache
def _between() -> re.Pattern[str]:
    """What may stand between a name and its number, up to the number."""
    labels = load_lexicon().words("identifiers", "organisation_labels")
    return re.compile(rf"[\s,;:(/–-]+(?:(?:{alternation(labels)})[\s.:]*)?$", re.IGNORECASE)
