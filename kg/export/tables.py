"""Tables of nodes and of edges with the column names that Gephi knows, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO

from kg.export.networks import Network, Scalar, Spell, declare_attributes


def write_node_table(network: Network, out: BinaryIO) -> None:
    """One line a node: ``Id``, ``Label``, ``Class``, ``Interval`` (``<[from, to]>``), ``money`` and its attributes."""
    names = list(declare_attributes(network.nodes))
    head = ["Id", "Label", "Class", "Interval", "money", *names]
    _write(
        head,
        (
            [n.iri, n.label, n.type, write_interval(n.spells), n.money, *(n.attributes.get(name) for name in names)]
            for n in network.nodes
        ),
        out,
    )


def write_edge_table(network: Network, out: BinaryIO) -> None:
    """One line an edge: ``Source``, ``Target``, ``Type`` (Directed or Undirected), ``Id``, ``Label`` and ``Kind``,
    ``Weight``, ``Interval``, ``amount`` and its attributes."""
    names = list(declare_attributes(network.edges))
    type_ = "Directed" if network.directed else "Undirected"
    head = ["Source", "Target", "Type", "Id", "Label", "Kind", "Weight", "Interval", "amount", *names]
    _write(
        head,
        (
            [
                e.source,
                e.target,
                type_,
                number,
                e.kind,
                e.kind,
                e.weight,
                write_interval(e.spells),
                e.amount,
                *(e.attributes.get(name) for name in names),
            ]
            for number, e in enumerate(network.edges)
        ),
        out,
    )


def write_interval(spells: tuple[Spell, ...]) -> str:
    """The spells as Gephi writes them: ``<[2021-01-01, 2021-12-31]; [2023-01-01, Infinity]>``; empty where none are."""
    if not spells:
        return ""
    return "<" + "; ".join(f"[{start or '-Infinity'}, {end or 'Infinity'}]" for start, end in spells) + ">"


def _write(head: list[str], rows: Iterable[list[Scalar | None]], out: BinaryIO) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if text.tell() > 1 << 16:
            out.write(text.getvalue().encode("utf-8", "replace"))
            text.seek(0)
            text.truncate()
    out.write(text.getvalue().encode("utf-8", "replace"))


def _cell(value: Scalar | None) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
