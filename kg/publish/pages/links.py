"""Where the links of a page lead: to the served site, or among static files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from kg.publication import UNSTATED, Publication
from kg.publish.interface import LANGUAGES
from kg.publish.site import FORMS, Site


class Links(Protocol):
    """The links of one page."""

    @property
    def language(self) -> str:
        """The language of the page."""

    @property
    def publication(self) -> Publication:
        """Who publishes the site."""

    @property
    def static(self) -> bool:
        """Whether nobody answers forms: what asks the server is left out."""

    def thing(self, iri: str) -> str | None:
        """The page of a thing or a term of the ontology; None for what is not of this site."""

    def data(self, iri: str, form: str) -> str | None:
        """The data of a thing in one of the data forms."""

    def page(self, path: str, **parameters: str) -> str:
        """Another page of the site, such as ``/search``."""

    def asset(self, name: str) -> str:
        """A file of ``kg/publish/assets``."""

    def turned(self) -> str:
        """This page in the other language."""


@dataclass(frozen=True, slots=True)
class ServedLinks:
    """Links of a page that ``kg serve`` answers at ``here``, with the parameters that it was asked with."""

    site: Site
    language: str
    here: str
    parameters: tuple[tuple[str, str], ...] = ()
    publication: Publication = UNSTATED

    @property
    def static(self) -> bool:
        return False

    def thing(self, iri: str) -> str | None:
        path = self.site.path_of(iri)
        if path is None:
            return None
        stem, hash_, fragment = path.partition("#")
        return f"{stem}.html?lang={self.language}{hash_}{fragment}"

    def data(self, iri: str, form: str) -> str | None:
        assert form in FORMS
        return self.site.address(iri, form)

    def page(self, path: str, **parameters: str) -> str:
        return f"{path}?{urlencode({**parameters, 'lang': self.language})}"

    def asset(self, name: str) -> str:
        return f"/assets/{name}"

    def turned(self) -> str:
        rest = [(name, value) for name, value in self.parameters if name != "lang"]
        return f"{self.here}?{urlencode([*rest, ('lang', other_language(self.language))])}"


def other_language(language: str) -> str:
    """The language of the pages that is not this one."""
    return next(known for known in LANGUAGES if known != language)
