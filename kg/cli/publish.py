"""``kg publish``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import Store, counted, note, open_store
from kg.errors import UsageError


def publish(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write: a new folder, or the one of before.")],
    store: Store = None,
    address: Annotated[
        str, typer.Option("--address", metavar="URL", help="Where the site will stand, for the sitemap and redirects.")
    ] = "",
    dumps: Annotated[bool, typer.Option("--dumps/--no-dumps", help="Whether to write the whole graph too.")] = True,
) -> None:
    """Write the site as static files for any web host.

    Page, Turtle and JSON-LD of each thing, browsing, questions, the vocabulary, dumps, sitemap, redirects, search and
    SPARQL that run in the browser. Files that have not changed are not written again.

    \b
    Example:
      kg publish site/
      kg publish site/ --address https://data.example.org
    """
    from kg.publish.static import Options, publish_site

    if address and not address.startswith(("https://", "http://")):
        raise UsageError(f"--address cannot be '{address}'", hint="a web address, such as https://data.example.org")
    with open_store(store) as graph:
        report = publish_site(graph, folder, Options(address.rstrip("/"), dumps))
    note(
        f"{folder}: {counted(report.written, 'file', 'files')} written, {report.unchanged} unchanged, "
        f"{report.removed} removed"
    )
