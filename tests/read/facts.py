"""What a paper says, as a set of single facts without places, so that two forms of one paper can be compared."""

from __future__ import annotations

from functools import cache
from typing import Any

from kg.annotate import Annotator
from kg.clean import clean
from kg.extract import extract, record
from kg.lexicon import load_lexicon
from kg.model import RawDocument
from kg.registers import load_registers

Fact = tuple[str, ...]


@cache
def _stages() -> tuple[Any, ...]:
    lexicon, registers = load_lexicon(), load_registers(None)
    return Annotator(registers, lexicon), lexicon, registers


def facts(raw: RawDocument) -> set[Fact]:
    """Each value of each decision, each financing line, each lineage: all that ``kg extract`` prints but places."""
    annotator, lexicon, registers = _stages()
    found = record(extract(annotator.annotate(clean(raw)), lexicon, registers))
    result: set[Fact] = set()
    for decision in found["decisions"]:
        act = (decision["project"] or "", decision["outcome"] or "")
        result.add(("decision", *act))
        for field, value in decision.items():
            for one in value if isinstance(value, list) else [value]:
                if one is not None and field not in ("project", "outcome"):
                    result.add((*act, field, str(one)))
    for line in found["financing"]:
        result.add(("financing", str(line["project"]), str(line["funder"]), str(line["amount_sek"])))
    for link in found["lineage"]:
        result.add(("lineage", link["project"], link["predecessor"]))
    result.update(("related", name) for name in found["related"])
    return result
