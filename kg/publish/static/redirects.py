"""Files for Apache: from persistent IRIs to the site, and the media types on the site itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.publish.site import Site

_DATA = (("text/turtle", "ttl"), ("application/ld\\+json", "jsonld"))


def write_w3id_file(site: Site, address: str, withheld: Iterable[str]) -> str:
    """For w3id.org, or another server of persistent addresses: each IRI to its page or data by ``Accept`` (303), what
    is withheld gone (410).  ``address``: where the site stands.  The file stands in the folder that the
    path of the base begins with."""
    top = "/" + site.mount.strip("/").split("/")[0] + "/"
    within = site.mount.removeprefix(top)
    ontology = site.ontology.removeprefix(top)
    lines = [f"# {top}: to {address}", "RewriteEngine on", *_gone(within, withheld)]
    patterns: tuple[tuple[str, str], ...] = ((f"^{re.escape(within)}(.+)$", f"{address}{site.mount}$1"),)
    if site.ontology.startswith(top):
        patterns += ((f"^{re.escape(ontology)}/?$", f"{address}{site.ontology}"),)
    for pattern, target in patterns:
        for kind, form in _DATA:
            lines += [f"RewriteCond %{{HTTP_ACCEPT}} {kind}", f"RewriteRule {pattern} {target}.{form} [R=303,L]"]
        lines.append(f"RewriteRule {pattern} {target}.html [R=303,L]")
    return "\n".join(lines) + "\n"


def write_host_file(site: Site, withheld: Iterable[str]) -> str:
    """For an Apache that holds the site: media types, the address of a thing to its page, what is withheld gone."""
    lines = [
        "AddType text/turtle;charset=utf-8 .ttl",
        "AddType application/ld+json .jsonld",
        "AddType application/wasm .wasm",
        "AddType application/gzip .gz",
        'Header set Access-Control-Allow-Origin "*"',
        "RewriteEngine on",
        *_gone(site.mount.strip("/") + "/", withheld),
    ]
    for kind, form in (*_DATA, ("", "html")):
        if kind:
            lines.append(f"RewriteCond %{{HTTP_ACCEPT}} {kind}")
        lines += [
            f"RewriteCond %{{REQUEST_FILENAME}}.{form} -f",
            f"RewriteRule ^(.+)$ $1.{form} [R=303,L]",
        ]
    return "\n".join(lines) + "\n"


def _gone(within: str, withheld: Iterable[str]) -> list[str]:
    return [f"RewriteRule ^{re.escape(within + path)}(\\.[a-z.]+)?$ - [G]" for path in sorted(withheld)]
