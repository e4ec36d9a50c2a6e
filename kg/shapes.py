"""Shapes: regular expressions over words, read from ``data/lexicon/shapes/*.toml``.

A file holds the shapes of one topic.  A shape is an expression, or a list of expressions of which any may match; a
``[cased]`` table holds those that are compared with regard to case, all others are compared without.  In a shape

- a blank stands for any run of white space (``[ ]`` for one blank); a line break, with the blanks around it, for
  nothing;
- ``{name}`` stands for another shape of the same file, or else of ``common.toml``;
- ``{file.key}`` and ``{file.key.key}`` stand for a list of phrases of ``data/lexicon/file.toml``, whole words only;
- ``{NAME}``, in capitals, is filled by the code that uses the shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kg.errors import ResourceError
from kg.phrases import alternation

CASED = "cased"
COMMON = "common"
_SLOT = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*)\}")
# what is no blank between words: an escaped one, and one in a class of characters
_BLANK = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|( +)")


class Shapes:
    """All shapes, by file and name.  ``phrases`` gives a list of the lexicon by its path.

    Raises ResourceError, which names file and shape, where a shape is no expression or names what there is not.
    """

    def __init__(self, files: Mapping[str, Mapping[str, Any]], phrases: Callable[..., Iterable[str]]) -> None:
        self._phrases = phrases
        self._texts: dict[tuple[str, str], tuple[str, bool]] = {}
        self._compiled: dict[tuple[str, str], re.Pattern[str]] = {}
        for file, table in files.items():
            for name, value in table.items():
                if name == CASED and isinstance(value, dict):
                    for inner, shape in value.items():
                        self._add(file, inner, shape, cased=True)
                else:
                    self._add(file, name, value, cased=False)
        for key in self._texts:
            self._check(*key)

    def _add(self, file: str, name: str, value: Any, *, cased: bool) -> None:
        parts = [value] if isinstance(value, str) else value
        if not isinstance(parts, list) or not parts or not all(isinstance(part, str) and part for part in parts):
            raise _error(file, name, "a shape is a text or a list of texts")
        if (file, name) in self._texts:
            raise _error(file, name, "the shape is there twice")
        self._texts[file, name] = ("|".join(map(_join_lines, parts)), cased)

    def _check(self, file: str, name: str) -> None:
        filled = self._expand(file, name, None, ())
        try:
            compiled = re.compile(filled, self._flags(file, name))
        except re.error as error:
            raise _error(file, name, f"the shape is no regular expression ({error})") from error
        if not any(slot.isupper() for slot in _SLOT.findall(self._texts[file, name][0])):
            self._compiled[file, name] = compiled

    def names(self) -> tuple[tuple[str, str], ...]:
        """File and name of every shape."""
        return tuple(self._texts)

    def require(self, file: str, name: str) -> None:
        """Raises ResourceError where there is no such shape."""
        if (file, name) not in self._texts:
            raise _error(file, name, "there is no such shape", hint="restore the file from the package")

    def compiled(self, file: str, name: str, **given: str) -> re.Pattern[str]:
        """The shape as a pattern, with what is ``given`` for its slots in capitals."""
        found = self._compiled.get((file, name))
        if found is not None:
            return found
        return re.compile(self.fill(file, name, **given), self._flags(file, name))

    def fill(self, file: str, name: str, **given: str) -> str:
        """The expression of the shape, with what is ``given`` for its slots in capitals."""
        return self._expand(file, name, given, ())

    def _flags(self, file: str, name: str) -> re.RegexFlag:
        return re.NOFLAG if self._texts[file, name][1] else re.IGNORECASE

    def _expand(self, file: str, name: str, given: Mapping[str, str] | None, above: tuple[str, ...]) -> str:
        self.require(file, name)
        if name in above:
            raise _error(file, name, "the shape holds itself")

        def replace(found: re.Match[str]) -> str:
            return self._fill_slot(file, name, found[1], given, (*above, name))

        return _SLOT.sub(replace, _BLANK.sub(_widen, self._texts[file, name][0]))

    def _fill_slot(
        self, file: str, name: str, slot: str, given: Mapping[str, str] | None, above: tuple[str, ...]
    ) -> str:
        if slot.isupper():
            if given is None:  # nothing is asked for but whether the expression can be read
                return "(?:x)"
            if slot not in given:
                raise _error(file, name, f"nothing fills the slot {slot}")
            return given[slot]
        if "." in slot:
            return f"(?:{alternation(self._phrases(*slot.split('.')))})"
        home = next((f for f in (file, COMMON) if (f, slot) in self._texts), None)
        if home is None:
            raise _error(file, name, f"there is no shape {slot} in this file, nor in {COMMON}.toml")
        return f"(?:{self._expand(home, slot, given, above)})"


def _join_lines(text: str) -> str:
    return "".join(line.strip(" \t") for line in text.split("\n")) if "\n" in text else text


def _widen(found: re.Match[str]) -> str:
    return r"\s+" if found[1] else found[0]


def _error(
    file: str, name: str, what: str, hint: str = "mend it, or restore the file from the package"
) -> ResourceError:
    return ResourceError(what, where=f"data/lexicon/shapes/{file}.toml: {name}", hint=hint)
