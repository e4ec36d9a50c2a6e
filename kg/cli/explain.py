"""``kg explain``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import TABLE_FORMATS, Format, Store, check_choice, open_store, print_table, put, put_table
from kg.errors import QueryError, escape_controls


def explain(
    term: Annotated[str, typer.Argument(metavar="TERM", help="A name, diary number or IRI.")],
    form: Format = "table",
    store: Store = None,
) -> None:
    """Show every fact about a thing with the words that it rests on.

    TERM is the name of a project, organisation, board or place, another name of it, a diary number, or an IRI. Each
    fact comes with the quoted words, the paper, the place in it, the rule that read them and its confidence; a derived
    fact with its formula. For a project the facts of the decisions on it come too.

    \b
    Example:
      kg explain 'AI.ALL*'
      kg explain 22RS10518 --format json
    """
    from kg.query import Table, explain_thing, find_things, suggest_names

    check_choice(form, TABLE_FORMATS, "--format")
    with open_store(store) as graph:
        things = find_things(graph.store, term)
        if not things:
            close = suggest_names(graph.store, term)
            raise QueryError(
                f"nothing in the graph has the name '{term}'",
                hint=", ".join(close) or "kg query decisions lists all acts",
            )
        answers = [(thing, explain_thing(graph.store, thing)) for thing in things]
    if form != "table":
        rows = dict.fromkeys(row for _, facts in answers for row in facts)
        put_table(Table(answers[0][1].columns, tuple(rows)), form)
        return
    for place, (thing, facts) in enumerate(answers):
        put(f"{chr(10) if place else ''}{escape_controls(thing.label)} ({thing.type}) <{thing.iri}>\n\n")
        if len(facts):
            print_table(facts.without("iri"))
        else:
            put("No paper states anything of it.\n")
