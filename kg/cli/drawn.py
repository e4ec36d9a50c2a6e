"""Tables as a terminal shows them."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from kg.query import Table
from kg.query.formats import is_number, show_head, show_value


def draw_table(table: Table) -> None:
    """Draws the table to the width of the terminal; numbers to the right, money in Swedish digit groups."""
    drawn = RichTable(header_style="bold", pad_edge=False, box=None)
    for place, column in enumerate(table.columns):
        right = is_number(column, [row[place] for row in table])
        drawn.add_column(
            show_head(column),
            justify="right" if right else "left",
            no_wrap=right or column.type == "date",
            overflow="fold",
        )
    for row in table:
        drawn.add_row(*(Text(show_value(v, c)) for v, c in zip(row, table.columns, strict=True)))
    Console().print(drawn)
