"""Shards: one JSON file for each paper, holding its Extraction.

The form is canonical: the same Extraction gives the same bytes (keys sorted, UTF-8, no blanks), so that
shards can be compared and kept under version control.  ``VERSION`` changes when the form does.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from sys import intern
from typing import Any

from kg.model import Claim, Evidence, Extraction, Issue, LedgerEntry, Value

VERSION = 2


class ShardError(ValueError):
    """The text is not a shard of this version; the caller makes the shard again from the paper."""


def dump_shard(extraction: Extraction, made_by: str = "") -> str:
    """The Extraction as canonical JSON with a final line feed; ``made_by`` is the signature of the stages."""
    table = {
        "version": VERSION,
        "made_by": made_by,
        "document": extraction.document,
        "source": extraction.source,
        "media_type": extraction.media_type,
        "form": extraction.form,
        "characters": extraction.characters,
        "claims": [_claim_row(c) for c in extraction.claims],
        "issues": [[i.code, i.message, i.quote, i.start, i.end] for i in extraction.issues],
        "ledger": [[e.kind, e.start, e.end, e.quote, e.fate, e.reason] for e in extraction.ledger],
        "signature": list(extraction.signature),
        "words": b64encode(extraction.words).decode("ascii"),
    }
    return json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def load_shard(text: str, *, whole: bool = True) -> tuple[Extraction, str]:
    """The Extraction in ``text`` and the signature of the stages that made it; ``whole``: with its ledger and
    its sketch of words, which merging does not need.

    Raises ShardError where it is no shard of this version.
    """
    try:
        table = json.loads(text)
        if not isinstance(table, dict) or table.get("version") != VERSION:
            raise ShardError("another version of shards")
        document = table["document"]
        extraction = Extraction(
            document=document,
            source=table["source"],
            media_type=table["media_type"],
            form=table["form"],
            characters=table["characters"],
            claims=_read_claims(document, table["claims"]),
            issues=tuple(Issue(*row) for row in table["issues"]),
            ledger=tuple(LedgerEntry(*row) for row in table["ledger"]) if whole else (),
            signature=tuple(table["signature"]),
            words=b64decode(table["words"], validate=True) if whole else b"",
        )
        return extraction, table["made_by"]
    except (ValueError, KeyError, TypeError) as error:
        raise ShardError(f"not a shard: {error}") from error


def peek_shard(data: bytes) -> tuple[str, bytes]:
    """The signature of the stages that made the shard whose bytes are ``data``, and its sketch of words, without
    parsing the rest.  Raises ShardError where they are not found."""
    found = []
    for key in (b"made_by", b"words"):
        # no text within a string of JSON holds a bare quotation mark
        _, mark, rest = data.rpartition(b'"' + key + b'":"')
        value, end, _ = rest.partition(b'"')
        if not mark or not end:
            raise ShardError(f"not a shard: it lacks {key.decode()}")
        found.append(value)
    try:
        return found[0].decode("ascii"), b64decode(found[1], validate=True)
    except ValueError as error:
        raise ShardError(f"not a shard: {error}") from error


def _claim_row(claim: Claim) -> dict[str, Any]:
    evidence = claim.evidence
    row: dict[str, Any] = {
        "subject": claim.subject,
        "property": claim.property,
        "kind": claim.value.kind,
        "lexical": claim.value.lexical,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "rule": evidence.rule,
        "rule_version": evidence.rule_version,
        "confidence": evidence.confidence,
    }
    if claim.value.key is not None:
        row["key"] = claim.value.key
    if claim.value.number is not None:
        row["number"] = claim.value.number
    return row


def _read_claims(document: str, rows: list[dict[str, Any]]) -> tuple[Claim, ...]:
    """Equal values, and equal words, of a paper are one object each, which spares a third of the memory."""
    values: dict[Value, Value] = {}
    words: dict[Evidence, Evidence] = {}
    claims = []
    for row in rows:
        value = Value(intern(row["kind"]), row["lexical"], row.get("key"), row.get("number"))
        evidence = Evidence(
            document,
            row["start"],
            row["end"],
            row["quote"],
            intern(row["rule"]),
            row["rule_version"],
            row["confidence"],
        )
        evidence, value = words.setdefault(evidence, evidence), values.setdefault(value, value)
        claims.append(Claim(intern(row["subject"]), intern(row["property"]), value, evidence))
    return tuple(claims)
