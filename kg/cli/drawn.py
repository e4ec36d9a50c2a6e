"""Tables as a terminal shows them."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from kg.query import Table
from kg.query.formats import is_number, show_head, show_value

# A column of words is folded, but not below this width.
NARROWEST = 12
_GAP = 2


def draw_table(table: Table, console: Console | None = None) -> None:
    """Draws the table to the width of the terminal; numbers to the right, money in Swedish digit groups.

    Wide text is folded.  Where the columns do not fit even so, every row is drawn as lines of name and value: no column
    is left out, and no number is cut.
    """
    console = console or Console()
    heads = [show_head(column) for column in table.columns]
    right = [is_number(c, [row[i] for row in table]) for i, c in enumerate(table.columns)]
    cells = [[show_value(v, c) for v, c in zip(row, table.columns, strict=True)] for row in table]
    whole = [r or c.type == "date" for r, c in zip(right, table.columns, strict=True)]
    widths = [max([cell_len(head), *(cell_len(row[i]) for row in cells)]) for i, head in enumerate(heads)]
    least = [w if fixed else min(w, NARROWEST) for w, fixed in zip(widths, whole, strict=True)]
    if sum(least) + _GAP * (len(least) - 1) > console.width and cells:
        _draw_records(heads, cells, console)
        return
    drawn = RichTable(header_style="bold", pad_edge=False, box=None)
    for head, is_right, fixed, width in zip(heads, right, whole, least, strict=True):
        justify = "right" if is_right else "left"
        drawn.add_column(head, justify=justify, no_wrap=fixed, overflow="fold", min_width=width)  # type: ignore[arg-type]
    for row in cells:
        drawn.add_row(*map(Text, row))
    console.print(drawn)


def _draw_records(heads: list[str], cells: list[list[str]], console: Console) -> None:
    """Each row as lines of name and value, with an empty line between."""
    drawn = RichTable(show_header=False, pad_edge=False, box=None)
    drawn.add_column(style="bold", overflow="fold", max_width=max(8, console.width // 2))
    drawn.add_column(overflow="fold")
    for number, row in enumerate(cells):
        if number:
            drawn.add_row("", "")
        for head, cell in zip(heads, row, strict=True):
            drawn.add_row(head, Text(cell))
    console.print(drawn)
