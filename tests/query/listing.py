"""The page ``docs/questions.md``: every prepared question with its parameters and columns, as its head states them."""

from __future__ import annotations

from kg.query import Column, Parameter, QueryFile, list_queries

HEAD = """# The prepared questions, one by one

With the types and defaults of their parameters and the types and units of their columns. Written from the heads of
`queries/TOPIC/NAME.rq` by `python -m tests.query.renew`; `kg query --list --format json` gives the same to programs.
[queries.md](queries.md) tells how to ask and how to write one.
"""


def page() -> str:
    """The page, topics and questions in the order of the alphabet."""
    parts, topic = [HEAD], ""
    for question in sorted(list_queries(), key=lambda q: (q.topic, q.name)):
        if question.topic != topic:
            topic = question.topic
            parts.append(f"## {topic.capitalize()}\n")
        parts.append(_describe(question))
    return "\n".join(parts)


def _describe(question: QueryFile) -> str:
    lines = [f"### `{question.name}`\n", f"{question.question_sv} {question.question_en}\n"]
    if question.parameters:
        lines += ["| parameter | type | default | |", "|---|---|---|---|", *map(_parameter, question.parameters), ""]
    lines += ["| column | type | unit | |", "|---|---|---|---|", *map(_column, question.columns), ""]
    return "\n".join(lines)


def _parameter(parameter: Parameter) -> str:
    kind = f"{parameter.type}: {', '.join(parameter.choices)}" if parameter.choices else parameter.type
    default = "must be given" if parameter.required else parameter.default or "open"
    return f"| `{parameter.name}` | {kind} | {default} | {_cell(parameter.description)} |"


def _column(column: Column) -> str:
    return f"| `{column.name}` | {column.type} | {column.unit} | {_cell(column.description)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*")
