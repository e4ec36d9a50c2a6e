"""How fast papers in PDF, Word and other forms are read, beside what the reading builds upon.

    python benchmarks/reading.py            needs the extra "test", which writes the papers
    python benchmarks/reading.py --pairs 9

The papers are those of ``data/documents``, written in each form and read from memory.  Processor time, one core.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import line, measure, show  # noqa: E402

from kg.annotate import Annotator  # noqa: E402
from kg.clean import clean  # noqa: E402
from kg.extract import extract  # noqa: E402
from kg.lexicon import load_lexicon  # noqa: E402
from kg.model import RawDocument  # noqa: E402
from kg.read import read, read_bytes  # noqa: E402
from kg.registers import load_registers  # noqa: E402
from tests.read import forms, pdfs  # noqa: E402

Step = Callable[[], Any]


def bare_text(papers: list[bytes]) -> Step:
    """pypdfium2's text of every page, in the order in which the file holds it."""
    import pypdfium2

    def run() -> None:
        for data in papers:
            document = pypdfium2.PdfDocument(data)
            for page in document:
                page.get_textpage().get_text_range()
            document.close()

    return run


def count_pages(papers: list[bytes]) -> int:
    import pypdfium2

    return sum(len(pypdfium2.PdfDocument(data)) for data in papers)


def chain() -> Callable[[RawDocument], Any]:
    """All stages after reading."""
    lexicon, registers = load_lexicon(), load_registers(None)
    annotator = Annotator(registers, lexicon)
    return lambda raw: extract(annotator.annotate(clean(raw)), lexicon, registers)


def rate(name: str, count: int, step: Step) -> None:
    """Prints how many a second, the median of five runs."""
    times = []
    for _ in range(5):
        begun = time.process_time()
        step()
        times.append(time.process_time() - begun)
    print(f"  {name:46}{count / median(times):9.1f} a second", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pairs", type=int, default=5, help="pairs of runs for each ratio")
    pairs = parser.parse_args().pairs
    raws = [read(path) for path in sorted((ROOT / "data" / "documents").iterdir())]
    papers = [clean(raw) for raw in raws]
    written: dict[str, list[bytes]] = {
        "text": [raw.text.encode() for raw in raws],
        "HTML": [forms.write_html(paper) for paper in papers],
        "DOCX": [forms.write_docx(paper) for paper in papers],
        "PDF, ruled tables": [pdfs.write_pdf(paper) for paper in papers],
        "PDF, tables without rules": [pdfs.write_pdf(paper, ruled=False) for paper in papers],
        "PDF, two columns": [pdfs.write_pdf(paper, columns=2) for paper in papers],
    }
    pdf = {name: files for name, files in written.items() if name.startswith("PDF")}
    print(
        f"{len(papers)} papers in each form; PDF: {[count_pages(files) for files in pdf.values()]} pages; {pairs} pairs"
    )
    show("reading PDF, over pypdfium2's bare text of the same pages")
    for name, files in pdf.items():
        ratio = measure(lambda f=files: [read_bytes(d, "x") for d in f], bare_text(files), pairs, time.process_time)
        line(name, ratio)
    print("\nreading alone, one core")
    for name, files in written.items():
        rate(f"papers, {name}", len(files), lambda f=files: [read_bytes(d, "x") for d in f])
    for name, files in pdf.items():
        rate(f"pages, {name}", count_pages(files), lambda f=files: [read_bytes(d, "x") for d in f])
    print("\nfrom the bytes of a paper to what it says (read, clean, annotate, extract), one core")
    extract_paper = chain()
    for name, files in written.items():
        rate(f"papers, {name}", len(files), lambda f=files: [extract_paper(read_bytes(d, "x")) for d in f])


if __name__ == "__main__":
    main()
