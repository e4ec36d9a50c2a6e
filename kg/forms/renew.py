"""Writes ``data/forms/catalogue.json`` again from the labelled papers: ``python -m kg.forms.renew`` in a checkout.

The held-out papers are not among them: on those it is measured how often a new form is told.
"""

from __future__ import annotations

from pathlib import Path

from kg.forms.catalogue import NAME, Catalogue, dump_catalogue, to_known
from kg.forms.reading import FormReader

FOLDERS = (
    "data/documents",
    "data/corpus/dev/docs",
    "data/corpus/dev-2/docs",
    "data/corpus/dev-3/docs",
    "data/corpus/dev-4/docs",
)


def make_catalogue(root: Path) -> Catalogue:
    """The catalogue of the labelled papers of the checkout at ``root``."""
    reader = FormReader()
    papers = [p for folder in FOLDERS for p in sorted((root / folder).iterdir()) if p.is_file()]
    return Catalogue(to_known(reader.read(p)) for p in papers)


def main() -> None:
    """Writes the catalogue of the checkout that this module stands in."""
    root = Path(__file__).resolve().parents[2]
    path = root.joinpath(*NAME)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_catalogue(make_catalogue(root)), encoding="utf-8")


if __name__ == "__main__":
    main()
