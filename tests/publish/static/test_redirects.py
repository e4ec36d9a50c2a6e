"""Files for Apache: where persistent addresses lead, and what is gone."""

from __future__ import annotations

import re

from kg.publish.site import Site
from kg.publish.static.redirects import write_host_file, write_w3id_file
from kg.terms import DEFAULT_BASE

_SITE = Site(DEFAULT_BASE)


def _resolve(text: str, path: str, accept: str) -> tuple[str, str] | None:
    """What Apache makes of a path below the folder of the file: target and flags of the first rule that holds."""
    holds = True
    for line in text.splitlines():
        name, _, rest = line.partition(" ")
        if name == "RewriteCond":
            _, pattern = rest.split(" ", 1)
            holds = holds and re.search(pattern, accept) is not None
        elif name == "RewriteRule":
            pattern, target, flags = rest.split(" ")
            found = re.search(pattern, path)
            if holds and found:
                return (found.expand(re.sub(r"\$(\d)", r"\\\1", target)), flags)
            holds = True
    return None


def test_an_iri_leads_to_page_or_data() -> None:
    text = write_w3id_file(_SITE, "https://data.example.org/x", ())
    base = "https://data.example.org/x/beslutsgraf"
    assert _resolve(text, "id/project/ai-all", "text/html,*/*;q=0.8") == (f"{base}/id/project/ai-all.html", "[R=303,L]")
    assert _resolve(text, "id/project/ai-all", "text/turtle") == (f"{base}/id/project/ai-all.ttl", "[R=303,L]")
    assert _resolve(text, "id/board/a/b", "application/ld+json") == (f"{base}/id/board/a/b.jsonld", "[R=303,L]")
    assert _resolve(text, "ns", "text/turtle") == (f"{base}/ns.ttl", "[R=303,L]")


def test_what_is_withheld_is_gone() -> None:
    text = write_w3id_file(_SITE, "https://data.example.org", ("project/a.b",))
    assert _resolve(text, "id/project/a.b", "text/turtle") == ("-", "[G]")
    assert _resolve(text, "id/project/a.b.ttl", "") == ("-", "[G]")
    assert _resolve(text, "id/project/aXb", "text/html") != ("-", "[G]")
    assert "beslutsgraf/id/project/a\\.b" in write_host_file(_SITE, ("project/a.b",))
