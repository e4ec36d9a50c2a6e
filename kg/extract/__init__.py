"""Extraction: what one annotated paper says, as claims with evidence."""

from __future__ import annotations

import hashlib
from itertools import accumulate

from kg.extract.claims import number_projects, state_claims
from kg.extract.context import Paper
from kg.extract.ledger import keep_ledger
from kg.extract.orgnumbers import state_numbers
from kg.extract.paper import read_paper
from kg.extract.priorities import state_priorities
from kg.extract.record import record
from kg.extract.rules import RULES, ClaimBook
from kg.extract.view import View
from kg.lexicon import Lexicon, fold, load_lexicon
from kg.model import AnnotatedDocument, Extraction, Issue

SHINGLE = 5
SIGNATURE = 64

__all__ = ["RULES", "extract", "record", "signature_of"]


def extract(
    annotated: AnnotatedDocument, lexicon: Lexicon | None = None, registers: object | None = None
) -> Extraction:
    """All that the paper says: claims, issues and the ledger of its amounts, dates and numbers."""
    lexicon = lexicon or load_lexicon()
    view = View(annotated)
    paper = Paper(view, lexicon, registers)
    reading = read_paper(paper)
    book = ClaimBook(annotated.document.id, view.text, [(p.start, p.end) for p in view.persons])
    state_numbers(view, book, state_claims(reading, book))
    state_priorities(paper, book, number_projects(reading))
    claims = book.claims()
    ledger, open_items = keep_ledger(view, book.used, paper.outside, bool(reading.acts or reading.financing))
    issues = [*annotated.document.issues, *reading.issues, *open_items, *_foreign(view), *_repaired(view)]
    issues.sort(key=lambda i: (i.start, i.code))
    return Extraction(
        annotated.document.id,
        annotated.document.source,
        annotated.document.media_type,
        reading.form,
        len(view.text),
        claims,
        tuple(issues),
        tuple(ledger),
        signature_of(view.text),
    )


def _foreign(view: View) -> list[Issue]:
    return [
        Issue(
            "foreign_currency",
            f"'{view.text[s.start : s.end]}' is kept apart and not converted",
            view.text[s.start : s.end],
            s.start,
            s.end,
        )
        for s in view.kind("money")
        if s.value.currency not in (None, "SEK")
    ]


# the first of the signs that UTF-8 letters become when they are read as Latin-1 or Mac Roman
_BROKEN_SIGNS = frozenset("ÃÂâ√")


def _repaired(view: View) -> list[Issue]:
    """One issue where letters of the paper were broken and were repaired: its quotes differ from the file's bytes."""
    document = view.document
    broken = [
        p
        for p in document.offsets.pieces
        if p.raw_end - p.raw_start > p.clean_end - p.clean_start > 0 and document.raw_text[p.raw_start] in _BROKEN_SIGNS
    ]
    if not broken:
        return []
    start, end = broken[0].clean_start, broken[0].clean_end
    message = f"{len(broken)} broken characters were repaired (text that was saved in another encoding)"
    return [Issue("encoding_repaired", message, view.text[start:end], start, end)]


def signature_of(text: str) -> tuple[int, ...]:
    """A bottom-k sketch of the text's word shingles (the 64 smallest 64-bit hashes), for telling near-duplicates."""
    words = fold(text).encode()
    ends = list(accumulate(map(len, words.split(b" "))))  # without the blanks between the words
    size = min(SHINGLE, len(ends))  # of a text with fewer words, all of them
    spans = zip(range(len(ends)), [0, *ends], ends[size - 1 :], strict=False)
    shingles = {words[low + blanks : high + blanks + size - 1] for blanks, low, high in spans}
    begun = hashlib.blake2b(digest_size=8)
    copy = begun.copy
    digests: dict[bytes, None] = {}  # as a set, which would be one call more for each word
    for shingle in shingles:
        digest = copy()
        digest.update(shingle)
        digests[digest.digest()] = None
    return tuple(int.from_bytes(digest, "big") for digest in sorted(digests)[:SIGNATURE])
