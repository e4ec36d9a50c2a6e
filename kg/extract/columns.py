"""What the columns of a table of projects hold: by their heads, by heads that stand alone above the table, and
where a column has none, by what its cells hold."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.leads import is_led_by_grants
from kg.extract.outcomes import outcome_names
from kg.extract.pieces import split_purpose
from kg.extract.programmes import pairs_projects_with_payers, payer_roles
from kg.extract.rowlists import lists_receivers
from kg.extract.tables import YEAR, Grid, cell_text, column_roles, is_sum_row
from kg.extract.view import View
from kg.lexicon import ONE_PAPER, Lexicon, fold, shape
from kg.model import Cell

_YEAR_HEAD = shape("columns", "year_head")
_JOINT_HEAD = shape("columns", "joint_head")
_UNIT_ROW = shape("columns", "unit_row")
_UNIT_TAIL = shape("columns", "unit_tail")
_BRACKETED = re.compile(r"\([^)]*\)")
_MOST_WORDS = 6
_NO_HEAD = re.compile(r"\d|\s[–-]\s|[.!?]$|:\s")
_HEADS_REACH = 9

_NEEDED = frozenset({"granted", "applied", "beneficiary", "proposed", "outcome", "diary_number", "total"})

Roles = dict[int, tuple[str, ...]]


@lru_cache(maxsize=ONE_PAPER)
def head_roles(lexicon: Lexicon, head: str) -> tuple[str, ...]:
    """The roles of a head; of one that names two things ('Projekt / sökande'), those of both."""
    if not lexicon.labels("labels").may_hold(head):
        return ()
    roles = column_roles(lexicon, head)
    if roles and not ("beneficiary" in roles and _JOINT_HEAD.search(head)):  # 'Sökande och projekt' names two
        return roles
    parts = [column_roles(lexicon, part.strip(" )")) for part in _JOINT_HEAD.split(head) if part.strip(" )")]
    if len(parts) > 1 and all(parts):
        return tuple(dict.fromkeys(r for part in parts for r in part))
    return roles or _loose_roles(lexicon, head)


def _loose_roles(lexicon: Lexicon, head: str) -> tuple[str, ...]:
    """The roles of a longer head by the label that ends or begins it: 'Samordnande stödmottagare', 'LAG-beslut',
    'Kommun där projektet genomförs'."""
    words = _UNIT_TAIL.sub("", _BRACKETED.sub("", head)).strip(" :,").split()
    if (
        not 1 <= len(words) <= _MOST_WORDS
        or _NO_HEAD.search(head)
        or lexicon.pattern("lists", "other_columns").search(head)
    ):
        return ()
    ends = [" ".join(words[k:]) for k in range(len(words))] + words[-1].split("-", 1)[1:]
    begins = [" ".join(words[:k]) for k in range(len(words) - 1, 0, -1)]
    for label in (*ends, *begins):
        roles = column_roles(lexicon, label)
        if roles and ("decision_date" not in roles or "beslut" in fold(head)) and "project" not in roles:
            return roles
    return ()


def _municipalities_receive(view: View, columns: Roles, body: list[tuple[Cell, ...]]) -> None:
    """In a list without applicants, a column of municipalities written out ('Gävle kommun') is who receives."""
    if any("beneficiary" in roles for roles in columns.values()):
        return
    for column in [c for c, roles in columns.items() if roles == ("municipality",)]:
        cells = [c for row in body for c in row if c.column == column and cell_text(view, c)]
        spans = [view.starting(c.start, "organisation") for c in cells]
        if cells and all(s is not None and s.end == c.end for s, c in zip(spans, cells, strict=True)):
            columns[column] = ("beneficiary",)


def table_columns(view: View, lexicon: Lexicon, grid: Grid, authority: str | None = None) -> Roles:
    """The roles of each column; empty where the table is no list of projects.  ``authority``: whose paper it is."""
    body = body_rows(view, lexicon, grid)
    if len(body) < 1:
        return {}
    width = 1 + max((c.column for row in grid.rows for c in row), default=0)
    columns: Roles = {}
    heads: dict[int, str] = {}
    if grid.head >= 0:
        heads = {c.column: cell_text(view, c) for c in grid.rows[grid.head]}
        tops = dict(heads)
        for cell in _head_rest(view, grid):
            if text := cell_text(view, cell):
                over = max((c for c in tops if c <= cell.column), default=cell.column) if cell.header else cell.column
                heads[cell.column] = f"{tops.get(over, '')} {text}".strip()
        columns = {c: head_roles(lexicon, h) for c, h in heads.items()}
        columns = payer_roles(view, lexicon, grid, columns, authority)
        if pairs_projects_with_payers(view, lexicon, grid, columns):
            return {}
    if not any("project" in r for r in columns.values()) and (above := _heads_above(view, lexicon, grid, width)):
        columns = above
    if _is_financing(lexicon, grid, columns):
        return {}
    _matters_as_projects(view, columns, body)
    _applicants_in_names(view, columns, body)
    if not columns and width == 2 and _is_joint(view, lexicon, body):
        return {0: ("project", "beneficiary"), 1: ("granted",)}
    headed = any("project" in r for r in columns.values())
    if not headed:
        columns = _by_content(view, lexicon, columns, heads, body, width)
    if not any("project" in r for r in columns.values()):
        return {}
    _grant_by_years(lexicon, columns, heads)
    _municipalities_receive(view, columns, body)
    held = {r for roles in columns.values() for r in roles}
    if (
        not headed
        and not held & {"beneficiary", "diary_number"}
        and not _lists_names(view, lexicon, grid, columns, body)
    ):
        return {}
    return columns if is_list_of_projects(columns) else {}


def _is_joint(view: View, lexicon: Lexicon, body: list[tuple[Cell, ...]]) -> bool:
    """Whether rows hold applicant and project before a sum: 'Lessebo kommun, Glasets berättare | 65 000 kr',
    'Lessebo IF för ny läktare | 65 000 kr'."""
    joint = alike = 0
    for row in body:
        if len(row) != 2 or not view.spans_in(row[1].start, row[1].end, "money"):
            return False
        party = view.starting(row[0].start, "organisation")
        joint += party is not None and (
            view.text[party.end : min(row[0].end, party.end + 2)] == ", "
            or split_purpose(view, lexicon, row[0].start, row[0].end) is not None
        )
        alike += split_purpose(view, lexicon, row[0].start, row[0].end, unknown=True) is not None
    return len(body) > 1 and (joint * 2 > len(body) or joint > 0 and alike * 3 > len(body) * 2)


def _lists_names(view: View, lexicon: Lexicon, grid: Grid, columns: Roles, body: list[tuple[Cell, ...]]) -> bool:
    """Whether a table without heads holds nothing but names and sums, below words that tell of projects that got
    money, and the names are not those of receivers."""
    column = next((c for c, roles in columns.items() if "project" in roles), None)
    names = [[(c.start, c.end)] for row in body for c in row if c.column == column and cell_text(view, c)]
    if not any("granted" in roles for roles in columns.values()) or lists_receivers(view, names):
        return False
    return is_led_by_grants(view, lexicon, grid.block)


def _matters_as_projects(view: View, columns: Roles, body: list[tuple[Cell, ...]]) -> None:
    """A column headed 'Ärende' holds numbers or matters; where it holds words and no column names the projects, its
    matters do."""
    if any("project" in roles for roles in columns.values()):
        return
    for column, roles in sorted(columns.items()):
        cells = [c for row in body for c in row if c.column == column and cell_text(view, c)]
        matters = [c for c in cells if " " in cell_text(view, c)]  # 'RUN230211' is a number that no form is known of
        if "diary_number" in roles and len(matters) * 2 > len(cells) and _most(view, cells) in ("words", "beneficiary"):
            columns[column] = ("project",)
            return


def _applicants_in_names(view: View, columns: Roles, body: list[tuple[Cell, ...]]) -> None:
    """A column of projects in which most cells begin with an applicant and a comma or colon ('Almi AB, Steget') holds
    both, where no column holds the applicants."""
    if any("beneficiary" in roles for roles in columns.values()):
        return
    named = next((c for c, roles in sorted(columns.items()) if roles == ("project",)), None)
    cells = [c for row in body for c in row if c.column == named and cell_text(view, c)]
    begun = [view.starting(c.start, "organisation") for c in cells]
    led = sum(s is not None and s.end < c.end and view.text[s.end] in ",:" for s, c in zip(begun, cells, strict=True))
    if named is not None and led * 2 > len(cells):
        columns[named] = ("beneficiary", "project")


def is_list_of_projects(columns: Roles) -> bool:
    """Whether beside the projects some column holds what only a list of decisions or applications has."""
    others = {r for roles in columns.values() for r in roles if "project" not in roles or "beneficiary" in roles}
    return bool(others & _NEEDED)


def _head_rest(view: View, grid: Grid) -> tuple[Cell, ...]:
    """The row below the head that goes on with its words ('Date of', 'decision'): its first cell is empty, and it
    holds no number; or a row that the page marks as one of heads, below heads of several columns."""
    if grid.head < 0 or grid.head + 1 >= len(grid.rows) or grid.fields:
        return ()
    row = grid.rows[grid.head + 1]
    words = [cell_text(view, c) for c in row]
    first = next((c for c in row if c.column == 0), None)
    if (first is not None and cell_text(view, first)) or sum(bool(w) for w in words) < 2:
        return ()
    marked = view.document.media_type == "text/html" and all(c.header for c in row)
    return () if any(any(ch.isdigit() for ch in w) for w in words) and not marked else row


def body_rows(view: View, lexicon: Lexicon, grid: Grid) -> list[tuple[Cell, ...]]:
    """The rows below the head that are neither sums, units nor the head said again."""
    head = [fold(cell_text(view, c)) for c in grid.rows[grid.head]] if grid.head >= 0 else []
    rest = _head_rest(view, grid)
    found = []
    for index, row in enumerate(grid.rows):
        words = [cell_text(view, c) for c in row]
        if (
            index <= grid.head
            or (rest and row is rest)
            or not any(words)
            or is_sum_row(lexicon, words[0])
            or [fold(w) for w in words] == head
        ):
            continue
        if all(_UNIT_ROW.fullmatch(w) for w in words):
            continue
        found.append(row)
    return found


def _is_financing(lexicon: Lexicon, grid: Grid, columns: Roles) -> bool:
    """A table of costs or financiers is no list of projects, whatever stands in its cells."""
    first = columns.get(0, ())
    if any("project" in r for r in columns.values()):
        return False
    return bool({"funder", "cost_item"} & set(first)) or bool(
        lexicon.pattern("lists", "no_projects").search(grid.caption)
    )


def _heads_above(view: View, lexicon: Lexicon, grid: Grid, width: int) -> Roles:
    """Heads that stand on lines of their own above a table, one for each column."""
    index = view.block_index(grid.block.start)
    labels: list[tuple[str, ...]] = []
    for block in reversed(view.blocks[max(0, index - _HEADS_REACH) : index]):
        roles = head_roles(lexicon, view.document.block_text(block)) if block.end - block.start < 40 else ()
        if roles:
            labels.append(roles)
        elif labels and block.kind != "furniture":
            break
    labels.reverse()
    for shift in range(len(labels) - width + 1):
        chosen = labels[shift : shift + width]
        if sum("project" in r for r in chosen) == 1 or (
            len(labels) == width and is_list_of_projects(dict(enumerate(chosen)))
        ):
            return dict(enumerate(chosen))
    return {}


def _by_content(
    view: View, lexicon: Lexicon, columns: Roles, heads: dict[int, str], body: list[tuple[Cell, ...]], width: int
) -> Roles:
    """Columns without a role get one by what most of their cells hold; the first free column of words is the name."""
    found = dict(columns)
    money: list[int] = []
    words: list[int] = []
    for column in range(width):
        if found.get(column):
            continue
        cells = [c for row in body for c in row if c.column == column and cell_text(view, c)]
        if not cells:
            continue
        decided = sum(outcome_cell(lexicon, cell_text(view, c)) for c in cells)
        kind = "outcome" if decided * 2 > len(cells) else _most(view, cells)
        if kind == "money":
            money.append(column)
        elif kind == "words":
            if len({fold(cell_text(view, c)) for c in cells}) * 5 >= len(cells) * 4:
                words.append(column)
        elif kind:
            found[column] = (kind,)
    roles = {r for rs in found.values() for r in rs}
    if words and "project" not in roles and len(body) >= 2:
        cells = [c for row in body for c in row if c.column == words[0] and cell_text(view, c)]
        joint = sum(_ends_in_party(view, c) for c in cells) * 2 > len(cells) and "beneficiary" not in roles
        found[words[0]] = ("project", "beneficiary") if joint else ("project",)
    elif not words and "project" not in roles and len(body) >= 2:
        for column in sorted(c for c, r in found.items() if r == ("beneficiary",) and not columns.get(c)):
            cells = [c for row in body for c in row if c.column == column and cell_text(view, c)]
            if sum(_ends_in_party(view, c) for c in cells) * 2 > len(cells):
                found[column] = ("project", "beneficiary")
                break
    if "granted" not in roles and money and not heads:
        if len(money) == 1:
            found[money[0]] = ("granted",)
        elif len(money) == 2:
            found[money[0]], found[money[1]] = ("applied",), ("granted",)
    return found


def _ends_in_party(view: View, cell: Cell) -> bool:
    """Whether a cell ends with an organisation behind other words."""
    spans = view.spans_in(cell.start, cell.end, "organisation")
    return bool(spans) and spans[-1].start > cell.start + 2 and not view.text[spans[-1].end : cell.end].strip(" .)")


def outcome_cell(lexicon: Lexicon, text: str) -> bool:
    """Whether a cell holds nothing but an outcome."""
    words = fold(text).strip(" .:")
    return words in outcome_names(lexicon)


def _most(view: View, cells: list[Cell]) -> str:
    """``beneficiary``, ``diary_number``, ``municipality``, ``period``, ``decision_date``, ``money`` or ``words``."""
    votes = {
        "beneficiary": 0,
        "diary_number": 0,
        "municipality": 0,
        "period": 0,
        "decision_date": 0,
        "money": 0,
        "words": 0,
    }
    kinds = {
        "organisation": "beneficiary",
        "diary_number": "diary_number",
        "case_id": "diary_number",
        "municipality": "municipality",
        "county": "municipality",
        "period": "period",
        "date": "decision_date",
        "money": "money",
        "number": "money",
    }
    for cell in cells:
        size = len(cell_text(view, cell))
        spans = [s for s in view.spans_in(cell.start, cell.end, *kinds) if (s.end - s.start) * 10 >= size * 6]
        if spans:
            votes[kinds[spans[0].kind]] += 1
        elif any(ch.isalpha() for ch in view.text[cell.start : cell.end]):
            votes["words"] += 1
    best = max(votes, key=lambda k: votes[k])
    if best == "words" and votes["beneficiary"] * 2 >= len(cells):
        best = "beneficiary"
    return best if votes[best] * 2 >= len(cells) else ""


def _grant_by_years(lexicon: Lexicon, columns: Roles, heads: dict[int, str]) -> None:
    """Behind columns of years the total is what is granted, where no column says so itself."""
    yearly = [c for c, h in heads.items() if "granted" in columns.get(c, ()) and YEAR.search(h)]
    if len(yearly) > 1:  # 'Stöd 2024 | Stöd 2025 | Summa': the sum is what is granted
        after = [(c, h) for c, h in sorted(heads.items()) if c > max(yearly)]
        sums = [c for c, h in after if is_sum_row(lexicon, h) or is_sum_row(lexicon, h.rpartition(" ")[2])]
        if sums:
            columns.update(dict.fromkeys(yearly, ()))
            columns[sums[0]] = ("granted",)
        return
    years = [c for c, h in heads.items() if _YEAR_HEAD.fullmatch(fold(h))]
    if not years or any("granted" in r or "proposed" in r for r in columns.values()):
        return
    for column, roles in columns.items():
        if "total" in roles and column > max(years):
            columns[column] = ("granted",)
