"""A thing at its IRI: the redirect by what the client wants, its page, its data."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from kg.publish.generations import Generation
from kg.publish.interface import LANGUAGES
from kg.publish.negotiate import choose_language, choose_media
from kg.publish.pages import render_page
from kg.publish.problem import Problem
from kg.publish.site import FORMS, split_form
from kg.publish.things import describe_thing, is_thing, media_type, replacement_of, serialise

# Media types that stand for a form beside its own.
_ALSO = {"application/xhtml+xml": "html", "application/json": "jsonld"}
_OFFERS: Mapping[str, str] = {**{kind: form for form, kind in FORMS.items()}, **_ALSO}

Reply = tuple[int, dict[str, str], bytes]


async def answer_thing(
    generation: Generation, path: str, headers: Mapping[str, str], parameters: Mapping[str, str]
) -> Reply:
    """What stands at a path of the site, sent as ``path`` (escapes and all): 303 to the form that the client wants for
    the IRI of a thing, 200 or 304 for a form of it, 301 where one other thing has taken its place.  Raises Problem:
    400 for broken escapes, 404, 406, 410."""
    iri, form = await _find(generation, path)
    now = replacement_of(generation.graph.store, iri)
    if now is not None and form in (None, "html"):
        return _moved(generation, now, form, parameters)
    if form is None:
        return _redirect(generation, iri, headers, parameters)
    fields = _fields(generation, iri, form)
    language = _language(headers, parameters) if form == "html" else ""
    if form == "html":
        fields |= {"content-language": language, "vary": "Accept-Language"}
    fields["etag"] = tag = make_tag(generation, iri, form, language)
    if _unchanged(headers, fields):
        return 304, fields, b""
    body = generation.bodies.get(tag)
    if body is None:
        body = await asyncio.to_thread(_render, generation, iri, form, language)
        generation.bodies.put(tag, body)
    return 200, fields, body


async def _find(generation: Generation, path: str) -> tuple[str, str | None]:
    """The thing and the form that a path names; a thing whose own name ends as a form does comes first."""
    site, store = generation.site, generation.graph.store
    stem, form = split_form(path)
    try:
        whole, part = site.iri_of(path), site.iri_of(stem)
    except ValueError:
        raise Problem("bad-request", "the address is not UTF-8") from None
    for iri, wanted in ((whole, None), (part, form)):
        if iri is None or (wanted is None and iri is not whole):
            continue
        if iri.removeprefix(site.base) in generation.withheld:
            raise Problem("gone", "this thing was withheld by whoever publishes the graph")
        if is_thing(store, iri):
            return iri, wanted
    raise Problem("not-found", "the graph holds nothing of this address; look for it at /")


def _redirect(generation: Generation, iri: str, headers: Mapping[str, str], parameters: Mapping[str, str]) -> Reply:
    wanted = parameters.get("format")
    if wanted is None:
        chosen = choose_media(headers.get("accept"), tuple(_OFFERS))
        form = _OFFERS[chosen] if chosen is not None else None
    else:
        form = wanted if wanted in FORMS else _OFFERS.get(wanted)
    links = {"link": _links(generation, iri), "vary": "Accept"}
    if form is None:
        more = {"available": [{"format": f, "type": t, "href": _address(generation, iri, f)} for f, t in FORMS.items()]}
        detail = f"a thing is given as {', '.join(FORMS.values())}"
        raise Problem("not-acceptable", detail, headers=links, more=more)
    language = parameters.get("lang")
    query = f"?lang={language}" if form == "html" and language in LANGUAGES else ""
    return 303, {**links, "location": _address(generation, iri, form) + query, "cache-control": "no-cache"}, b""


def _moved(generation: Generation, now: str, form: str | None, parameters: Mapping[str, str]) -> Reply:
    """To the thing that has taken the place of one; its data alone still say that it did."""
    target = generation.site.path_of(now) if form is None else generation.site.address(now, form)
    if target is None:
        raise Problem("not-found", "what has taken the place of this is not of this site")
    query = "&".join(f"{name}={parameters[name]}" for name in ("format", "lang") if _plain(parameters.get(name, "")))
    return 301, {"location": f"{target}?{query}" if query else target, "cache-control": "no-cache"}, b""


def _plain(value: str) -> bool:
    return value in FORMS or value in LANGUAGES


def _address(generation: Generation, iri: str, form: str) -> str:
    address = generation.site.address(iri, form)
    assert address is not None, "only things of the site are found"
    return address


def _links(generation: Generation, iri: str, form: str | None = None) -> str:
    """The other forms of a thing, and from a form the thing itself."""
    links = [
        f'<{_address(generation, iri, other)}>; rel="alternate"; type="{kind}"'
        for other, kind in FORMS.items()
        if other != form
    ]
    if form is not None:
        links.append(f'<{generation.site.path_of(iri)}>; rel="describes"')
    return ", ".join(links)


def _fields(generation: Generation, iri: str, form: str) -> dict[str, str]:
    return {
        "content-type": media_type(form),
        "link": _links(generation, iri, form),
        "last-modified": generation.modified,
        "cache-control": "no-cache",
    }


def make_tag(generation: Generation, *parts: str) -> str:
    """The ETag of what these parts name, of this build."""
    # weak, since a body may come compressed or not
    digest = hashlib.sha256("\n".join((generation.tag, *parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return f'W/"{digest[:24]}"'


def has_tag(header: str | None, tag: str) -> bool:
    """Whether If-None-Match names the tag."""
    if header is None:
        return False
    bare = tag.removeprefix("W/")
    return header.strip() == "*" or bare in [one.strip().removeprefix("W/") for one in header.split(",")]


def _language(headers: Mapping[str, str], parameters: Mapping[str, str]) -> str:
    wanted = parameters.get("lang", "")
    return wanted if wanted in LANGUAGES else choose_language(headers.get("accept-language"), LANGUAGES)


def _unchanged(headers: Mapping[str, str], fields: Mapping[str, str]) -> bool:
    """Whether the client has it already (RFC 9110: the tag decides where there is one)."""
    tags = headers.get("if-none-match")
    if tags is not None:
        return has_tag(tags, fields["etag"])
    since = headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(fields["last-modified"]) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):
        return False


def _render(generation: Generation, iri: str, form: str, language: str) -> bytes:
    if form == "html":
        return render_page(generation.graph, iri, language, generation.publication).encode("utf-8", "replace")
    return serialise(describe_thing(generation.graph.store, iri), form)
