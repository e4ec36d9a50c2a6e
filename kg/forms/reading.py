"""From a file to the fingerprint of its form."""

from __future__ import annotations

from pathlib import Path

from kg.annotate import Annotator
from kg.clean import clean
from kg.extract import extract
from kg.extract.context import Paper
from kg.extract.view import View
from kg.forms.anchors import Fingerprint
from kg.forms.gaps import find_gaps
from kg.forms.said import PLACED, said_anchors, whose_paper
from kg.forms.seen import seen_anchors
from kg.lexicon import load_lexicon
from kg.model import RawDocument
from kg.read import LIMIT, name_file, read
from kg.registers import load_registers


class FormReader:
    """Reads papers and fingerprints their forms.  Built once, serves any number of papers."""

    def __init__(self, registers: Path | None = None, limit: int = LIMIT) -> None:
        self._lexicon = load_lexicon()
        self._registers = load_registers(registers)
        self._annotator = Annotator(self._registers, self._lexicon)
        self._limit = limit

    def read(self, path: Path) -> Fingerprint:
        """The fingerprint of the paper at ``path``.  Raises ReadError where it cannot be read."""
        return self.fingerprint(read(path, source=name_file(path), limit=self._limit))

    def fingerprint(self, raw: RawDocument) -> Fingerprint:
        """The fingerprint of a paper as read."""
        annotated = self._annotator.annotate(clean(raw))
        extraction = extract(annotated, self._lexicon, self._registers)
        view = View(annotated)
        paper = Paper(view, self._lexicon, self._registers)
        authority, body = whose_paper(extraction)
        anchors = said_anchors(extraction) | seen_anchors(view, self._lexicon, paper)
        frame = {
            "authority": paper.frame.authority,
            "deciding_body": paper.frame.body,
            "date": paper.frame.date,
            "diary_number": paper.frame.diary_number,
        }
        for prop in PLACED:
            found = frame[prop]
            # A paper in which no decision was understood still has a head.
            if found is not None and not any(a.startswith(f"place:{prop}@") for a in anchors):
                anchors.add(f"place:{prop}@{found.rule.partition('.')[2]}")
        if authority is None and frame["authority"] is not None:
            authority = frame["authority"].value.lexical
        if body is None and frame["deciding_body"] is not None:
            body = frame["deciding_body"].value.lexical
        gaps = tuple(find_gaps(view, self._lexicon, paper, extraction))
        return Fingerprint(raw.id, raw.source, authority, body, extraction.form, frozenset(anchors), True, gaps)
