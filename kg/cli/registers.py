"""``kg registers``: what the registers hold, and organisations of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import TABLE_FORMATS, Format, check_choice, counted, note, put_table, settings
from kg.errors import UsageError
from kg.wholefile import whole_file

if TYPE_CHECKING:
    from kg.config import Config
    from kg.query.tables import Table
    from kg.registers import Registers

ACTIONS = ("list", "add")


def registers(
    action: Annotated[str, typer.Argument(metavar="ACTION", help="list or add.")],
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Of add: a CSV of organisations.")] = None,
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Of list: one kind, such as university.")] = "",
    form: Format = "table",
) -> None:
    """List what the registers hold, or add organisations of your own.

    A file of your own has the columns name and kind, and as you have them id, aliases, acronyms, org_number, parent,
    wikidata, ror, homepage and source. A row with the id of a known organisation adds names to it.

    \b
    Example:
      kg registers list --kind university
      kg registers add my-organisations.csv
    """
    from kg.registers import load_registers

    check_choice(action, ACTIONS, "ACTION")
    check_choice(form, TABLE_FORMATS, "--format")
    config = settings(None)
    if action == "add":
        if file is None:
            raise UsageError("FILE is missing", hint="kg registers add FILE")
        _add(file, config)
        return
    if file is not None:
        raise UsageError(f"list takes no file, but got '{file}'", hint="kg registers add FILE")
    found = _table(load_registers(config.registers, config.own_registers), kind)
    put_table(found, form)
    note(counted(len(found.rows), "record", "records"))


def _add(file: Path, config: Config) -> None:
    from kg.registers import load_registers
    from kg.registers.own import add_own, merge_own

    target = config.own_registers
    package = load_registers(config.registers)
    text, count = merge_own(target, file, package)
    with whole_file(target, "the register", "name another in kg.toml") as out:
        out.write(text.encode())
        out.flush()
        # What was fine in two files may clash in one.
        add_own(package, Path(out.name))
    note(f"{counted(count, 'organisation', 'organisations')} in {target}; build the graph again to take effect")


def _table(registers: Registers, kind: str) -> Table:
    from kg.query import Column, Table

    rows: list[tuple[str, ...]] = []
    for o in registers.organisations:
        rows.append((o.kind, o.id, o.label, ", ".join(o.names), o.org_number or "", o.source))
    for c in registers.counties:
        rows.append(("county", c.id, c.name, ", ".join(c.names), c.nuts3, c.source))
    for m in registers.municipalities:
        rows.append(("municipality_area", m.id, m.short_name, ", ".join(m.names), m.county, m.source))
    for p in registers.programmes:
        years = "–".join(str(y) if y else "" for y in (p.period_start, p.period_end)).strip("–")
        rows.append(("programme", p.id, p.name, ", ".join(p.names), years, p.source))
    known = sorted({row[0] for row in rows})
    if kind:
        check_choice(kind, tuple(known), "--kind")
        rows = [row for row in rows if row[0] == kind]
    columns = tuple(Column(name) for name in ("kind", "id", "name", "other_names", "number", "source"))
    return Table(columns, tuple(sorted(rows)))
