"""The files of prepared questions: a head of comment lines in a fixed form, then SPARQL.

::

    # sv: Vem finansierar projektet?
    # en: Who finances the project?
    # param project text required: name of the project
    # param year integer optional: year of the decision
    # param form text(cash|in_kind) optional: only lines of this form
    # column funder text: name of the organisation
    # column amount integer SEK: amount of the line

A parameter stands in the body as a line ``VALUES ?project { "AI.ALL*" }`` (more than once where subqueries need it),
so that the file runs unchanged in any SPARQL 1.1 tool.  The sample between the braces is what is put in when an
``optional`` parameter is not given; ``UNDEF`` leaves it open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ResourceError
from kg.query.values import PARAMETER_TYPES, SAMPLE

COLUMN_TYPES = ("text", "integer", "decimal", "date", "iri", "boolean")

_LINE = re.compile(r"#\s*(?P<key>sv|en|param|column)\b:?\s*(?P<rest>.*)")
_PARAM = re.compile(
    r"(?P<name>\w+) (?P<type>\w+)(?:\((?P<choices>[\w|]+)\))? (?P<need>required|optional): (?P<text>\S.*)"
)
_COLUMN = re.compile(r"(?P<name>\w+) (?P<type>\w+)(?: (?P<unit>[^:\s]+))?: (?P<text>\S.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.  ``type``: one of ``kg.query.values.PARAMETER_TYPES``; ``sample``: the SPARQL term in
    the file, which stands where an optional parameter is not given; ``choices``: the values it may have, or empty."""

    name: str
    type: str
    required: bool
    sample: str
    description: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer.  ``unit``: ``SEK``, ``%`` or empty."""

    name: str
    type: str = "text"
    unit: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A prepared question.  ``question``: in Swedish and in English; ``text``: the whole file, runnable as it is."""

    name: str
    path: Path
    question_sv: str
    question_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name, or None."""
        return next((p for p in self.parameters if p.name == name), None)


def values_pattern(name: str) -> re.Pattern[str]:
    """Finds the ``VALUES`` lines of a parameter; group ``term`` is the sample."""
    return re.compile(rf"\bVALUES\s*\?{re.escape(name)}\s*\{{\s*(?P<term>{SAMPLE})\s*\}}")


def parse_query_file(path: Path, text: str) -> QueryFile:
    """The question in ``text``.  Raises ResourceError where the head is not in the fixed form."""
    heads: dict[str, list[str]] = {"sv": [], "en": [], "param": [], "column": []}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            raise _wrong(path, f"line {number} of the head is in no known form", "sv:, en:, param or column")
        heads[found["key"]].append(found["rest"])
    for language in ("sv", "en"):
        if not heads[language]:
            raise _wrong(path, f"the question in '{language}' is missing", f"begin with '# {language}: ...?'")
    parameters = tuple(_parameter(path, rest, text) for rest in heads["param"])
    columns = tuple(_column(path, rest) for rest in heads["column"])
    for names in ([p.name for p in parameters], [c.name for c in columns]):
        if len(set(names)) != len(names):
            raise _wrong(path, "a name stands twice in the head", "give each its own")
    return QueryFile(path.stem, path, " ".join(heads["sv"]), " ".join(heads["en"]), parameters, columns, text)


def _parameter(path: Path, rest: str, text: str) -> Parameter:
    found = _PARAM.fullmatch(rest)
    if found is None:
        raise _wrong(path, f"cannot read 'param {rest}'", "# param NAME TYPE required|optional: what it is")
    name, kind = found["name"], found["type"]
    if kind not in PARAMETER_TYPES:
        raise _wrong(path, f"unknown type '{kind}' of parameter '{name}'", f"one of {', '.join(PARAMETER_TYPES)}")
    samples = {m["term"] for m in values_pattern(name).finditer(text)}
    if len(samples) != 1:
        raise _wrong(path, f"parameter '{name}' has {len(samples)} samples", f"one line VALUES ?{name} {{ ... }}")
    choices = tuple(found["choices"].split("|")) if found["choices"] else ()
    return Parameter(name, kind, found["need"] == "required", samples.pop(), found["text"], choices)


def _column(path: Path, rest: str) -> Column:
    found = _COLUMN.fullmatch(rest)
    if found is None:
        raise _wrong(path, f"cannot read 'column {rest}'", "# column NAME TYPE [UNIT]: what it is")
    if found["type"] not in COLUMN_TYPES:
        raise _wrong(path, f"unknown type '{found['type']}' of a column", f"one of {', '.join(COLUMN_TYPES)}")
    return Column(found["name"], found["type"], found["unit"] or "", found["text"])


def _wrong(path: Path, what: str, hint: str) -> ResourceError:
    return ResourceError(what, where=str(path), hint=hint)
