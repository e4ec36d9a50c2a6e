"""Where things stand on the site: from IRIs to addresses and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from kg.terms import NAMESPACE, ONTOLOGY_GRAPH

# Ending of an address -> media type.  The first is what is given to whoever accepts anything.
FORMS: Mapping[str, str] = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
DATA_FORMS = tuple(form for form in FORMS if form != "html")

# Where the things of a base that is no web address (urn:...) stand.
_DEFAULT_MOUNT = "/id/"
_SAFE = "/:@!$&'()*+,;=~-._"


@dataclass(frozen=True, slots=True)
class Site:
    """The addresses of the things of a graph with this ``base`` (of its manifest).

    A thing stands at the path of its IRI: ``https://example.org/id/project/x`` at ``/id/project/x``, its page at
    ``/id/project/x.html``, its data at ``/id/project/x.ttl`` and so on (``FORMS``).  The ontology stands at the path of
    its own IRI.
    """

    base: str

    @property
    def mount(self) -> str:
        """The path that those of all things begin with; begins and ends with a stroke."""
        parts = urlsplit(self.base)
        path = parts.path if parts.scheme in ("http", "https") else _DEFAULT_MOUNT
        return "/" + "".join(f"{part}/" for part in path.split("/") if part)

    @property
    def ontology(self) -> str:
        """The path of the ontology."""
        return urlsplit(NAMESPACE).path

    def path_of(self, iri: str) -> str | None:
        """The path of a thing, or of a term of the ontology (with its fragment); None for what is not of this site."""
        if iri == ONTOLOGY_GRAPH:
            return self.ontology
        if iri.startswith(NAMESPACE):
            return f"{self.ontology}#{quote(iri.removeprefix(NAMESPACE), safe=_SAFE)}"
        if not iri.startswith(self.base) or iri == self.base:
            return None
        return self.mount + quote(iri.removeprefix(self.base), safe=_SAFE)

    def address(self, iri: str, form: str) -> str | None:
        """The path of a page or of data of a thing: ``address(iri, "ttl")``; None for what is not of this site."""
        path = self.path_of(iri)
        return None if path is None else f"{path.partition('#')[0]}.{form}"

    def iri_of(self, path: str) -> str | None:
        """The IRI that stands at a path as it was sent (escapes and all); None where none does.  Raises ValueError
        where the escapes of the path are no UTF-8."""
        plain = unquote(path, errors="strict")
        if plain == self.ontology:
            return ONTOLOGY_GRAPH
        if not plain.startswith(self.mount) or plain == self.mount:
            return None
        return self.base + plain.removeprefix(self.mount)


def split_form(path: str) -> tuple[str, str | None]:
    """A path without its ending and the form that it names; the path itself and None where it names none."""
    stem, dot, ending = path.rpartition(".")
    return (stem, ending) if dot and ending in FORMS else (path, None)
