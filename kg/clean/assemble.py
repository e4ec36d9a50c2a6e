"""Putting the clean text together: blocks of raw runs become text, blocks with offsets, and the offset map."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.clean.repair import CELL, DROPPED, EXPANDED, HELD
from kg.model import Block, Cell, CleanDocument, OffsetMap, Piece, RawDocument

# A run of raw text, as offsets; ``glue`` stands between it and the run before it in the same cell: a blank, or
# nothing where a word was hyphenated.
Run = tuple[int, int, str]

# What cannot be copied as it stands: white space to close, dropped and held places, ligatures.
_SPECIAL = re.compile(
    rf"(?P<space>[ \t\n]{HELD}*(?:[ \t\n{DROPPED}{HELD}]*[ \t\n]{HELD}*)?)"
    rf"|(?P<held>[^{HELD}{DROPPED}]{HELD}+)|(?P<dropped>[{DROPPED}{HELD}]+)|(?P<ligature>[{''.join(EXPANDED)}])"
)
_NEEDS_CARE = re.compile(rf"[{DROPPED}{HELD}\t\n{''.join(EXPANDED)}]|  ")
_BLANKS = f" \t\n{DROPPED}{CELL}"
_EDGES = _BLANKS + HELD


@dataclass(slots=True)
class Draft:
    """A block before it is put together.  ``rows`` hold cells, cells hold runs; blocks of text have one cell,
    fields two.  ``heads`` are the rows whose cells are column heads."""

    kind: str
    rows: list[list[list[Run]]]
    level: int = 0
    page: int = 0
    heads: frozenset[int] = frozenset()
    columns: list[list[tuple[int, bool]]] = field(default_factory=list)  # (column, header) of each cell, else in order


class Assembler:
    """Collects clean text and its pieces.  Raw offsets index ``base``, the repaired text."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.parts: list[str] = []
        self.size = 0
        self.pieces: list[tuple[int, int, int, int]] = []
        self._even = False  # whether the last piece is as long as its raw run
        self.blocks: list[Block] = []
        self.raw_end = 0

    # --- pieces ---

    def put(self, text: str, start: int, end: int) -> None:
        """Append ``text`` from the raw run ``start:end``; runs of equal length that touch become one piece."""
        size = len(text)
        low = self.size
        self.size = high = low + size
        if self._even and start == self.raw_end and end - start == size:
            self.pieces[-1] = (self.pieces[-1][0], high, self.pieces[-1][2], end)
        else:
            self.pieces.append((low, high, start, end))
            self._even = end - start == size
        self.parts.append(text)
        self.raw_end = end

    def put_run(self, start: int, end: int) -> None:
        text = self.base[start:end]
        if not _NEEDS_CARE.search(text):
            self.put(text, start, end)
            return
        at = 0
        for match in _SPECIAL.finditer(text):
            low, high = match.span()
            group = match.lastgroup
            if group == "space" and high - low == 1 and text[low] == " ":
                continue
            if low > at:
                self.put(text[at:low], start + at, start + low)
            if group == "space":
                self.put(" ", start + low, start + high)
            elif group == "held":
                self.put(text[low], start + low, start + high)
            elif group == "ligature":
                self.put(EXPANDED[text[low]], start + low, start + high)
            at = high
        if at < len(text):
            self.put(text[at:], start + at, end)

    def put_mark(self, sign: str, limit: int, signs: str = _EDGES) -> None:
        """Append a blank, tab or line feed for the white space that follows in the raw text, up to ``limit``."""
        start = end = self.raw_end
        base = self.base
        if end < limit and base[end] in signs:
            end = limit - len(base[end:limit].lstrip(signs))
        if self.pieces:
            self.put(sign, start, end)
        else:
            self.put(sign, start, start)

    # --- blocks ---

    def add(self, draft: Draft) -> None:
        rows = [[trim_runs(self.base, cell) for cell in row] for row in draft.rows]
        if not any(cell for row in rows for cell in row):
            return
        first = next(cell[0][0] for row in rows for cell in row if cell)
        if self.blocks:
            self.put_mark("\n", first)
        start = self.size
        keep_cells = draft.kind == "table" or len(rows[0]) > 1
        cells: list[Cell] = []
        for r, row in enumerate(rows):
            if r:
                self.put_mark("\n", _first(row, self.raw_end))
            for c, cell in enumerate(row):
                if c:
                    self.put_mark(
                        "\t", cell[0][0] if cell else self.raw_end, f"{_EDGES}:" if draft.kind != "table" else _EDGES
                    )
                low = self.size
                for start_raw, end_raw, glue in cell:
                    if glue and self.size > low:
                        self.put_mark(glue, start_raw)
                    self.put_run(start_raw, end_raw)
                if keep_cells and self.size > low:
                    column, header = draft.columns[r][c] if draft.columns else (c, r in draft.heads)
                    cells.append(Cell(r, column, low, self.size, header))
        self.blocks.append(Block(draft.kind, start, self.size, draft.level, draft.page, tuple(cells)))

    def finish(self, raw: RawDocument) -> CleanDocument:
        pieces = tuple(Piece(*piece) for piece in self.pieces)
        return CleanDocument(
            raw.id,
            raw.source,
            raw.media_type,
            "".join(self.parts),
            tuple(self.blocks),
            raw.text,
            OffsetMap(pieces),
            raw.issues,
        )


def _first(row: list[list[Run]], default: int) -> int:
    return next((cell[0][0] for cell in row if cell), default)


def trim_runs(base: str, runs: list[Run]) -> list[Run]:
    """The runs without white space and dropped places at their ends; empty ones are left out."""
    trimmed: list[Run] = []
    for start, end, glue in runs:
        if start < end and base[start] in _EDGES:
            start = end - len(base[start:end].lstrip(_EDGES))
        if start < end and base[end - 1] in _EDGES:
            end = _trim_end(base, start, end)
        if end > start:
            trimmed.append((start, end, glue if trimmed else ""))
    return trimmed


def _trim_end(base: str, start: int, end: int) -> int:
    end = start + len(base[start:end].rstrip(_BLANKS))
    while end > start:
        held = end
        while held > start and base[held - 1] == HELD:  # a held place goes with the sign that it belongs to
            held -= 1
        if held == start or base[held - 1] not in _BLANKS:
            return end
        end = held - 1
    return end
