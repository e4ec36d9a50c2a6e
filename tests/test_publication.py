"""Who publishes, and within which limits: the tables ``[publish]`` and ``[serve]`` of the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import load_config
from kg.errors import UsageError
from kg.limits import USUAL, Limits
from kg.publication import UNSTATED

_WHOLE = """
[publish]
public_url = "https://data.example.se/"
title = { sv = "Beslut", en = "Decisions" }
description = "Text"
publisher = "Exempelverket"
publisher_iri = "https://example.se/"
publisher_type = "NationalAuthority"
contact = "data@example.se"
licence = "CC BY 4.0"
landing_page = "https://example.se/data"
spatial = ["http://publications.europa.eu/resource/authority/atu/SWE_LAN_18"]
temporal = [2014, 2025]
frequency = "monthly"

[serve]
seconds = 5
rows = 1000
rate = 2.5
"""


def _load(folder: Path, text: str):  # type: ignore[no-untyped-def]
    (folder / "kg.toml").write_text(text, encoding="utf-8")
    return load_config(folder=folder)


def test_all_keys(tmp_path: Path) -> None:
    config = _load(tmp_path, _WHOLE)
    said = config.publish
    assert said.public_url == "https://data.example.se" and said.contact == "mailto:data@example.se"
    assert said.text("title", "en") == "Decisions" and said.text("description", "sv") == "Text"
    assert said.licence_iri == "https://creativecommons.org/licenses/by/4.0/" and said.licence_name == "CC BY 4.0"
    assert said.temporal == ("2014", "2025") and said.frequency == "MONTHLY" and said.missing == ()
    assert config.serve == Limits(seconds=5, rows=1000, rate=2.5)


def test_nothing_said_has_defaults_and_tells_what_is_missing(tmp_path: Path) -> None:
    config = _load(tmp_path, "")
    assert config.publish == UNSTATED and config.serve == USUAL
    assert UNSTATED.missing == ("publisher", "contact", "licence") and UNSTATED.licence_name == "CC0 1.0"
    # who says that it is CC0 has said it
    assert _load(tmp_path, '[publish]\nlicence = "CC0-1.0"').publish.missing == ("publisher", "contact")
    one = _load(tmp_path, '[publish]\ntitle = { sv = "Bara" }').publish
    assert one.text("title", "en") == "Bara"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('publish = "x"', "'publish'"),
        ('[publish]\npublischer = "x"', "'publischer'"),
        ('[publish]\npublisher = ""', "'publish.publisher'"),
        ('[publish]\npublisher = "a\\nb"', "'publish.publisher'"),
        ('[publish]\npublic_url = "data.example.se"', "'publish.public_url'"),
        ('[publish]\npublic_url = "https://data.example.se/?x=1"', "'publish.public_url'"),
        ('[publish]\npublic_url = "https://me:word@data.example.se"', "'publish.public_url'"),
        ('[publish]\nlanding_page = "javascript:alert(1)"', "'publish.landing_page'"),
        ('[publish]\nlicence = "free"', "'publish.licence'"),
        ('[publish]\ncontact = "data@"', "'publish.contact'"),
        ('[publish]\npublisher_type = "Bank"', "'publish.publisher_type'"),
        ('[publish]\ntitle = { de = "x" }', "'publish.title'"),
        ("[publish]\ntemporal = [2025, 2014]", "'publish.temporal'"),
        ('[publish]\nspatial = ["Skåne"]', "'publish.spatial'"),
        ('[publish]\nfrequency = "every day"', "'publish.frequency'"),
        ("serve = 3", "'serve'"),
        ("[serve]\nsecond = 3", "'second'"),
        ('[serve]\nseconds = "3"', "'serve.seconds'"),
        ("[serve]\nrows = 1.5", "'serve.rows'"),
        ("[serve]\nrows = true", "'serve.rows'"),
        ("[serve]\nseconds = 0", "'seconds'"),
        ("[serve]\nseconds = inf", "'seconds'"),
        ("[serve]\nrate = nan", "'rate'"),
    ],
)
def test_a_wrong_value_is_one_clear_error(tmp_path: Path, table: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        _load(tmp_path, table)
    assert words in caught.value.what and caught.value.where.endswith("kg.toml") and caught.value.hint
