"""The words of the pages, in Swedish and English (``kg/publish/templates/words.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from kg.publish.interface import LANGUAGES

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
_NARROW = "\u00a0"


@cache
def _load() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((TEMPLATES / "words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: ``words.search`` or ``words("search")``; KeyError for a word that is not listed."""

    language: str

    def __call__(self, key: str) -> str:
        return _load()["ui"][key][LANGUAGES.index(self.language)]

    def __getattr__(self, key: str) -> str:
        try:
            return self(key)
        except KeyError:
            raise AttributeError(key) from None

    def find(self, section: str, key: str) -> str | None:
        """A word of another section, or None."""
        found = _load()[section].get(key)
        return None if found is None else found[LANGUAGES.index(self.language)]

    def section(self, name: str) -> dict[str, str]:
        """All words of a section."""
        return {key: found[LANGUAGES.index(self.language)] for key, found in _load()[name].items()}

    def column(self, name: str) -> str:
        """The head of a column or parameter of a prepared question."""
        return self.find("columns", name) or name.replace("_", " ").capitalize()

    def number(self, value: int | float | Decimal) -> str:
        """``4 529 875`` (no-break spaces) with a decimal comma in Swedish, ``4,529,875.5`` in English."""
        text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
        if self.language == "en":
            return text
        return text.replace(",", _NARROW).replace(".", ",")

    def money(self, value: int | float | Decimal) -> str:
        """A number with its currency."""
        return f"{self.number(value)}{_NARROW}kr" if self.language == "sv" else f"SEK{_NARROW}{self.number(value)}"

    def value(self, value: Any, unit: str = "") -> str:
        """A value of a table in words."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return self("yes") if value else self("no")
        if isinstance(value, int | float | Decimal):
            if unit == "SEK":
                return self.money(value)
            text = self.number(value) if unit or not -10000 < value < 10000 else str(value)
            return f"{text}{_NARROW}%" if unit == "%" else text
        if isinstance(value, date):
            return value.isoformat()
        return str(value)
