"""The words of the vocabulary: namespaces, classes, properties, codes.

The ontology in ``ontology/`` defines them; a test holds the two against each other.  Nothing else in the package
spells an IRI of the vocabulary.
"""

from __future__ import annotations

NAMESPACE = "https://w3id.org/beslutsgraf/ns#"
DEFAULT_BASE = "https://w3id.org/beslutsgraf/id/"

PREFIXES: dict[str, str] = {
    "bg": NAMESPACE,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "oa": "http://www.w3.org/ns/oa#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "frapo": "http://purl.org/cerif/frapo/",
    "eurio": "http://data.europa.eu/s66#",
    "besluit": "http://data.vlaanderen.be/ns/besluit#",
    "dingo": "https://w3id.org/dingo#",
    "sh": "http://www.w3.org/ns/shacl#",
}

# The outcomes of facts-contract.md.
OUTCOMES = ("granted", "rejected", "proposed_grant", "proposed_rejection", "other")

# What a decision may say: property of a claim on decision/N -> (kind of value, many?).
DECISION_PROPERTIES: dict[str, tuple[str, bool]] = {
    "project": ("node", False),
    "outcome": ("code", False),
    "deciding_body": ("board", False),
    "authority": ("organisation", False),
    "date": ("date", False),
    "diary_number": ("text", False),
    "case_id": ("text", True),
    "beneficiary": ("organisation", False),
    "amount_sek": ("integer", False),
    "share_percent": ("decimal", False),
    "funding_source": ("fund", False),
    "start": ("date", False),
    "end": ("date", False),
    "total_budget_sek": ("integer", False),
    "applied_amount_sek": ("integer", False),
    "county": ("county", True),
    "municipality": ("municipality", True),
    "partner": ("organisation", True),
    "condition": ("text", True),
    "ground": ("text", True),
    "legal_basis": ("text", True),
}

# Claims on project/N.
PROJECT_PROPERTIES: dict[str, tuple[str, bool]] = {
    "name": ("text", False),
    "alias": ("text", True),
    "builds_on": ("node", True),
    "continues": ("node", True),
    "related": ("node", True),
}

# Claims on financing/N.  status: sought, proposed, granted, paid, planned.  form: cash, in_kind.
FINANCING_PROPERTIES: dict[str, tuple[str, bool]] = {
    "project": ("node", False),
    "funder": ("organisation", False),
    "amount_sek": ("integer", False),
    "status": ("code", False),
    "form": ("code", False),
    "decision": ("node", False),
}

PROPERTIES: dict[str, dict[str, tuple[str, bool]]] = {
    "decision": DECISION_PROPERTIES,
    "project": PROJECT_PROPERTIES,
    "financing": FINANCING_PROPERTIES,
}
