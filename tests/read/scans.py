"""Scans: the pages of a PDF file as pictures, in a PDF file or by themselves."""

from __future__ import annotations

import io


def scan(data: bytes, points: int = 300) -> bytes:
    """A PDF file of pictures of the pages, with so many points an inch and no text."""
    import pypdfium2
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    document = pypdfium2.PdfDocument(data)
    for page in document:
        picture = page.render(scale=points / 72, grayscale=True).to_pil()
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
        canvas.showPage()
    document.close()
    canvas.save()
    return stream.getvalue()


def photograph(data: bytes, form: str, points: int = 300) -> bytes:
    """The first page as a picture: ``PNG``, ``JPEG`` or ``TIFF``."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    stream = io.BytesIO()
    document[0].render(scale=points / 72, grayscale=True).to_pil().save(stream, form)
    document.close()
    return stream.getvalue()
