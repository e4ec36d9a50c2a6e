"""What a page says of its thing in schema.org, for search engines; the graph itself uses other words."""

from __future__ import annotations

from typing import Any

from kg.publish.pages.reader import Reader, date_text

# Class -> type of schema.org; of several the first that fits.
_TYPES = {
    "Project": "ResearchProject",
    "Decision": "MonetaryGrant",
    "Board": "Organization",
    "Organisation": "Organization",
    "County": "AdministrativeArea",
    "Municipality": "AdministrativeArea",
    "FundingSource": "MonetaryGrant",
    "Document": "DigitalDocument",
}


def describe(reader: Reader, iri: str, classes: list[str]) -> dict[str, Any] | None:
    """The thing in schema.org, or None for what has no place there."""
    kind = next((name for class_, name in _TYPES.items() if class_ in classes), None)
    if kind is None:
        return None
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@id": iri,
        "@type": kind,
        "name": reader.label(iri),
        "alternateName": [o.value for o in reader.objects(iri, "skos:altLabel")],
        "sameAs": reader.things(iri, "owl:sameAs"),
    }
    if "Project" in classes:
        found |= {
            "member": _names(reader, iri, "bg:partner", "Organization"),
            "sponsor": _names(reader, iri, "bg:applicant", "Organization"),
            "location": _names(reader, iri, "dcterms:spatial", "AdministrativeArea"),
            "foundingDate": date_text(reader.objects(iri, "bg:start")),
            "dissolutionDate": date_text(reader.objects(iri, "bg:end")),
        }
    if "Decision" in classes:
        amounts = reader.amounts(iri, "bg:amount")
        found |= {
            "identifier": [o.value for o in reader.objects(iri, "bg:diaryNumber")],
            "funder": _names(reader, iri, "bg:authority", "Organization"),
            "fundedItem": _names(reader, iri, "bg:project", "ResearchProject"),
            "amount": [{"@type": "MonetaryAmount", "currency": "SEK", "value": amount} for amount in amounts],
        }
    if "Organisation" in classes:
        found |= {"url": reader.things(iri, "foaf:homepage")}
    return {key: value for key, value in found.items() if value}


def _names(reader: Reader, iri: str, predicate: str, kind: str) -> list[dict[str, str]]:
    return [{"@id": o, "@type": kind, "name": reader.label(o)} for o in reader.things(iri, predicate)]
