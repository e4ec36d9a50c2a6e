"""Clean: from a paper as read to text in blocks, with the way back to the raw text.

``clean(raw)`` repairs characters, joins what line and page breaks tore apart, takes out repeated page heads and
feet, and tells headings, list items, fields and tables.  ``describe(document)`` prints the blocks, one a line.
"""

from __future__ import annotations

from kg.clean.assemble import Assembler, Draft
from kg.clean.delimited import divide_signs, divide_tabs
from kg.clean.known import lay_out_known
from kg.clean.layout import lay_out
from kg.clean.markdown import repair_markdown
from kg.clean.markup import lay_out_marks
from kg.clean.repair import repair_characters
from kg.model import CleanDocument, RawDocument

__all__ = ["clean", "describe"]


def clean(raw: RawDocument) -> CleanDocument:
    """The paper as blocks of clean text.

    Blocks are divided by one line feed; paragraphs, items and headings stand on one line each; white space is closed
    to one blank.  Every clean character lies in a piece of ``offsets``; the raw runs of the pieces do not overlap, so
    that the raw text is the pieces in raw order with what was left out between them.
    """
    base, drafts = _lay_out(raw)
    assembler = Assembler(base)
    for draft in drafts:
        assembler.add(draft)
    return assembler.finish(raw)


def _lay_out(raw: RawDocument) -> tuple[str, list[Draft]]:
    """The repaired text, and its blocks: as the marks tell in a page of HTML, else as the lines do."""
    if raw.media_type == "text/html":
        base = repair_characters(raw.text, references=True)
        return base, lay_out_marks(raw.text, base, raw.marks)
    base = repair_characters(raw.text)
    if raw.media_type == "text/markdown":
        base = repair_markdown(base)
    if raw.media_type.startswith("text/"):
        base = divide_tabs(divide_signs(base))
    return base, lay_out_known(raw, base) if raw.marks else lay_out(base)


def describe(document: CleanDocument) -> str:
    """The blocks, one a line: kind with level, page, text.  Rows of a table follow, a line each; a tab is ``|``."""
    lines: list[str] = []
    for block in document.blocks:
        level = str(block.level) if block.level else ""
        page = f" p{block.page}" if block.page else ""
        text = document.block_text(block)
        if block.kind == "table":
            heads = {cell.row for cell in block.cells if cell.header}
            lines.append(f"table{page}")
            lines.extend(
                f"  {'=' if r in heads else '|'} {row.replace(chr(9), ' | ')}" for r, row in enumerate(text.split("\n"))
            )
        else:
            lines.append(f"{block.kind}{level}{page}: {text.replace(chr(9), ' | ')}")
    return "\n".join(lines)
