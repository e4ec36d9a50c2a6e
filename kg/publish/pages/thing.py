"""The page of a thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.publication import UNSTATED, Publication
from kg.publish.interface import LANGUAGES
from kg.publish.pages import financing, lineage, neighbours
from kg.publish.pages.acts import read_acts, read_chain
from kg.publish.pages.jsonld import describe
from kg.publish.pages.links import Links, ServedLinks
from kg.publish.pages.neighbours import name_class, name_property
from kg.publish.pages.ontology import render_ontology
from kg.publish.pages.reader import Reader, Value, Words, node, shorten
from kg.publish.pages.templating import render
from kg.publish.pages.wording import Words as Wording
from kg.publish.site import DATA_FORMS, FORMS, Site
from kg.query.tables import value
from kg.terms import ONTOLOGY_GRAPH

# Told by the heading, by other parts of the page, or of use to machines alone.
_LEFT_OUT = ("rdf:type", "rdfs:label", "bg:nameKey", "bg:registerKey", "bg:source", "bg:line", "dcterms:isReplacedBy")
# What points to a thing and has a part of the page to itself, by class.
_TOLD: dict[str, tuple[str, ...]] = {
    "Project": ("bg:project", "bg:ofProject", "bg:buildsOn", "bg:continues"),
    "Decision": ("bg:decides", "bg:amends"),
    "Organisation": ("bg:authority", "bg:beneficiary", "bg:ofOrganisation"),
    "Document": ("bg:source",),
}
_AMOUNTS = (
    *("bg:amount", "bg:impliedTotal", "bg:totalBudget", "bg:grantedTotal", "bg:soughtAmount", "bg:contributedSum"),
    *("bg:newAmount", "bg:standingAmount"),
    *("bg:grantedSum", "bg:sumOfLines", "bg:statedTotal", "bg:difference"),
)
_SHARES = ("bg:sharePercent", "bg:topFiveShare")
_MOST_ACTS = 100
_PARTS = ["acts", "all_acts", "received", "chain", "lines", "balances", "projects", "drawn_lineage", "said", "places"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as it is shown: the text, where it leads, the words behind it."""

    text: str
    href: str | None
    words: tuple[Words, ...]
    formula: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A property in words, its definition, and its values."""

    label: str
    comment: str
    values: tuple[Shown, ...]


def render_page(graph: GraphStore, iri: str, language: str, publication: Publication = UNSTATED) -> str:
    """The page of the thing, whole HTML, in one of ``LANGUAGES``, as ``kg serve`` gives it."""
    assert language in LANGUAGES
    site = Site(graph.manifest.base)
    here = site.address(iri, "html") or "/"
    links = ServedLinks(site, language, here, (), publication)
    return render_thing(graph.store, iri, links, graph.manifest.base)


def render_thing(store: ox.Store, iri: str, links: Links, base: str, reader: Reader | None = None) -> str:
    """The page of the thing with these links; ``reader``: one for many pages, which keeps the labels that it met."""
    reader = reader or Reader(store, base, links.language)
    if iri == ONTOLOGY_GRAPH:
        return render_ontology(reader, links)
    classes = reader.classes(iri)
    facts = reader.facts(iri)
    return render(
        "thing.html",
        links,
        iri=iri,
        title=reader.label(iri),
        kind=name_class(reader, classes),
        classes=classes,
        facts=[_show_fact(reader, links, name, facts[name]) for name in sorted(facts) if name not in _LEFT_OUT],
        replaced=[(links.thing(o), reader.label(o)) for o in reader.things(iri, "dcterms:isReplacedBy")],
        summary=_summarise(reader, links, iri, classes),
        papers=[(o, links.thing(o), reader.label(o)) for o in reader.things(iri, "bg:source")],
        forms=[(form, kind, links.data(iri, form)) for form, kind in list_forms(links, iri)],
        jsonld=describe(reader, iri, classes),
        **_parts(reader, links, iri, classes),
    )


def list_forms(links: Links, iri: str) -> list[tuple[str, str]]:
    """The forms in which there are data of a thing, with their media types."""
    return [(form, kind) for form, kind in FORMS.items() if form in DATA_FORMS and links.data(iri, form)]


def _parts(reader: Reader, links: Links, iri: str, classes: list[str]) -> dict[str, Any]:
    """What the page has beyond facts, by the class of the thing."""
    parts: dict[str, Any] = dict.fromkeys(_PARTS, ())
    parts["around"] = near = neighbours.read_neighbours(reader, iri, classes)
    parts["star"] = neighbours.draw_neighbours(reader.label(iri), near, links) if len(near) > 1 else None
    if "Project" in classes:
        on_project = reader.subjects("bg:project", iri, 1000)
        parts["acts"] = read_acts(reader, [i for i in on_project if "Decision" in reader.classes(i)][:_MOST_ACTS])
        parts["lines"] = lines = financing.read_lines(reader, iri)
        parts["balances"] = financing.read_balances(reader, iri, lines, links)
        parts["projects"] = projects = lineage.read_lineage(reader, iri)
        parts["drawn_lineage"] = lineage.draw_lineage(projects, iri, links) if projects else None
        parts["places"] = [(links.thing(p), reader.label(p)) for p in reader.things(iri, "dcterms:spatial")]
    if "Decision" in classes:
        parts["chain"] = read_chain(reader, iri)
    if "Organisation" in classes:
        parts["acts"] = read_acts(reader, reader.subjects("bg:authority", iri, _MOST_ACTS))
        if len(parts["acts"]) == _MOST_ACTS:
            parts["all_acts"] = links.page(f"/browse/body/{iri.removeprefix(reader.base)}")
        parts["received"] = read_acts(reader, reader.subjects("bg:beneficiary", iri, _MOST_ACTS))
    if "Document" in classes:
        parts["said"] = [
            (links.thing(subject), reader.label(subject), name_property(reader, predicate), term, words)
            for subject, predicate, term, words in _claims(reader, links, iri)
        ]
    told = {name for class_ in classes for name in _TOLD.get(class_, ())}
    parts["incoming"] = [
        (
            Wording(links.language).find("incoming", name) or name_property(reader, name),
            [(links.thing(other), reader.label(other)) for other in others],
            more,
        )
        for name, (others, more) in reader.incoming(iri).items()
        if name not in told and not name.startswith(("bg:of", "dcterms:isReplacedBy", "bg:line", "rdf:"))
    ]
    return parts


def _claims(reader: Reader, links: Links, iri: str) -> list[tuple[str, str, Shown, Words]]:
    found = []
    for subject, predicate, term, words in reader.claims_of(iri):
        name = shorten(predicate)
        found.append((subject, name, _show_value(reader, links, name, Value(term)), words))
    return found


def _show_fact(reader: Reader, links: Links, name: str, values: list[Value]) -> Fact:
    shown = tuple(sorted((_show_value(reader, links, name, v) for v in values), key=lambda s: s.text.casefold()))
    comment = reader.comment(node(name).value) if name.startswith("bg:") else ""
    return Fact(name_property(reader, name), comment, shown)


def _show_value(reader: Reader, links: Links, name: str, fact: Value) -> Shown:
    term = fact.term
    words = Wording(links.language)
    if isinstance(term, ox.NamedNode):
        href = links.thing(term.value)
        web = term.value.startswith(("https://", "http://"))
        text = reader.label(term.value) if href is not None else term.value
        if name == "bg:disagreesOn":
            text = name_property(reader, shorten(term.value))
        return Shown(text, href or (term.value if web else None), fact.words, fact.formula)
    unit = "SEK" if name in _AMOUNTS else "%" if name in _SHARES else ""
    return Shown(words.value(value(term), unit), None, fact.words, fact.formula)


Linked = tuple[str | None, str]
"""An address, or None, and what is read there."""


def _summarise(reader: Reader, links: Links, iri: str, classes: list[str]) -> list[tuple[str, list[Linked]]]:
    """What stands below the heading: a few things that most come for."""
    words = Wording(links.language)
    found: list[tuple[str, list[Linked]]] = []

    def add(key: str, values: list[Linked]) -> None:
        if values:
            found.append((words(key), values))

    def add_things(key: str, predicate: str) -> None:
        add(key, [(links.thing(o), reader.label(o)) for o in reader.things(iri, predicate)[:4]])

    if "Project" in classes:
        start, end = reader.first(iri, "bg:startYear"), reader.first(iri, "bg:endYear")
        years = "–".join(dict.fromkeys(str(y) for y in (start, end) if y is not None))
        add("dated", [(None, years)] if years else [])
        add_things("applicant", "bg:applicant")
        add("granted_total", [(None, words.money(total)) for total in reader.amounts(iri, "bg:grantedTotal")[-1:]])
        add_things("places", "dcterms:spatial")
    if "Decision" in classes:
        add_things("outcome", "bg:outcome")
        amounts = reader.amounts(iri, "bg:amount")
        add("amount", [(None, words.money(a)) for a in amounts])
        add("date", [(None, o.value) for o in reader.objects(iri, "bg:date")])
        add_things("body", "bg:authority")
        add_things("project", "bg:project")
        add_things("beneficiary", "bg:beneficiary")
    if "FinancingLine" in classes:
        add_things("funder", "bg:contributor")
        add_things("project", "bg:project")
        add("amount", [(None, words.money(a)) for a in reader.amounts(iri, "bg:amount")])
    return found
