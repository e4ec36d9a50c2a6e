"""Collecting triples of a description: prefixed names, texts in two languages, typed literals."""

from __future__ import annotations

import pyoxigraph as ox

from kg.publication import Texts
from kg.terms import PREFIXES

WORDS = PREFIXES | {
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "adms": "http://www.w3.org/ns/adms#",
    "dcatap": "http://data.europa.eu/r5r/",
    "spe": "https://purl.expasy.org/sparql-examples/ontology#",
    "schema": "https://schema.org/",
}


class Builder:
    """Collects triples about things named relative to one page."""

    def __init__(self, page: str) -> None:
        self.page = page
        self._found: set[ox.Triple] = set()

    def iri(self, name: str) -> str:
        """The IRI of a thing that the page describes."""
        return f"{self.page}#{name}"

    def add(self, subject: str, predicate: str, *values: ox.NamedNode | ox.Literal) -> None:
        """States values of a property given by its prefixed name."""
        for value in values:
            self._found.add(ox.Triple(ox.NamedNode(subject), word(predicate), value))

    def sorted(self) -> list[ox.Triple]:
        return sorted(self._found, key=str)


def word(name: str) -> ox.NamedNode:
    """The node of a prefixed name of ``WORDS``."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(WORDS[prefix] + local)


def node(iri: str) -> ox.NamedNode:
    """The node of an IRI."""
    return ox.NamedNode(iri)


def both(sv: str, en: str) -> tuple[ox.Literal, ox.Literal]:
    """A text in Swedish and English."""
    return ox.Literal(sv, language="sv"), ox.Literal(en, language="en")


def texts(found: Texts) -> tuple[ox.Literal, ...]:
    """A text in the languages that it has."""
    return tuple(ox.Literal(text, language=language) for language, text in found)


def typed(value: object, kind: str) -> ox.Literal:
    """A literal of a type of XML Schema."""
    return ox.Literal(str(value), datatype=word(f"xsd:{kind}"))
