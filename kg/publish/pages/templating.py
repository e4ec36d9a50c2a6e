"""Templates, in which everything is escaped."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.publication import UNSTATED, Publication
from kg.publish.interface import CONTENT_SECURITY_POLICY, Page, PageRequest
from kg.publish.pages.links import Links, ServedLinks
from kg.publish.pages.wording import TEMPLATES, Words
from kg.publish.site import Site
from kg.terms import DEFAULT_BASE


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["jsonld"] = _write_jsonld
    return environment


def _write_jsonld(value: Any) -> Markup:
    """JSON that may stand inside ``<script>``: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def render(template: str, links: Links, **values: Any) -> str:
    """The page that a template makes of the values; ``words`` and ``links`` are always there."""
    wasm = bool(values.get("wasm"))
    values = {"words": Words(links.language), "links": links, "lang": links.language, "active": "", **values}
    values["policy"] = _policy(wasm) if links.static else ""
    return _environment().get_template(template).render(values)


def _policy(wasm: bool) -> str:
    """The policy of a page that comes without headers; one that runs WebAssembly must say so."""
    policy = CONTENT_SECURITY_POLICY.partition("; frame-ancestors")[0]
    return policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'") if wasm else policy


def links_of(request: PageRequest) -> ServedLinks:
    """The links of a page that was asked for."""
    here = request.path + request.rest
    return ServedLinks(request.site, request.language, here, request.parameters, request.publication)


def answer(text: str, status: int = 200) -> Page:
    """A page of HTML."""
    return Page(text, status)


def render_problem(status: int, title: str, detail: str, language: str, publication: Publication = UNSTATED) -> str:
    """The page of an error."""
    links = ServedLinks(Site(DEFAULT_BASE), language, "/", (), publication)
    return render("problem.html", links, status=status, title=title, detail=detail)
