"""Tables whose rows end in an amount, the cells divided by one blank: "Luleå kommun 750 000 kr"."""

from __future__ import annotations

from kg.clean.assemble import Draft, Run
from kg.clean.lexicon import layout_words
from kg.clean.lines import Line
from kg.clean.repair import DROPPED, HELD
from kg.clean.rules import Page
from kg.clean.words import LETTER, is_caption, match_marker
from kg.lexicon import shape

_MONEY = shape("clean_rows", "money")


def _split_row(text: str) -> tuple[int, int] | None:
    """Where the name ends and the value starts in a row such as "Luleå kommun 750 000 kr"."""
    found = layout_words().row.match(text)
    if not found or not LETTER.search(found["name"]) or len(found["name"].split()) > 9 or match_marker(text):
        return None
    if found["name"][-1] in ".,:;–-" or not found["name"][0].isupper():
        return None
    if ". " in found["name"] and _MONEY.search(found["name"]):
        return None  # sentences, each with its sum: 'Kvarnen. Byalaget. 350 000 kr. Sökt belopp var 500 000 kr.'
    return found.end("name"), found.start("value")


def _split_head(text: str) -> tuple[int, int] | None:
    """Where the first column head ends and the last starts, both known: "Finansiärer Sökt belopp"."""
    words = text.split()
    if not 2 <= len(words) <= 7:
        return None
    known = layout_words()
    for k in range(1, len(words)):
        first, last = " ".join(words[:k]), " ".join(words[k:])
        if last.casefold() in known.heads and (first.casefold() in known.heads or first.casefold() in known.labels):
            start = len(text) - len(last)
            return len(text[:start].rstrip()), start
    return None


def read_rows(page: Page, i: int) -> tuple[list[Draft], int] | None:
    if not page.may_try("rows", i):
        return None
    lines = page.lines
    rows: list[tuple[Line, tuple[int, int] | None, bool]] = []
    end, values, known = i, 0, 0
    while end < len(lines):
        line = lines[end]
        if len(line.parts) > 1 or rows and line.blanks > 1 and not line.cut:
            break
        head = _split_head(line.text)
        split = head or _split_row(line.text)
        if split and not head and values == 0 and rows == [] and not _row_follows(page, end):
            return None
        if head or split:
            if rows and head and lines[end].blanks > 0 and values and not _same(rows[0][0], line):
                break
            rows.append((line, split, bool(head)))
            values += 0 if head else 1
            known += 1 if head else 0
        elif (
            rows
            and is_caption(line.text)
            and end + 1 < len(lines)
            and (_split_row(lines[end + 1].text) or is_caption(lines[end + 1].text))
        ):
            rows.append((line, None, False))
        else:
            break
        end += 1
    if values < 1 or values + known < 2 or known == 0 and (values < 2 or not _sure(page, rows)):
        page.note_failure("rows", i, end)
        return None
    cells: list[list[list[Run]]] = []
    places: list[list[tuple[int, bool]]] = []
    for line, split, is_head in rows:
        if split is None:
            cells.append([[(line.start, line.end, "")]])
        else:
            name_end, value_start = (_raw_offset(page.base, line, n) for n in split)
            cells.append([[(line.start, name_end, "")], [(value_start, line.end, "")]])
        places.append([(c, is_head) for c in range(len(cells[-1]))])
    return [Draft("table", cells, page=rows[0][0].page, columns=places)], end


def _raw_offset(base: str, line: Line, count: int) -> int:
    """The raw offset that is ``count`` characters into the text of the line, which leaves dropped places out."""
    at = line.start
    while at < line.end and (count > 0 or base[at] in (DROPPED, HELD)):
        count -= base[at] not in (DROPPED, HELD)
        at += 1
    return at


def _same(a: Line, b: Line) -> bool:
    return a.text == b.text


def _row_follows(page: Page, i: int) -> bool:
    following = page.lines[i + 1] if i + 1 < len(page.lines) else None
    return (
        following is not None
        and following.blanks <= 1
        and len(following.parts) == 1
        and (_split_row(following.text) is not None or is_caption(following.text))
    )


def _sure(page: Page, rows: list[tuple[Line, tuple[int, int] | None, bool]]) -> bool:
    """Rows without a head of columns: amounts must look like amounts, and the lines break before the text's edge."""
    amounts = 0
    for line, split, _ in rows:
        if split is None:
            continue
        value = line.text[split[1] :]
        amounts += bool(_MONEY.search(value)) or value in "0-–"
    return amounts >= 0.6 * len(rows) and (not page.width or all(line.right < 0.9 * page.width for line, _, _ in rows))
