"""The files of prepared questions: a head of comment lines in a fixed form, then SPARQL.

::

    # sv: Vem finansierar projektet?
    # en: Who finances the project?
    # param project text required: name of the project
    # param-sv project: projektets namn
    # param year integer optional: year of the decision
    # param form text(cash|in_kind) optional: only lines of this form
    # column funder text: name of the organisation
    # column-sv funder: organisationens namn
    # column amount integer SEK: amount of the line
    # rests bg:amount bg:contributor: ?thing bg:project/bg:nameKey ?project ; bg:contributor/rdfs:label ?funder .
    # could: ?thing a bg:Project ; bg:nameKey ?project .
    # chart bars: funder amount

A parameter stands in the body as a line ``VALUES ?project { "AI.ALL*" }`` (more than once where subqueries need it),
so that the file runs unchanged in any SPARQL 1.1 tool.  The sample between the braces is what is put in when an
``optional`` parameter is not given; ``UNDEF`` leaves it open.

``param-sv`` and ``column-sv`` say in Swedish what the line of that name says in English.

``rests`` gives, as a pattern, the things (``?thing``) whose papers an answer rests on, with the properties whose words
are its evidence; variables named like columns tell which row they belong to.  ``could`` gives the things whose papers
could have answered.  ``chart`` names the form of a picture (``CHARTS``) and the columns that it shows.  A line that
begins with ``#`` and three blanks or more goes on from the one before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ResourceError
from kg.query.values import PARAMETER_TYPES, SAMPLE

COLUMN_TYPES = ("text", "integer", "decimal", "date", "iri", "boolean")
CHARTS = ("bars", "lines", "timeline", "lineage")

_LINE = re.compile(r"#\s*(?P<key>param-sv|column-sv|sv|en|param|column|rests|could|chart)\b:?\s*(?P<rest>.*)")
_KEYS = ("sv", "en", "param", "param-sv", "column", "column-sv", "rests", "could", "chart")
_CONTINUED = re.compile(r"#\s{3,}(?P<rest>\S.*)")
_RESTS = re.compile(r"(?P<properties>[\w:]+(?: [\w:]+)*): (?P<pattern>.+)")
_CHART = re.compile(r"(?P<form>\w+): (?P<columns>\w+(?: \w+)+)")
_PARAM = re.compile(
    r"(?P<name>\w+) (?P<type>\w+)(?:\((?P<choices>[\w|]+)\))? (?P<need>required|optional): (?P<text>\S.*)"
)
_SWEDISH = re.compile(r"(?P<name>\w+): (?P<text>\S.*)")
_COLUMN = re.compile(r"(?P<name>\w+) (?P<type>\w+)(?: (?P<unit>[^:\s]+))?: (?P<text>\S.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.  ``type``: one of ``kg.query.values.PARAMETER_TYPES``; ``sample``: the SPARQL term in
    the file, which stands where an optional parameter is not given; ``choices``: the values it may have, or empty;
    ``description``: in English, ``description_sv`` in Swedish or empty."""

    name: str
    type: str
    required: bool
    sample: str
    description: str
    choices: tuple[str, ...] = ()
    description_sv: str = ""

    @property
    def default(self) -> str:
        """What an optional parameter is where it is not given, as text; empty where that leaves it open."""
        return "" if self.required or self.sample == "UNDEF" else self.sample.split("^^")[0].strip('"')


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer.  ``unit``: ``SEK``, ``%`` or empty; ``description``: in English, ``description_sv`` in
    Swedish or empty."""

    name: str
    type: str = "text"
    unit: str = ""
    description: str = ""
    description_sv: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer rests on: a pattern that gives ``?thing``, and the properties whose words are its evidence."""

    properties: tuple[str, ...]
    pattern: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of an answer: one of ``CHARTS``, and the columns that it shows, the axis of names or dates first."""

    form: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryFile:
    """A prepared question.  ``question``: in Swedish and in English; ``text``: the whole file, runnable as it is;
    ``basis`` and ``field``: what the answer rests on, and the pattern of what could have answered (``?thing``)."""

    name: str
    path: Path
    question_sv: str
    question_en: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str
    basis: Basis | None = None
    field: str = ""
    chart: Chart | None = None

    @property
    def bare(self) -> str:
        """The query without its head."""
        return strip_head(self.text)

    @property
    def topic(self) -> str:
        """The folder that the question stands in."""
        return self.path.parent.name

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name, or None."""
        return next((p for p in self.parameters if p.name == name), None)


def values_pattern(name: str) -> re.Pattern[str]:
    """Finds the ``VALUES`` lines of a parameter; group ``term`` is the sample."""
    return re.compile(rf"\bVALUES\s*\?{re.escape(name)}\s*\{{\s*(?P<term>{SAMPLE})\s*\}}")


def parse_query_file(path: Path, text: str) -> QueryFile:
    """The question in ``text``.  Raises ResourceError where the head is not in the fixed form."""
    heads = _read_head(path, text)
    for language in ("sv", "en"):
        if not heads[language]:
            raise _wrong(path, f"the question in '{language}' is missing", f"begin with '# {language}: ...?'")
    swedish = {key: _swedish(path, heads, key) for key in ("param", "column")}
    parameters = tuple(_parameter(path, rest, text, swedish["param"]) for rest in heads["param"])
    columns = tuple(_column(path, rest, swedish["column"]) for rest in heads["column"])
    for key, named in (("param", {p.name for p in parameters}), ("column", {c.name for c in columns})):
        if not set(swedish[key]) <= named:
            other = ", ".join(sorted(set(swedish[key]) - named))
            hint = f"one of {', '.join(sorted(named))}"
            raise _wrong(path, f"'{key}-sv' tells of '{other}', which is no {key} of the head", hint)
    for names in ([p.name for p in parameters], [c.name for c in columns]):
        if len(set(names)) != len(names):
            raise _wrong(path, "a name stands twice in the head", "give each its own")
    for column in _once(path, heads, "chart").split()[1:]:
        if column not in {c.name for c in columns}:
            raise _wrong(path, f"the chart shows '{column}', which is no column", "name columns of the head")
    return QueryFile(
        path.stem,
        path,
        " ".join(heads["sv"]),
        " ".join(heads["en"]),
        parameters,
        columns,
        text,
        _basis(path, _once(path, heads, "rests")),
        _once(path, heads, "could"),
        _chart(path, _once(path, heads, "chart")),
    )


def strip_head(text: str) -> str:
    """A file of a question, or what was made of it, without the comment lines that it begins with."""
    lines = text.splitlines(keepends=True)
    first = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[first:]).strip()


def _read_head(path: Path, text: str) -> dict[str, list[str]]:
    heads: dict[str, list[str]] = {key: [] for key in _KEYS}
    last: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        more = _CONTINUED.fullmatch(line.rstrip())
        if more is not None and last:
            last[-1] = f"{last[-1]} {more['rest']}"
            continue
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            known = "sv:, en:, param, param-sv, column, column-sv, rests, could: or chart"
            raise _wrong(path, f"line {number} of the head is in no known form", known)
        last = heads[found["key"]]
        last.append(found["rest"])
    return heads


def _once(path: Path, heads: dict[str, list[str]], key: str) -> str:
    if len(heads[key]) > 1:
        raise _wrong(path, f"'{key}' stands twice in the head", "give it once")
    return heads[key][0] if heads[key] else ""


def _basis(path: Path, rest: str) -> Basis | None:
    if not rest:
        return None
    found = _RESTS.fullmatch(rest)
    if found is None or "?thing" not in found["pattern"]:
        raise _wrong(path, f"cannot read 'rests {rest}'", "# rests PROPERTY ...: a pattern with ?thing")
    return Basis(tuple(found["properties"].split()), found["pattern"])


def _chart(path: Path, rest: str) -> Chart | None:
    if not rest:
        return None
    found = _CHART.fullmatch(rest)
    if found is None or found["form"] not in CHARTS:
        raise _wrong(path, f"cannot read 'chart {rest}'", f"# chart {'|'.join(CHARTS)}: COLUMN COLUMN ...")
    return Chart(found["form"], tuple(found["columns"].split()))


def _swedish(path: Path, heads: dict[str, list[str]], key: str) -> dict[str, str]:
    """Name -> what it is in Swedish."""
    found: dict[str, str] = {}
    for rest in heads[f"{key}-sv"]:
        line = _SWEDISH.fullmatch(rest)
        if line is None or line["name"] in found:
            raise _wrong(path, f"cannot read '{key}-sv {rest}'", f"# {key}-sv NAME: what it is, once for each name")
        found[line["name"]] = line["text"]
    return found


def _parameter(path: Path, rest: str, text: str, swedish: dict[str, str]) -> Parameter:
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
    needed, told = found["need"] == "required", swedish.get(name, "")
    return Parameter(name, kind, needed, samples.pop(), found["text"], choices, told)


def _column(path: Path, rest: str, swedish: dict[str, str]) -> Column:
    found = _COLUMN.fullmatch(rest)
    if found is None:
        raise _wrong(path, f"cannot read 'column {rest}'", "# column NAME TYPE [UNIT]: what it is")
    if found["type"] not in COLUMN_TYPES:
        raise _wrong(path, f"unknown type '{found['type']}' of a column", f"one of {', '.join(COLUMN_TYPES)}")
    return Column(found["name"], found["type"], found["unit"] or "", found["text"], swedish.get(found["name"], ""))


def _wrong(path: Path, what: str, hint: str) -> ResourceError:
    return ResourceError(what, where=str(path), hint=hint)
