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
    "new_amount_sek": ("integer", False),
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
    "organisation_number": ("organisation", True),
}

# Claims on project/N.
PROJECT_PROPERTIES: dict[str, tuple[str, bool]] = {
    "name": ("text", False),
    "alias": ("text", True),
    "builds_on": ("node", True),
    "continues": ("node", True),
    "related": ("node", True),
    "priority": ("text", True),
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

# --- entities -------------------------------------------------------------------------------------------------

# Entity.type -> the first part of its IRI.  A thing of a register is PATH/KEY: organisation/ID, county/CODE.
PATHS: dict[str, str] = {
    "Project": "project",
    "Decision": "decision",
    "FinancingLine": "financing",
    "Organisation": "organisation",
    "Board": "board",
    "County": "county",
    "Municipality": "municipality",
    "Appropriation": "fund",
    "Programme": "fund",
    "Fund": "fund",
}
ENTITY_TYPES = tuple(PATHS)

# Classes above those of entities, stated with them so that plain queries need no inference.
ABOVE: dict[str, tuple[str, ...]] = {
    "County": ("bg:Territory", "skos:Concept"),
    "Municipality": ("bg:Territory", "skos:Concept"),
    "Appropriation": ("bg:FundingSource",),
    "Programme": ("bg:FundingSource",),
    "Fund": ("bg:FundingSource",),
}

# Claims that resolution adds: a decision settles a proposal, or changes an earlier decision.
RESOLVED_PROPERTIES: dict[str, tuple[str, bool]] = {"decides": ("node", True), "amends": ("node", True)}

# --- codes ----------------------------------------------------------------------------------------------------

# Scheme -> codes.  The concept of a code is bg:SCHEME-CODE, such as bg:outcome-granted.
CODES: dict[str, tuple[str, ...]] = {
    "outcome": OUTCOMES,
    "stage": ("proposed", "decided", "amended"),
    "status": ("sought", "proposed", "granted", "paid", "planned"),
    "form": ("cash", "in_kind"),
    "role": ("owner", "partner", "applicant"),
}

# The stage of an act follows from its outcome; "other" (tabled, withdrawn) has none unless it amends.
STAGE_OF_OUTCOME: dict[str, str] = {
    "proposed_grant": "proposed",
    "proposed_rejection": "proposed",
    "granted": "decided",
    "rejected": "decided",
}
CONFIRMED_STATUSES = ("granted", "paid")

# --- the graph ------------------------------------------------------------------------------------------------

# Class of the subject -> property of a claim -> predicate.  Properties that papers state of a decision but that
# are true of something else are in CARRIED.
PREDICATES: dict[str, dict[str, str]] = {
    "Decision": {
        "project": "bg:project",
        "outcome": "bg:outcome",
        "deciding_body": "eli:passed_by",
        "authority": "bg:authority",
        "date": "bg:date",
        "diary_number": "bg:diaryNumber",
        "case_id": "bg:caseNumber",
        "beneficiary": "bg:beneficiary",
        "amount_sek": "bg:amount",
        "new_amount_sek": "bg:newAmount",
        "share_percent": "bg:sharePercent",
        "funding_source": "bg:fundingSource",
        "condition": "bg:condition",
        "ground": "bg:ground",
        "legal_basis": "bg:legalBasis",
        "decides": "bg:decides",
        "amends": "bg:amends",
    },
    "Project": {
        "name": "dcterms:title",
        "alias": "skos:altLabel",
        "builds_on": "bg:buildsOn",
        "continues": "bg:continues",
        "related": "bg:relatedTo",
        "priority": "bg:priority",
        "start": "bg:start",
        "end": "bg:end",
        "total_budget_sek": "bg:totalBudget",
        "county": "dcterms:spatial",
        "municipality": "dcterms:spatial",
        "partner": "bg:partner",
    },
    "Application": {"applied_amount_sek": "bg:soughtAmount"},
    "FinancingLine": {
        "project": "bg:project",
        "funder": "bg:contributor",
        "amount_sek": "bg:amount",
        "status": "bg:status",
        "form": "bg:form",
        "decision": "bg:decision",
    },
}

# Properties of a claim on a decision -> the class of the thing that the fact is about.
CARRIED: dict[str, str] = {
    "start": "Project",
    "end": "Project",
    "total_budget_sek": "Project",
    "county": "Project",
    "municipality": "Project",
    "partner": "Project",
    "applied_amount_sek": "Application",
}

# Properties of a claim whose fact is about the thing that the value names -> predicate.
OF_VALUE: dict[str, str] = {"organisation_number": "bg:organisationNumber"}

# The code scheme of a property whose value is a code.
SCHEME_OF_PROPERTY: dict[str, str] = {"outcome": "outcome", "status": "status", "form": "form"}

# Names of graphs, relative to the base.  The graph of a paper is document/SHA256.
GRAPHS: dict[str, str] = {
    "derived": "graph/derived",
    "judgements": "graph/judgements",
    "registers": "graph/registers",
}
ONTOLOGY_GRAPH = NAMESPACE.rstrip("#")


def expand(name: str) -> str:
    """The IRI of a prefixed name such as ``bg:Project``; KeyError where the prefix is not in ``PREFIXES``."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def code_iri(scheme: str, code: str) -> str:
    """The IRI of a code: ``code_iri("outcome", "granted")`` ends in ``#outcome-granted``."""
    return f"{NAMESPACE}{scheme}-{code}"


# Predicates of the default graph that are derived and so must be marked in the graph of derived facts; the same
# holds of the classes.
DERIVED_PREDICATES: tuple[str, ...] = (
    "bg:activeYear",
    "bg:applicant",
    "bg:depth",
    "bg:disagreesOn",
    "bg:endYear",
    "bg:grantedTotal",
    "bg:impliedTotal",
    "bg:stage",
    "bg:standingAmount",
    "bg:startYear",
    "bg:worksUnder",
    "bg:year",
    "org:unitOf",
)
DERIVED_CLASSES: tuple[str, ...] = (
    "bg:CoFinancing",
    "bg:Concentration",
    "bg:ConfirmedFunder",
    "bg:Contribution",
    "bg:CountyTally",
    "bg:Funder",
    "bg:OrganisationRole",
    "bg:PriorityTally",
    "bg:ReceiverTally",
    "bg:Reconciliation",
)
