"""From IRIs to addresses and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.publish.site import FORMS, Site, split_form
from kg.terms import DEFAULT_BASE, NAMESPACE, ONTOLOGY_GRAPH

SITE = Site(DEFAULT_BASE)


def test_a_thing_stands_at_the_path_of_its_iri() -> None:
    assert SITE.mount == "/beslutsgraf/id/"
    assert SITE.path_of(DEFAULT_BASE + "project/ai-all") == "/beslutsgraf/id/project/ai-all"
    assert SITE.address(DEFAULT_BASE + "project/ai-all", "ttl") == "/beslutsgraf/id/project/ai-all.ttl"
    assert SITE.path_of("https://example.org/x") is None and SITE.path_of(DEFAULT_BASE) is None
    assert Site("https://data.example.se/").path_of("https://data.example.se/project/x") == "/project/x"
    assert Site("urn:beslut:").path_of("urn:beslut:project/x") == "/id/project/x"


def test_the_ontology_stands_at_its_own() -> None:
    assert SITE.path_of(ONTOLOGY_GRAPH) == SITE.ontology == "/beslutsgraf/ns"
    assert SITE.path_of(NAMESPACE + "Project") == "/beslutsgraf/ns#Project"
    assert SITE.address(NAMESPACE + "Project", "ttl") == "/beslutsgraf/ns.ttl"
    assert SITE.iri_of("/beslutsgraf/ns") == ONTOLOGY_GRAPH


@pytest.mark.parametrize("base", [DEFAULT_BASE, "https://data.example.se/", "urn:beslut:", "http://x.se/a#"])
@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_the_way_back(base: str, name: str) -> None:
    path = Site(base).path_of(base + name)
    assert path is not None and path.isascii() and "?" not in path and "#" not in path and '"' not in path
    assert Site(base).iri_of(path) == base + name


def test_paths_that_are_no_utf_8_are_told() -> None:
    with pytest.raises(ValueError):
        SITE.iri_of("/beslutsgraf/id/project/%ff%fe")


def test_endings() -> None:
    assert split_form("/id/project/x.ttl") == ("/id/project/x", "ttl")
    assert split_form("/id/project/x-1.1") == ("/id/project/x-1.1", None)
    assert split_form("/id/project/x/.ttl") == ("/id/project/x/", "ttl")
    assert all(split_form(f"/x.{form}") == ("/x", form) for form in FORMS)
