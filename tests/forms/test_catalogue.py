"""The catalogue of the package, and how alike two sets of anchors are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ResourceError, StoreError
from kg.forms import FormReader, load_catalogue, read_shards, similarity
from kg.forms.anchors import FLOOR, KINDS, SAID, keep_said, weigh
from kg.forms.catalogue import dump_catalogue
from kg.forms.said import fingerprint_shard
from kg.model import Claim, Evidence, Extraction, LedgerEntry, Value
from kg.shards import dump_shard

ANCHORS = st.frozensets(st.builds("{}:{}".format, st.sampled_from(sorted(KINDS)), st.sampled_from("abcd")))


@given(ANCHORS, ANCHORS)
def test_similarity_is_a_likeness(one: frozenset[str], two: frozenset[str]) -> None:
    assert 0 <= similarity(one, two) == similarity(two, one) <= similarity(one, one) or weigh(one) < FLOOR
    assert similarity(one, one) == (1 if weigh(one) >= FLOOR else round(weigh(one) / FLOOR, 3))
    assert similarity(one, two) <= 1 and (similarity(one, two) > 0 or not one & two)


def test_few_anchors_are_not_alike_for_being_few() -> None:
    few = frozenset({"media:text/plain", "language:sv", "form:information"})
    assert similarity(few, few) < 0.2


def test_the_catalogue_is_that_of_the_code(root: Path) -> None:
    """Two papers made again.  A rule that changes little needs no new catalogue; run python -m kg.forms.renew."""
    known = {p.name: p for p in load_catalogue().papers}
    reader = FormReader()
    for name in ("ai-all-stjarna-forslag.txt", "skiradal-protokoll.txt"):
        again = reader.read(root / "data/documents" / name)
        assert again.document.startswith(known[name].document)
        assert similarity(again.anchors, known[name].anchors) >= 0.9, "python -m kg.forms.renew"


def test_the_catalogue_holds_labelled_papers_and_none_that_are_held_out(root: Path) -> None:
    names = {p.name for p in load_catalogue().papers}
    parts = ("dev", "dev-2", "dev-3", "dev-4")
    folders = [root / "data/documents", *(root / "data/corpus" / part / "docs" for part in parts)]
    assert names == {p.name for folder in folders for p in folder.iterdir()}, "python -m kg.forms.renew"


def test_the_catalogue_keeps_its_bytes(root: Path) -> None:
    assert dump_catalogue(load_catalogue()) == (root / "data/forms/catalogue.json").read_text("utf-8")


ROW = '{"id": "a", "name": "b", "authority": null, "body": null, "form": "x", "anchors": ["odd:1"]}'
MALFORMED = ["", "[]", '{"version": 9, "papers": []}', '{"version": 1, "papers": [{"id": "a"}]}']


@pytest.mark.parametrize("text", [*MALFORMED, f'{{"version": 1, "papers": [{ROW}]}}'])
def test_a_malformed_catalogue_is_one_message(text: str, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ResourceError, match=r"catalogue.json: not a catalogue of forms"):
        load_catalogue(path)


def shard(name: str, *, outcome: str | None) -> Extraction:
    def claim(prop: str, value: str, rule: str) -> Claim:
        return Claim("decision/1", prop, Value("text", value), Evidence(name, 0, 1, "x", rule, 1, 0.5))

    claims = [claim("authority", "Region Sjöbo Norra", "authority.letterhead")]
    claims += [claim("outcome", outcome, "act.sentence")] if outcome else []
    money = [LedgerEntry("money", n, n + 1, "1 kr", "issue" if n < 3 else "claim", "x") for n in range(4)]
    return Extraction(name, f"{name}.txt", "text/plain", "minutes", 10, tuple(claims), (), tuple(money))


def test_a_shard_shows_what_was_read() -> None:
    found = fingerprint_shard(shard("a", outcome="granted"))
    assert found.authority == "Region Sjöbo Norra" and found.body is None and not found.whole
    wanted = {"form:minutes", "media:text/plain", "act:granted", "place:authority@letterhead", "unread:amounts=many"}
    assert found.anchors == wanted == keep_said(found.anchors)
    assert {a.partition(":")[0] for a in found.anchors} <= SAID


def test_of_a_graph_only_papers_that_were_read_count(tmp_path: Path) -> None:
    (tmp_path / "shards").mkdir()
    for name, outcome in (("a", "granted"), ("b", None)):
        (tmp_path / "shards" / f"{name}.json").write_text(dump_shard(shard(name, outcome=outcome)), "utf-8")
    (tmp_path / "shards/c.json").write_text(json.dumps({"version": 0}), "utf-8")
    assert [f.document for f in read_shards(tmp_path)] == ["a"]
    with pytest.raises(StoreError, match="no graph"):
        list(read_shards(tmp_path / "none"))
