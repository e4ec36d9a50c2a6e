"""The sample papers as PDF: verbatim lines, or set in one or two columns with tables ruled or not."""

from __future__ import annotations

import io
from pathlib import Path
from xml.sax.saxutils import escape

from kg.model import CleanDocument
from tests.read.forms import body, grid, heads

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def _fonts() -> tuple[str, str, str]:
    """Text, bold and fixed-width fonts with Swedish letters: those that every PDF reader has."""
    return "Helvetica", "Helvetica-Bold", "Courier"


def write_lines(text: str, rotate: int = 0, width: float = 595, height: float = 1150) -> bytes:
    """The lines as they are, in a fixed-width font."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(width, height), invariant=1)
    for page in text.split("\f"):
        canvas.setFont(_fonts()[2], 9)
        if rotate:
            canvas.setPageRotation(rotate)
        for i, line in enumerate(page.split("\n")):
            if i and i % 88 == 0:
                canvas.showPage()
                canvas.setFont(_fonts()[2], 9)
                if rotate:
                    canvas.setPageRotation(rotate)
            canvas.drawString(50, height - 60 - 12 * (i % 88), line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def write_pdf(
    document: CleanDocument, ruled: bool = True, columns: int = 1, size: float = 10, rotate: int = 0, **canvas: object
) -> bytes:
    """The paper set in a proportional font, with a running head and page numbers."""
    from reportlab.lib import pagesizes
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

    roman, bold, _ = _fonts()
    text = ParagraphStyle("text", fontName=roman, fontSize=size, leading=1.25 * size, spaceAfter=0.7 * size)
    item = ParagraphStyle("item", parent=text, leftIndent=16, bulletIndent=4)
    cell = ParagraphStyle("cell", parent=text, spaceAfter=0)
    styles = [
        ParagraphStyle(f"h{i}", parent=text, fontName=bold, fontSize=size + 5 - i, leading=1.5 * size, spaceBefore=size)
        for i in range(1, 6)
    ]
    stream = io.BytesIO()
    wide, high = pagesizes.A4
    paper = BaseDocTemplate(stream, pagesize=pagesizes.A4, invariant=1, rotation=rotate, **canvas)
    room = (wide - 120 - 24 * (columns - 1)) / columns
    frames = [Frame(60 + i * (room + 24), 70, room, high - 160, 0, 0, 0, 0) for i in range(columns)]
    names = heads(document)

    def edge(page, _):  # type: ignore[no-untyped-def]
        page.setFont(roman, 9)
        for i, name in enumerate(names):
            if i % 2:
                page.drawRightString(wide - 60, high - 45 - 12 * (i // 2), name)
            else:
                page.drawString(60, high - 45 - 12 * (i // 2), name)
        page.drawCentredString(wide / 2, 40, f"Sida {page.getPageNumber()}")

    paper.addPageTemplates([PageTemplate(frames=frames, onPage=edge)])
    story: list[object] = []
    for block, words in body(document):
        if block.kind == "heading":
            story.append(Paragraph(escape(words), styles[min(max(block.level, 1), 5) - 1]))
        elif block.kind == "table":
            rows = grid(document, block)
            numbers = [
                all(not row[c] or row[c][-1].isdigit() for row in rows[1:]) and len(rows) > 1
                for c in range(len(rows[0]))
            ]
            widest = [max(len(row[c]) for row in rows) for c in range(len(rows[0]))]
            widths = [0.56 * size * w + 14 if numbers[c] else max(34.0, 0.5 * size * w) for c, w in enumerate(widest)]
            free = room - sum(w for w, is_number in zip(widths, numbers, strict=True) if is_number)
            text_width = sum(w for w, is_number in zip(widths, numbers, strict=True) if not is_number)
            widths = [w if numbers[c] else w * free / text_width for c, w in enumerate(widths)]
            table = Table(
                [[text if numbers[c] else Paragraph(escape(text), cell) for c, text in enumerate(row)] for row in rows],
                colWidths=widths,
            )
            looks: list[tuple[object, ...]] = [
                ("FONT", (0, 0), (-1, -1), roman, size),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
            looks += [("ALIGN", (c, 0), (c, -1), "RIGHT") for c, is_number in enumerate(numbers) if is_number]
            if ruled:
                looks.append(("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)))
            table.setStyle(TableStyle(looks))
            story.extend((table, Spacer(1, size)))
        elif block.kind == "field":
            label, value = words.split("\t")
            story.append(Paragraph(f"{escape(label)}: {escape(value)}", text))
        elif block.kind == "list_item" and words[:2] in ("• ", "- ", "– "):
            story.append(Paragraph(escape(words[2:]), item, bulletText="•"))
        else:
            story.append(Paragraph(escape(words), text))
    paper.build(story)
    return stream.getvalue()
