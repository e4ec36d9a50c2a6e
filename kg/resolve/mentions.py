"""A mention: a name as a paper writes it, with what the paper says beside it."""

from __future__ import annotations

from dataclasses import dataclass

Verdict = tuple[str, float, str]

KINDS = ("organisation", "project", "region", "board")
CONTEXT = ("org_number", "date", "authority", "diary_number", "case_id", "start", "end", "county")


@dataclass(frozen=True, slots=True)
class Mention:
    """``kind``: one of ``KINDS``; the rest is what the paper says of the thing, empty where it says nothing: dates
    as YYYY, YYYY-MM or YYYY-MM-DD, ``authority`` a name, ``county`` a name."""

    kind: str
    name: str
    org_number: str = ""
    date: str = ""
    authority: str = ""
    diary_number: str = ""
    case_id: str = ""
    start: str = ""
    end: str = ""
    county: str = ""
