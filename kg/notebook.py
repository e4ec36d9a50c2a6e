"""``%load_ext kg`` in a notebook: the cell magic ``%%sparql``.

::

    %%sparql graph rows
    SELECT ?name { ?p a bg:Project ; rdfs:label ?name }

asks the graph that the variable ``graph`` holds, shows the rows and keeps them in ``rows``.  Both may be left out: the
graph is then the one in ``graph``, and the rows are only shown.
"""

from __future__ import annotations

from typing import Any

from kg.api import Graph, Rows
from kg.errors import UsageError


def run_cell(shell: Any, line: str, cell: str) -> Rows | None:
    """The answer to the SPARQL of a cell; None where it went into a variable of its own that the line names."""
    words = line.split()
    if len(words) > 2:
        raise UsageError("too many words after %%sparql", hint="%%sparql GRAPH ROWS")
    name = words[0] if words else "graph"
    graph = shell.user_ns.get(name)
    if not isinstance(graph, Graph):
        raise UsageError(f"the variable '{name}' holds no graph", hint=f"{name} = kg.open('graph')")
    rows = graph.sparql(cell)
    if len(words) == 2:
        shell.user_ns[words[1]] = rows
    return rows


def register(shell: Any) -> None:
    """Gives the notebook the cell magic."""
    shell.register_magic_function(lambda line, cell: run_cell(shell, line, cell), "cell", "sparql")
