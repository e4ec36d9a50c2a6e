"""Browsing decisions by year, authority, county and outcome."""

from __future__ import annotations

from kg.publish.interface import Page, PageRequest
from kg.publish.pages.acts import read_acts
from kg.publish.pages.links import Links
from kg.publish.pages.listing import FACETS, PAGE, Listing, listing_of
from kg.publish.pages.reader import Reader
from kg.publish.pages.templating import answer, links_of, render, render_problem
from kg.publish.pages.wording import Words
from kg.terms import OUTCOMES, code_iri


def show_browse(request: PageRequest) -> Page:
    """``/browse``: the facets, or with parameters the decisions that fit; ``/browse/FACET/KEY`` and
    ``/browse/FACET/KEY/page-N``: those of one key."""
    links = links_of(request)
    reader = Reader(request.graph.store, request.graph.manifest.base, request.language)
    listing = listing_of(request.graph)
    wanted = {facet: value for facet in FACETS if (value := request.get(facet))}
    number = request.get("page", "1")
    if request.rest:
        facet, key, number = split_path(request.rest)
        if facet not in FACETS or key not in listing.counts[facet]:
            words = Words(request.language)
            page = render_problem(404, words("error"), words("none_found"), request.language, request.publication)
            return answer(page, 404)
        wanted = {facet: key}
    return answer(render_browse(reader, links, listing, wanted, number))


def split_path(rest: str) -> tuple[str, str, str]:
    """Facet, key and number of the page of what follows ``/browse/``."""
    facet, _, key = rest.partition("/")
    key, _, number = key.partition("/page-")
    return facet, key, number or "1"


def count_pages(listing: Listing, facet: str, key: str) -> int:
    """How many pages the decisions of one key take."""
    return -(-listing.counts[facet][key] // PAGE)


def render_browse(reader: Reader, links: Links, listing: Listing, wanted: dict[str, str], number: str) -> str:
    """The page of the decisions that have all the keys of ``wanted``, or of the facets where it has none."""
    chosen = listing.choose(wanted) if wanted else []
    last = max(1, -(-len(chosen) // PAGE))
    current = min(max(int(number), 1), last) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    facets = [(facet, _keys(reader, links, listing, facet)) for facet in FACETS]
    titles = [name_key(reader, facet, key) for facet, key in wanted.items()]
    return render(
        "browse.html",
        links,
        active="browse",
        facets=facets,
        wanted=wanted,
        title=", ".join(titles),
        total=len(chosen),
        acts=_rows(reader, chosen[(current - 1) * PAGE : current * PAGE]),
        current=current,
        turns=_turns(links, wanted, current, last),
        last=last,
    )


def _rows(reader: Reader, iris: list[str]) -> list[object]:
    return list(read_acts(reader, iris))


def _keys(reader: Reader, links: Links, listing: Listing, facet: str) -> list[tuple[str, str, int, str]]:
    """Key, name, number of decisions and address of every key of a facet."""
    counts = listing.counts[facet]
    if facet == "outcome":
        keys = [o for o in OUTCOMES if o in counts]
    elif facet == "year":
        keys = sorted(counts, reverse=True)
    else:
        keys = sorted(counts, key=lambda k: (-counts[k], k))
    return [(k, name_key(reader, facet, k), counts[k], links.page(f"/browse/{facet}/{k}")) for k in keys]


def name_key(reader: Reader, facet: str, key: str) -> str:
    """A key in words."""
    if facet == "year":
        return key
    if facet == "outcome":
        return reader.label(code_iri("outcome", key)) if key in OUTCOMES else key
    try:
        return reader.label(reader.base + key)
    except ValueError:  # no IRI: someone wrote an address by hand
        return key


def _turns(links: Links, wanted: dict[str, str], current: int, last: int) -> list[tuple[str, str]]:
    """The links to the page before and the page after."""
    found = []
    for key, number in (("previous", current - 1), ("next", current + 1)):
        if 1 <= number <= last:
            if len(wanted) == 1:
                ((facet, value),) = wanted.items()
                found.append((key, links.page(page_path(facet, value, number))))
            else:
                found.append((key, links.page("/browse", **wanted, page=str(number))))
    return found


def page_path(facet: str, key: str, number: int) -> str:
    """The address of a page of one key."""
    return f"/browse/{facet}/{key}" + (f"/page-{number}" if number > 1 else "")
