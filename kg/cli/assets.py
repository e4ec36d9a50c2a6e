"""``kg assets``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import note


def assets(
    again: Annotated[bool, typer.Option("--again", help="Fetch what is already there, too.")] = False,
) -> None:
    """Fetch the query editor and the SPARQL engine for browsers, once, by npm.

    Pages work without them: the query page of kg serve is then a plain form, and that of kg publish says that it has no
    engine. Versions are fixed and checksums compared.

    \b
    Example:
      kg assets
    """
    from kg.publish.vendor import fetch_all

    fetched = fetch_all(again=again)
    note("\n".join(f"kg: fetched {name}" for name in fetched) or "kg: all is there")
