"""Shards keep everything that an Extraction says."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Claim, Evidence, Extraction, Issue, LedgerEntry, Value
from kg.shards import ShardError, dump_shard, load_shard

texts = st.text(max_size=12)
offsets = st.integers(0, 10**7)


@st.composite
def extractions(draw) -> Extraction:
    document = draw(st.text(alphabet="0123456789abcdef", min_size=4, max_size=8))
    evidence = st.builds(
        Evidence, st.just(document), offsets, offsets, texts, texts, offsets, st.floats(0, 1, allow_nan=False)
    )
    claims = st.builds(Claim, texts, texts, st.builds(Value, texts, texts, st.none() | texts), evidence)
    return Extraction(
        document,
        draw(texts),
        draw(texts),
        draw(texts),
        draw(offsets),
        tuple(draw(st.lists(claims, max_size=4))),
        tuple(draw(st.lists(st.builds(Issue, texts, texts, texts, offsets, offsets), max_size=3))),
        tuple(draw(st.lists(st.builds(LedgerEntry, texts, offsets, offsets, texts, texts, texts), max_size=3))),
        tuple(draw(st.lists(st.integers(0, 2**64 - 1), max_size=3))),
    )


@given(extractions(), texts)
def test_a_shard_gives_back_its_extraction(extraction: Extraction, made_by: str) -> None:
    text = dump_shard(extraction, made_by)
    assert load_shard(text) == (extraction, made_by)
    assert dump_shard(*load_shard(text)) == text
    assert text.endswith("}\n") and text.count("\n") == 1


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", '{"version":0}', '{"version":1}', "\x00"])
def test_what_is_no_shard_is_told_from_one(text: str) -> None:
    with pytest.raises(ShardError):
        load_shard(text)


def test_a_shard_cut_short_is_no_shard() -> None:
    whole = dump_shard(Extraction("ab", "a.txt", "text/plain", "news", 9, (), (), ()), "x")
    for cut in range(len(whole) - 1):
        with pytest.raises(ShardError):
            load_shard(whole[:cut])


def test_a_shard_with_a_wrong_row_is_no_shard() -> None:
    table = json.loads(dump_shard(Extraction("ab", "a.txt", "text/plain", "news", 9, (), (), ())))
    table["claims"] = [{"subject": "decision/1"}]
    with pytest.raises(ShardError):
        load_shard(json.dumps(table))
