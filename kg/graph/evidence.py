"""The claims of each paper with the words that they rest on, as quads of that paper's graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from kg.graph.facts import Fact
from kg.graph.nodes import Namer, decimal, integer, term, text


def document_path(document: str) -> str:
    """The IRI of a paper and of the graph of its claims, relative to the base."""
    return f"document/{document}"


def state_claims(facts: Iterable[Fact], name: Namer) -> Iterator[Quad]:
    """One ``bg:Claim`` for each fact and place, one ``oa:SpecificResource`` for each run of words; sorted by paper."""
    papers: dict[str, list[Fact]] = {}
    for fact in facts:
        papers.setdefault(fact.claim.evidence.document, []).append(fact)
    for document in sorted(papers):
        of_document = sorted(papers.pop(document), key=lambda f: f.order)
        graph = name(document_path(document))
        words: dict[tuple[int, int], str] = {}
        seen: set[str] = set()
        for fact in of_document:
            evidence = fact.claim.evidence
            words[evidence.start, evidence.end] = evidence.quote
            claim = name.minted("claim", document, *fact.key, evidence.start, evidence.end, evidence.rule)
            if claim.value in seen:
                continue
            seen.add(claim.value)
            yield Quad(claim, term("rdf:type"), term("rdf:Statement"), graph)
            yield Quad(claim, term("rdf:type"), term("bg:Claim"), graph)
            yield Quad(claim, term("rdf:subject"), name(fact.subject), graph)
            yield Quad(claim, term("rdf:predicate"), term(fact.predicate), graph)
            yield Quad(claim, term("rdf:object"), fact.object, graph)
            yield Quad(claim, term("bg:rule"), text(evidence.rule), graph)
            yield Quad(claim, term("bg:ruleVersion"), integer(evidence.rule_version), graph)
            yield Quad(claim, term("bg:confidence"), decimal(evidence.confidence), graph)
            if fact.act is not None:
                yield Quad(claim, term("bg:act"), name(fact.act), graph)
            path = _words_path(document, evidence.start, evidence.end)
            yield Quad(claim, term("prov:wasDerivedFrom"), name(path), graph)
        for (start, end), quote in sorted(words.items()):
            yield from _state_words(document, start, end, quote, name)


def _words_path(document: str, start: int, end: int) -> str:
    return f"{document_path(document)}/words/{start}-{end}"


def _state_words(document: str, start: int, end: int, quote: str, name: Namer) -> Iterator[Quad]:
    graph = name(document_path(document))
    path = _words_path(document, start, end)
    words, exact, position = name(path), name(f"{path}/quote"), name(f"{path}/position")
    yield Quad(words, term("rdf:type"), term("oa:SpecificResource"), graph)
    yield Quad(words, term("oa:hasSource"), graph, graph)
    yield Quad(words, term("oa:hasSelector"), exact, graph)
    yield Quad(words, term("oa:hasSelector"), position, graph)
    yield Quad(exact, term("rdf:type"), term("oa:TextQuoteSelector"), graph)
    yield Quad(exact, term("oa:exact"), text(quote), graph)
    yield Quad(position, term("rdf:type"), term("oa:TextPositionSelector"), graph)
    yield Quad(position, term("oa:start"), integer(start), graph)
    yield Quad(position, term("oa:end"), integer(end), graph)
