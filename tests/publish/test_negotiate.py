"""``Accept`` and ``Accept-Language``: q-values, wildcards, chains, what cannot be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.publish.negotiate import choose_language, choose_media

OFFERS = ("text/html", "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml")


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/*", "text/html"),
        ("application/*", "application/ld+json"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle", "text/turtle"),
        ("text/turtle;q=0.5, application/rdf+xml;q=0.9, */*;q=0.1", "application/rdf+xml"),
        ("text/html;q=0, */*", "text/turtle"),
        ("text/*;q=0.3, text/turtle;q=0.2, */*;q=0.25", "text/html"),
        ("text/*;q=0, text/turtle;q=0.1", "text/turtle"),
        ("application/json", None),
        ("text/turtle;q=0", None),
        ("*/*;q=0", None),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ("text/turtle;charset=latin-1", None),
        ("text/turtle;version=1.2", None),
        ("text/turtle;q=2, application/rdf+xml;q=0.1", "application/rdf+xml"),
        ("text/turtle;q=abc", None),
        ("garbage, ;;;, /, */turtle, application/n-triples", "application/n-triples"),
        ('text/x;a="b,c;q=1", text/turtle;q=0.4', "text/turtle"),
        ("application/rdf+xml;q=0.5;q=0.9, text/turtle;q=0.6", "text/turtle"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        # what common tools send
        ("text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8, */*;q=0.1", "text/turtle"),
        ("application/rdf+xml, text/rdf+n3; q=0.9, text/html; q=0.5", "application/rdf+xml"),
    ],
)
def test_media(header: str | None, chosen: str | None) -> None:
    assert choose_media(header, OFFERS) == chosen


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "sv"),
        ("en", "en"),
        ("en-GB,en;q=0.9,sv;q=0.8", "en"),
        ("sv-FI;q=0.4, en;q=0.3", "sv"),
        ("fi, de", "sv"),
        ("*", "sv"),
        ("sv;q=0, *;q=0.5", "en"),
        ("english", "sv"),
    ],
)
def test_language(header: str | None, chosen: str) -> None:
    assert choose_language(header, ("sv", "en")) == chosen


@given(st.text(max_size=200))
def test_no_header_makes_it_fail(header: str) -> None:
    assert choose_media(header, OFFERS) in (*OFFERS, None)
    assert choose_language(header, ("sv", "en")) in ("sv", "en")
