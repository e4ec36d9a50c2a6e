"""Does an Extraction keep its contract?  A paper of which a claim cannot be put into a graph is refused alone, instead
of stopping the build later."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.model import Claim, Extraction, Value
from kg.terms import CODES, PROPERTIES, SCHEME_OF_PROPERTY

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_LEXICAL: dict[str, Callable[[str], object]] = {
    "integer": re.compile(r"-?\d+").fullmatch,
    "decimal": re.compile(r"-?\d+(\.\d+)?").fullmatch,
    "date": _DATE.fullmatch,
}


class ContractError(ValueError):
    """A claim that is not as ``kg.model`` and ``kg.terms`` say."""


def check_extraction(extraction: Extraction) -> None:
    """Raises ContractError, with the claim at fault, where a claim has an unknown property, a value of the wrong kind
    or form, or no words of its own paper."""
    for claim in extraction.claims:
        fault = _find_fault(claim, extraction)
        if fault:
            raise ContractError(f"the rule {claim.evidence.rule} states {claim.subject} {claim.property}: {fault}")


def _find_fault(claim: Claim, extraction: Extraction) -> str:
    known = PROPERTIES.get(claim.subject.split("/", 1)[0], {})
    if claim.property not in known:
        return "no property of that thing"
    kind = known[claim.property][0]
    if claim.value.kind != kind:
        return f"a value of kind {claim.value.kind}, not {kind}"
    words = claim.evidence
    if words.document != extraction.document or not 0 <= words.start < words.end <= extraction.characters:
        return f"words at {words.start}-{words.end}, which are not in the paper"
    if not words.quote:
        return "no words"
    return _find_value_fault(claim.property, claim.value)


def _find_value_fault(property: str, value: Value) -> str:
    if not value.lexical.strip():
        return "an empty value"
    accepts = _LEXICAL.get(value.kind)
    if accepts is not None and not accepts(value.lexical):
        return f"{value.lexical!r} is no {value.kind}"
    scheme = SCHEME_OF_PROPERTY.get(property)
    if scheme is not None and value.lexical not in CODES[scheme]:
        return f"{value.lexical!r} is no code of {scheme}"
    return ""
