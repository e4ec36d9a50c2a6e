"""All grammars over one text, in the order in which each is to see what the others have taken."""

from __future__ import annotations

from kg.annotate.dates import find_dates
from kg.annotate.grammar import hide
from kg.annotate.identifiers import find_identifiers
from kg.annotate.ignored import find_ignored
from kg.annotate.money import find_money
from kg.annotate.shares import find_shares
from kg.model import TypedSpan


def find_values(text: str) -> list[TypedSpan]:
    """Every identifier, ignored number, date, period, share, amount and number of the text, sorted, no two overlap.

    Identifiers come first, since dates and amounts may look like their parts; then what is ignored (kind
    ``ignored``, the value is the name of the rule), dates, shares, and amounts last.
    """
    found = list(find_identifiers(text))
    ignored = [TypedSpan("ignored", start, end, rule) for start, end, rule in find_ignored(text, found)]
    found += ignored
    text = hide(text, found)
    dates = list(find_dates(text))
    text = hide(text, dates)
    shares = list(find_shares(text))
    found += [*dates, *shares, *find_money(hide(text, shares))]
    return sorted(found, key=lambda s: s.start)
