"""``kg info``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.cli.common import TABLE_FORMATS, Format, Store, check_choice, open_store, print_table, put, put_table
from kg.errors import escape_controls

if TYPE_CHECKING:
    from kg.graph.manifest import Manifest


def info(form: Format = "table", store: Store = None) -> None:
    """Show what the graph holds.

    When and by which version it was built, how much of what is in it, the papers that it comes from with the dates of
    the acts that they report, files that are there twice, and files that were refused. With another --format than
    table: the list of papers alone.

    \b
    Example:
      kg info
      kg info --store my-graph --format csv
    """
    from kg.query import Column, Table, execute, prepare

    check_choice(form, TABLE_FORMATS, "--format")
    with open_store(store) as graph:
        manifest, path = graph.manifest, graph.directory
        papers = execute(graph.store, prepare("papers"))
    if form != "table":
        put_table(papers, form)
        return
    columns = (Column("what"), Column("value"))
    put(f"{escape_controls(str(path))}\n\n")
    print_table(Table(columns, tuple(_facts(manifest))))
    put("\n")
    print_table(papers.without("iri"))
    again = tuple((also, paper.source) for paper in manifest.papers for also in paper.also)
    if again:
        put("\nThe same file under another name, read once:\n\n")
        print_table(Table((Column("file"), Column("read as")), tuple(sorted(again))))
    if manifest.refused:
        put("\nRefused when the graph was built:\n\n")
        columns = (Column("file"), Column("reason"))
        print_table(Table(columns, tuple((refusal.path, refusal.reason) for refusal in manifest.refused)))


def _facts(manifest: Manifest) -> list[tuple[Any, ...]]:
    again = sum(len(paper.also) for paper in manifest.papers)
    return [
        ("built", manifest.built),
        ("by version", manifest.kg_version),
        ("base of its IRIs", manifest.base),
        ("papers", str(len(manifest.papers))),
        *((("same file again", str(again)),) if again else ()),
        ("facts", str(manifest.claims)),
        ("statements", str(manifest.quads)),
        *((f"of class {kind}", str(count)) for kind, count in manifest.entities),
        *((f"issue {code}", str(count)) for code, count in manifest.issues),
    ]
