"""What a page gets and gives.

A page is a function from a ``PageRequest`` to a ``Page``; ``kg.publish.pages.PAGES`` lists those of the site by path.
It runs in a thread, so it may read the store as it likes for some milliseconds; what may take longer, as a prepared
question with values that a stranger gave, goes through ``PageRequest.ask``, which runs it within the limits.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.graph.store import GraphStore
from kg.publication import UNSTATED, Publication
from kg.publish.site import Site
from kg.query import PreparedQuery, Table

LANGUAGES = ("sv", "en")
"""The languages of the pages; the first where the reader asks for neither."""

# No inline script or style, nothing from elsewhere.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

Ask = Callable[[PreparedQuery], Table]


@dataclass(frozen=True, slots=True)
class PageRequest:
    """``path`` as listed in ``PAGES``; ``rest``: what follows it, of a path that ends with a stroke;
    ``parameters``: of the query string, in order; ``language``: one of ``LANGUAGES``; ``ask``: runs a query in a
    process of its own and raises QueryError where it takes more than the limits allow; ``origin``: scheme and host by
    which the client asks, without a stroke at its end."""

    graph: GraphStore
    path: str
    language: str
    ask: Ask
    rest: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    publication: Publication = UNSTATED
    origin: str = ""

    @property
    def address(self) -> str:
        """Where the site stands: the address that its publisher gives, else the one by which it is asked."""
        return self.publication.public_url or self.origin

    @property
    def site(self) -> Site:
        return Site(self.graph.manifest.base)

    def get(self, name: str, default: str = "") -> str:
        """The first value of a parameter, else ``default``."""
        return next((value for key, value in self.parameters if key == name), default)


@dataclass(frozen=True, slots=True)
class Page:
    """An answer.  ``headers`` are added to those that every answer has, or take their place (a page that must loosen
    the Content-Security-Policy gives its own).  ``varies``: whether it differs by language."""

    body: str | bytes
    status: int = 200
    media_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = field(default=())
    varies: bool = True


Handler = Callable[[PageRequest], Page]
