"""The sample papers in every form: each generator takes a clean paper and gives the bytes of a file.

Nothing here knows how the readers work.  Papers are written as an office would write them: headings in heading styles,
lists as lists, labels with a tab before their values, tables as tables, page heads in the page head.
"""

from __future__ import annotations

import email.message
import html
import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kg.model import Block, CleanDocument

_BULLET = re.compile(r"^(?:[•\-–*])\s+")
_NUMBER = re.compile(r"^\d{1,2}[.)]\s+")


def grid(document: CleanDocument, block: Block) -> list[list[str]]:
    """The cells of a table, rows of equal length."""
    rows = max(cell.row for cell in block.cells) + 1
    columns = max(cell.column for cell in block.cells) + 1
    texts = [["" for _ in range(columns)] for _ in range(rows)]
    for cell in block.cells:
        texts[cell.row][cell.column] = document.text[cell.start : cell.end]
    return texts


def heads(document: CleanDocument) -> list[str]:
    """The texts of the page head; the title of a page of HTML is none."""
    if document.media_type == "text/html":
        return []
    return [document.block_text(block).replace("\t", ": ") for block in document.blocks if block.kind == "furniture"]


def body(document: CleanDocument) -> Iterator[tuple[Block, str]]:
    """The blocks that are not of the page, with their texts."""
    for block in document.blocks:
        if block.kind != "furniture":
            yield block, document.block_text(block)


# --- text ---


def write_html(document: CleanDocument, saved: bool = False) -> bytes:
    """A page of HTML; ``saved``: as a browser saves it, with scripts, navigation and entities for all letters."""
    parts: list[str] = []

    def text(words: str) -> str:
        escaped = html.escape(words)
        return escaped.encode("ascii", "xmlcharrefreplace").decode() if saved else escaped

    title = text(" | ".join(heads(document)))
    for block, words in body(document):
        if block.kind == "heading":
            level = min(max(block.level, 1), 5)
            parts.append(f"<h{level}>{text(words)}</h{level}>")
        elif block.kind == "table":
            parts.append("<table>")
            for r, row in enumerate(grid(document, block)):
                tag = "th" if any(cell.header for cell in block.cells if cell.row == r) else "td"
                parts.append("<tr>" + "".join(f"<{tag}>{text(cell)}</{tag}>" for cell in row) + "</tr>")
            parts.append("</table>")
        elif block.kind == "field":
            label, value = words.split("\t")
            parts.append(f"<dl><dt>{text(label)}</dt><dd>{text(value)}</dd></dl>")
        elif block.kind == "list_item":
            deep = max(block.level, 1)
            parts.append(f"{'<ul>' * deep}<li>{text(_BULLET.sub('', words))}</li>{'</ul>' * deep}")
        else:
            parts.append(f"<p>{text(words)}</p>")
    content = "\n".join(parts)
    if saved:
        content = (
            "<!-- saved from url=(0024)http://example.org/ -->\n<nav><ul><li><a href='/'>Start</a></li></ul></nav>"
            "<div class='cookie-banner'><p>Vi använder kakor</p></div>"
            f"<main>{content}</main><script>var x = '<p>1';</script>"
        )
    head = f"<head><meta charset='utf-8'><title>{title}</title></head>"
    page = f"<!DOCTYPE html>\n<html lang='sv'>{head}<body>{content}</body></html>\n"
    return page.encode()


def write_markdown(document: CleanDocument) -> bytes:
    """Markdown with pipe tables."""
    parts = [f"{name}\n" for name in heads(document)]
    for block, words in body(document):
        if block.kind == "heading":
            parts.append(f"{'#' * min(max(block.level, 1), 5)} {words}\n")
        elif block.kind == "table":
            rows = grid(document, block)
            lines = ["| " + " | ".join(row) + " |" for row in rows]
            lines.insert(1, "|" + " --- |" * len(rows[0]))
            parts.append("\n".join(lines) + "\n")
        elif block.kind == "field":
            label, value = words.split("\t")
            parts.append(f"**{label}:** {value}\n")
        elif block.kind == "list_item":
            parts.append(f"- {_BULLET.sub('', words)}\n" if _BULLET.match(words) else f"{words}\n")
        else:
            parts.append(f"{words}\n")
    return "\n".join(parts).encode()


def write_mail(
    body: bytes, media_type: str, attachments: dict[str, bytes], encoding: str = "quoted-printable"
) -> bytes:
    """A letter with this body and these attachments."""
    message = email.message.EmailMessage()
    message["From"] = "registrator@example.org"
    message["To"] = "diariet@example.org"
    message["Subject"] = "Beslut för kännedom"
    message["Date"] = "Mon, 06 Mar 2023 10:00:00 +0100"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(body.decode(), subtype=media_type.partition("/")[2], cte=encoding)
    for name, data in attachments.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def write_zip(files: dict[str, bytes]) -> bytes:
    """A ZIP archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


# --- Word, OpenDocument, RTF ---


def write_docx(document: CleanDocument) -> bytes:
    """A Word file."""
    import docx
    import docx.shared

    paper = docx.Document()
    names = heads(document)
    if names:
        paper.sections[0].header.paragraphs[0].text = "\t".join(names[:2])
        for name in names[2:]:
            paper.sections[0].header.add_paragraph(name)
    for block, words in body(document):
        if block.kind == "heading":
            paper.add_heading(words, min(max(block.level, 1), 9))
        elif block.kind == "table":
            rows = grid(document, block)
            table = paper.add_table(len(rows), len(rows[0]), style="Table Grid")
            widest = [max(len(row[c]) for row in rows) + 3 for c in range(len(rows[0]))]
            table.autofit = False
            for c in range(len(rows[0])):
                table.columns[c].width = docx.shared.Cm(15 * widest[c] / sum(widest))
            for r, row in enumerate(rows):
                for c, text in enumerate(row):
                    table.cell(r, c).text = text
                    table.cell(r, c).width = docx.shared.Cm(15 * widest[c] / sum(widest))
            if len(rows[0]) > 4:  # a wide table is set in small letters
                for cell in table._cells:
                    for run in cell.paragraphs[0].runs:
                        run.font.size = docx.shared.Pt(8)
            paper.add_paragraph()  # tables that follow one another would be one
        elif block.kind == "field":
            label, value = words.split("\t")
            paper.add_paragraph(f"{label}:\t{value}")
        elif block.kind == "list_item" and _BULLET.match(words):
            paper.add_paragraph(_BULLET.sub("", words), style="List Bullet 2" if block.level > 1 else "List Bullet")
        else:
            paper.add_paragraph(words)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def has_office() -> bool:
    """Whether LibreOffice is there to convert papers."""
    return shutil.which("soffice") is not None


def convert(data: dict[str, bytes], form: str, ending: str) -> dict[str, bytes]:
    """Files converted by LibreOffice, by name; ``form`` is its name for the form, with filter options."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for stem, content in data.items():
            (folder / f"{stem}.in").write_bytes(content)
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                str(folder / "out"),
                *(str(folder / f"{stem}.in") for stem in data),
            ],
            check=True,
            capture_output=True,
            timeout=240,
        )
        return {stem: (folder / "out" / f"{stem}.{ending}").read_bytes() for stem in data}
