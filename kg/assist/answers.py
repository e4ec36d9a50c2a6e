"""The answers of the model, kept as they came, so that the same paper is sent once and builds give the same again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from kg.errors import refusing
from kg.graph.files import write_file


def hash_request(body: dict[str, Any]) -> str:
    """What an answer depends on: the model, the instructions and the text sent."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


class AnswerFolder:
    """A folder with one file for each answer, named by the paper and the request."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, document: str) -> bool:
        """Whether there is any answer on the paper, be it of another model or other instructions."""
        return any(self._folder.glob(f"{document[:16]}-*.json"))

    def find(self, document: str, request: str) -> str | None:
        """The answer; None where there is none, or its file is damaged."""
        try:
            row = json.loads(self._path(document, request).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        right = isinstance(row, dict) and row.get("document") == document and row.get("request") == request
        return row["answer"] if right and isinstance(row.get("answer"), str) else None

    def keep(self, document: str, request: str, model: str, answer: str) -> None:
        """Writes the answer.  Raises StoreError where that cannot be done."""
        path = self._path(document, request)
        row = {"document": document, "request": request, "model": model, "answer": answer}
        hint = "check the free disk space, or name another folder as 'answers' in kg.toml"
        with refusing("the answer cannot be written", path, hint):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, json.dumps(row, ensure_ascii=True, indent=1, sort_keys=True) + "\n")

    def _path(self, document: str, request: str) -> Path:
        return self._folder / f"{document[:16]}-{request[:24]}.json"
