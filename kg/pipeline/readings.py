"""What reading gave of a paper, kept beside its shard, so that a change of rules, lexicon or registers parses no PDF
and scans no page again.

Kept are the papers of those forms that are put together with effort (``kg.read.FORMS``); text is read as fast as what
would be kept of it.  A file holds the signature of what read it, a hash, and the text with its marks, compressed; where
it is lost, damaged, or of another version of reading, the paper is read from its bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from dataclasses import astuple
from pathlib import Path

from kg.errors import refusing
from kg.model import Issue, Mark, RawDocument
from kg.pipeline.signatures import sign_recognition
from kg.read import FORMS

SUFFIX = ".reading"
_LEVEL = 6


class ReadingFolder:
    """The readings in the folder of the shards.  ``signature``: that of reading; where it is empty, nothing is kept."""

    def __init__(self, folder: Path, signature: str) -> None:
        self._folder = folder
        self._signature = signature

    def find(self, document: str, source: str) -> RawDocument | None:
        """The paper as it was read, named ``source``; None where it is to be read."""
        if not self._signature:
            return None
        try:
            head, _, packed = self._path(document).read_bytes().partition(b"\n")
            made_by, _, digest = head.decode("ascii").rpartition(" ")
            if digest != hashlib.sha256(packed).hexdigest():
                return None
            table = json.loads(zlib.decompress(packed))
        except (OSError, ValueError, zlib.error):
            return None
        issues = tuple(Issue(*row) for row in table["issues"])
        if made_by != self._sign(issues) or table["document"] != document:
            return None
        marks = tuple(Mark(*row) for row in table["marks"])
        return RawDocument(document, source, table["media_type"], table["text"], marks, issues)

    def keep(self, raw: RawDocument) -> None:
        """Writes the paper, where its form is one that is kept and OCR would not give more of it.  Raises StoreError
        where it cannot be written."""
        if not self._signature or raw.media_type not in FORMS or any(i.code == "needs_ocr" for i in raw.issues):
            return
        table = {
            "document": raw.id,
            "media_type": raw.media_type,
            "text": raw.text,
            "marks": [astuple(mark) for mark in raw.marks],
            "issues": [astuple(issue) for issue in raw.issues],
        }
        packed = zlib.compress(json.dumps(table, separators=(",", ":")).encode("ascii"), _LEVEL)
        head = f"{self._sign(raw.issues)} {hashlib.sha256(packed).hexdigest()}\n"
        path = self._path(raw.id)
        fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
        with refusing("what was read of a paper cannot be kept", path, "check the free disk space"):
            # not waited for: what a crash leaves of it is told by its hash
            fresh.write_bytes(head.encode("ascii") + packed)
            fresh.replace(path)

    def _sign(self, issues: tuple[Issue, ...]) -> str:
        return sign_paper(self._signature, issues)

    def _path(self, document: str) -> Path:
        return self._folder / f"{document}{SUFFIX}"


def sign_paper(signature: str, issues: tuple[Issue, ...]) -> str:
    """The signature of what made something of a paper: with that of text recognition, where it read the paper."""
    if any(issue.code == "read_by_ocr" for issue in issues):
        return f"{signature}+{sign_recognition()}"
    return signature
