"""What several commands share: their options, the settings, and writing answers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.config import Config, load_config
from kg.errors import UsageError, escape_controls, find_damage
from kg.publication import Publication, check_site

if TYPE_CHECKING:
    from kg.graph.store import GraphStore
    from kg.query import Table

Store = Annotated[
    Path | None,
    typer.Option("--store", metavar="DIR", help="The graph directory (default: 'store' of kg.toml, else graph/)."),
]
Format = Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="table, csv, tsv, json or md.")]


def settings(store: Path | None) -> Config:
    """The settings of ``kg.toml`` in the working folder, with the graph directory that the user names."""
    config = load_config()
    return config if store is None else replace(config, store=store)


def name_address(publication: Publication, address: str | None) -> Publication:
    """Who publishes, at the address that the user names on the command line, or else in the settings."""
    if address is None:
        return publication
    return replace(publication, public_url=check_site("address", address, "--public-url"))


def warn_missing(publication: Publication) -> None:
    """Tells what a publisher must say and has not said in ``[publish]`` of ``kg.toml``."""
    if publication.missing:
        note(
            f"kg: [publish] of kg.toml does not give: {', '.join(publication.missing)}; the data are described as "
            f"published by {publication.publisher_name} under {publication.licence_name}"
        )


@contextmanager
def open_store(store: Path | None) -> Iterator[GraphStore]:
    """The graph that the user means, open for reading.  Damage that shows only as the graph is read is a StoreError."""
    from kg.graph.store import open_graph

    with open_graph(settings(store).store) as graph:
        try:
            yield graph
        except RuntimeError as error:
            damage = find_damage(error, str(graph.path))
            if damage is None:
                raise
            raise damage from error


def check_choice(value: str, known: Mapping[str, Any] | tuple[str, ...], option: str) -> str:
    """``value``; raises UsageError, listing what is known, where it is not one of ``known``."""
    if value not in known:
        raise UsageError(f"{option} cannot be '{value}'", hint=f"one of {', '.join(known)}")
    return value


def print_table(table: Table) -> None:
    """The table on standard output: drawn on a terminal, in plain aligned text elsewhere."""
    if sys.stdout.isatty():
        from kg.cli.drawn import draw_table

        draw_table(table)
    else:
        from kg.query import render_plain

        put(render_plain(table))


TABLE_FORMATS = ("table", "csv", "tsv", "json", "md")


def put_table(table: Table, form: str) -> None:
    """The table on standard output in one of ``TABLE_FORMATS``; ``json`` is a list of objects."""
    check_choice(form, TABLE_FORMATS, "--format")
    if form == "table":
        print_table(table)
        return
    from kg.query.formats import render_csv, render_json, render_markdown, render_tsv

    writers: dict[str, Callable[[Table], str]] = {
        "csv": render_csv,
        "tsv": render_tsv,
        "json": render_json,
        "md": render_markdown,
    }
    put(writers[form](table))


def put(text: str) -> None:
    """Data on standard output, in UTF-8 whatever the locale."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """A line for the user, on standard error; control characters, which a name may hold, are escaped."""
    typer.echo(escape_controls(text), err=True)


def number(count: int) -> str:
    """A count with digit groups: 4 529 875."""
    return f"{count:,}".replace(",", "\u00a0")


def counted(count: int, one: str, many: str) -> str:
    """``1 paper``, ``12 papers``."""
    return f"{number(count)} {one if count == 1 else many}"
