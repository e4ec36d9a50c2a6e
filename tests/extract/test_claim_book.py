"""Claims keep their words, but no person's name stands in them."""

from __future__ import annotations

from kg.extract.rules import ClaimBook
from kg.model import Value

TEXT = "Anna Exempelsson beviljar Solglimt 300 kr enligt Bo Provsson"
PERSONS = [(0, 16), (49, 60)]


def test_the_quote_ends_before_a_name_and_begins_after_one() -> None:
    book = ClaimBook("d", TEXT, PERSONS)
    book.add("decision/1", "amount_sek", Value("integer", "300"), 0, len(TEXT), "amount.sentence", (35, 41))
    (claim,) = book.claims()
    assert claim.evidence.quote == "beviljar Solglimt 300 kr enligt"
    assert TEXT[claim.evidence.start : claim.evidence.end] == claim.evidence.quote


def test_a_value_that_is_a_name_is_not_stated() -> None:
    book = ClaimBook("d", TEXT, PERSONS)
    value = Value("organisation", "Bo Provsson")
    book.add("decision/1", "beneficiary", value, 17, 60, "beneficiary.sentence", (49, 60))
    assert book.claims() == ()


def test_a_claim_said_twice_is_kept_once() -> None:
    book = ClaimBook("d", TEXT, [])
    for _ in range(2):
        book.add("project/1", "name", Value("text", "Solglimt"), 26, 34, "project.cue")
    assert len(book.claims()) == 1 and len(book.used) == 2
