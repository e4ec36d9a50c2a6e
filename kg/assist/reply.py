"""The model's answer as values: its form is checked here, its truth in ``grounding``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from kg.extract.record import SCALAR_FIELDS

_FENCE = "```"
_MOST = 3000  # values: more are no facts of one paper
# field of the record -> property of a claim
LIST_FIELDS = {"case_ids": "case_id", "counties": "county", "municipalities": "municipality", "partners": "partner"}


@dataclass(frozen=True, slots=True)
class Said:
    """A value as the model gave it, with the words that it says it rests on."""

    value: str
    quote: str


@dataclass(slots=True)
class SaidThing:
    """A decision, a line of financing or a link: values by property; those of lists in ``many``."""

    kind: str
    values: dict[str, Said] = field(default_factory=dict)
    many: list[tuple[str, Said]] = field(default_factory=list)


@dataclass(slots=True)
class Reply:
    """All that the model said; ``malformed``: what of it has no value and quote, by field."""

    things: list[SaidThing] = field(default_factory=list)
    malformed: list[str] = field(default_factory=list)
    values: int = 0


_FIELDS: dict[str, tuple[str, ...]] = {
    "decisions": ("project", *SCALAR_FIELDS),
    "financing": ("project", "funder", "amount_sek"),
    "lineage": ("project", "predecessor"),
}
_KINDS = {"decisions": "decision", "financing": "financing", "lineage": "lineage"}


def parse_reply(answer: str) -> Reply | None:
    """The answer as values; None where it is no JSON object."""
    text = answer.strip()
    if text.startswith(_FENCE) and text.endswith(_FENCE):
        text = text[len(_FENCE) : -len(_FENCE)].removeprefix("json")
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(table, dict):
        return None
    reply = Reply()
    for part, names in _FIELDS.items():
        rows = table.get(part) or []
        if not isinstance(rows, list):
            reply.malformed.append(part)
            continue
        for row in rows:
            if reply.values >= _MOST:
                reply.malformed.append(f"{part} beyond {_MOST} values")
                break
            if isinstance(row, dict):
                reply.things.append(_read_thing(_KINDS[part], names, row, reply))
            else:
                reply.malformed.append(part)
    return reply


def _read_thing(kind: str, names: tuple[str, ...], row: dict[str, Any], reply: Reply) -> SaidThing:
    thing = SaidThing(kind)
    reply.values += 1
    for name in names:
        if (given := row.get(name)) is not None:
            reply.values += 1
            said = _read_value(given)
            if said is None:
                reply.malformed.append(name)
            else:
                thing.values[name] = said
    for name, prop in LIST_FIELDS.items() if kind == "decision" else ():
        many = row.get(name) or []
        for given in many if isinstance(many, list) else [many]:
            if reply.values >= _MOST:
                break
            reply.values += 1
            said = _read_value(given)
            if said is None:
                reply.malformed.append(name)
            else:
                thing.many.append((prop, said))
    return thing


def _read_value(given: Any) -> Said | None:
    if not isinstance(given, dict):
        return None
    value, quote = given.get("value"), given.get("quote")
    if isinstance(value, bool) or not isinstance(value, str | int | float) or not isinstance(quote, str):
        return None
    text = str(int(value)) if isinstance(value, float) and value == value // 1 and abs(value) < 1e15 else str(value)
    return Said(text.strip(), quote) if text.strip() and quote.strip() else None
