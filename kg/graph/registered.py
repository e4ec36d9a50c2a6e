"""What the registers say of territories, organisations and programmes, as triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.nodes import Namer, address, boolean, date, integer, term, text
from kg.model import Entity
from kg.registers import County, Municipality, Organisation, Programme, Registers
from kg.terms import ABOVE, GRAPHS, PATHS

Record = Organisation | County | Municipality | Programme
Triple = tuple[str, NamedNode | Literal]

_WIKIDATA = "http://www.wikidata.org/entity/"


class Shelf:
    """The records of the registers by the IRI that they have in this graph: that of the entity which resolution
    found to be the record, else the one that its key gives."""

    def __init__(self, registers: Registers, entities: Iterable[Entity]) -> None:
        self._iris: dict[tuple[str, str], str] = {}
        for entity in sorted(entities, key=lambda e: e.iri):
            if entity.key is not None:
                self._iris.setdefault((PATHS[entity.type], entity.key), entity.iri)
        self.records: dict[str, Record] = {}
        self.name_periods = registers.name_periods
        self.nuts = {c.id: c.nuts3 for c in registers.counties}
        parts: tuple[tuple[Record, ...], ...] = (
            registers.organisations,
            registers.counties,
            registers.municipalities,
            registers.programmes,
        )
        for part in parts:
            for record in part:
                self.records[self.iri(_path(record), record.id)] = record

    def iri(self, path: str, key: str) -> str:
        """The IRI, relative to the base, of the record with this key; ``path`` is one of ``kg.terms.PATHS``."""
        return self._iris.get((path, key), f"{path}/{key}")


def state_registers(shelf: Shelf, name: Namer) -> Iterator[Quad]:
    """All records, in the graph of the registers, sorted by IRI."""
    graph = name(GRAPHS["registers"])
    for iri, record in sorted(shelf.records.items()):
        subject = name(iri)
        kind = _class(record)
        for class_ in (f"bg:{kind}", *ABOVE.get(kind, ())):
            yield Quad(subject, term("rdf:type"), term(class_), graph)
        yield Quad(subject, term("rdfs:label"), text(label_of(record)), graph)
        yield Quad(subject, term("bg:registerKey"), text(record.id), graph)
        for other in names_of(record):
            yield Quad(subject, term("skos:altLabel"), text(other), graph)
        for predicate, value in identify(record, shelf, name):
            yield Quad(subject, term(predicate), value, graph)
        for predicate, other in _link(record):
            if shelf.iri("organisation", other) in shelf.records:
                yield Quad(subject, term(predicate), name(shelf.iri("organisation", other)), graph)
        yield Quad(subject, term("bg:verified"), boolean(record.verified), graph)
        if record.source:
            yield Quad(subject, term("dcterms:source"), text(record.source), graph)
    yield from _state_name_periods(shelf, name)


def _link(record: Record) -> Iterator[tuple[str, str]]:
    """The organisations that a record points to.  They stand in the graph of the registers alone, so that a place that
    a paper names does not bring an organisation that no paper names among the things of the default graph."""
    if isinstance(record, Organisation) and record.parent:
        yield "bg:parent", record.parent
    if isinstance(record, County) and record.region_id:
        yield "bg:governedBy", record.region_id
    if isinstance(record, Municipality):
        yield "bg:governedBy", record.organisation_id


def _state_name_periods(shelf: Shelf, name: Namer) -> Iterator[Quad]:
    """The names that organisations have borne, with their times and sources, in the graph of the registers."""
    graph = name(GRAPHS["registers"])
    for period in sorted(shelf.name_periods, key=lambda p: (p.id, p.since, p.until, p.name)):
        node = name.minted("name", period.id, period.name, period.since, period.until)
        yield Quad(node, term("rdf:type"), term("bg:NamePeriod"), graph)
        yield Quad(node, term("rdfs:label"), text(period.name), graph)
        yield Quad(node, term("bg:nameOf"), name(shelf.iri("organisation", period.id)), graph)
        if period.since:
            yield Quad(node, term("bg:borneFrom"), date(period.since), graph)
        if period.until:
            yield Quad(node, term("bg:borneUntil"), date(period.until), graph)
        if period.source:
            yield Quad(node, term("dcterms:source"), text(period.source), graph)


def names_of(record: Record) -> tuple[str, ...]:
    """The other names of a record, sorted."""
    names = set(record.names)
    if isinstance(record, County | Municipality):
        names.add(record.short_name)
    if isinstance(record, Programme):
        names.add(record.canonical)
    names.add(record.name)
    return tuple(sorted(names - {label_of(record)}))


def identify(record: Record, shelf: Shelf, name: Namer) -> list[Triple]:
    """Codes, numbers and verified links of a record."""
    return list(_identify(record, shelf, name))


def neighbours(record: Record, shelf: Shelf) -> list[str]:
    """The IRIs that ``identify`` points to within the graph."""
    if isinstance(record, Municipality):
        return [shelf.iri("county", record.county)]
    if isinstance(record, Programme) and record.managing_body:
        return [shelf.iri("organisation", record.managing_body)]
    return []


@singledispatch
def _identify(record: object, shelf: Shelf, name: Namer) -> Iterator[Triple]:
    raise TypeError(f"no register record: {record!r}")


@_identify.register
def _(record: Organisation, shelf: Shelf, name: Namer) -> Iterator[Triple]:
    yield "bg:kind", text(record.kind)
    for acronym in sorted(record.acronyms):
        yield "bg:acronym", text(acronym)
    if record.org_number:
        yield "bg:organisationNumber", text(record.org_number)
    if record.wikidata and record.verified:
        yield "owl:sameAs", address(_WIKIDATA + record.wikidata, record.id)
    if record.ror and record.verified:
        yield "owl:sameAs", address(record.ror, record.id)
    if record.homepage:
        yield "foaf:homepage", address(record.homepage, record.id)


@_identify.register
def _(record: County, shelf: Shelf, name: Namer) -> Iterator[Triple]:
    yield "skos:notation", text(record.id)
    yield "skos:prefLabel", Literal(record.name, language="sv")
    yield "skos:prefLabel", Literal(record.name_en, language="en")
    yield "bg:nuts", text(record.nuts3)
    if record.wikidata:
        yield "owl:sameAs", address(_WIKIDATA + record.wikidata, record.id)


@_identify.register
def _(record: Municipality, shelf: Shelf, name: Namer) -> Iterator[Triple]:
    yield "skos:notation", text(record.id)
    yield "skos:prefLabel", Literal(record.name, language="sv")
    yield "skos:broader", name(shelf.iri("county", record.county))
    if shelf.nuts.get(record.county):
        yield "bg:withinNuts", text(shelf.nuts[record.county])
    if record.wikidata:
        yield "owl:sameAs", address(_WIKIDATA + record.wikidata, record.id)


@_identify.register
def _(record: Programme, shelf: Shelf, name: Namer) -> Iterator[Triple]:
    if record.managing_body:
        yield "bg:managedBy", name(shelf.iri("organisation", record.managing_body))
    if record.period_start:
        yield "bg:firstYear", integer(record.period_start)
    if record.period_end:
        yield "bg:lastYear", integer(record.period_end)


def label_of(record: Record) -> str:
    """The name of a record: of a territory its short name."""
    if isinstance(record, Organisation):
        return record.label
    if isinstance(record, County | Municipality):
        return record.short_name
    return record.name


def _path(record: Record) -> str:
    return PATHS[_class(record)]


def _class(record: Record) -> str:
    if isinstance(record, Programme):
        return "Appropriation" if record.id.startswith("anslag-") else "Programme"
    return type(record).__name__
