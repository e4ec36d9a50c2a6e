"""``kg publish``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import Store, counted, name_address, note, open_store, settings, warn_missing


def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write: a new folder, or the one of before.")],
    store: Store = None,
    address: Annotated[
        str | None,
        typer.Option("--address", "--public-url", metavar="URL", help="Where it will stand (sitemap, redirects)."),
    ] = None,
    dumps: Annotated[bool, typer.Option("--dumps/--no-dumps", help="Whether to write the whole graph too.")] = True,
) -> None:
    """Write the site as static files for any web host.

    Page, Turtle and JSON-LD of each thing, browsing, questions, the vocabulary, dumps, sitemap, redirects, search and
    SPARQL that run in the browser. What has not changed is not made again.

    \b
    Example:
      kg publish site/
      kg publish site/ --address https://data.example.org
    """
    from kg.publish.static import Options, publish_site

    publication = name_address(settings(store).publish, address)
    with open_store(store) as graph:
        report = publish_site(graph, folder, Options(publication.public_url, dumps, publication))
    note(
        f"{folder}: {counted(report.written, 'file', 'files')} written, {report.unchanged} unchanged, "
        f"{report.removed} removed"
    )
    warn_missing(publication)
    if not publication.public_url:
        note("kg: where the site will stand is not known: name it by --address, or public_url in [publish] of kg.toml")
