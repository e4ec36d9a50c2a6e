"""Refuses queries that would reach out of the graph or change it.

``SERVICE`` makes requests to other machines, and no setting of the engine turns it off; updates (``LOAD``,
``INSERT``, ``DELETE`` ...) are not asked for here.  Words inside strings, IRIs, variables and comments, and after the
colon of a prefixed name, do not count.

Refuses too what would overflow the engine's stack, which ends the process: deep brackets, and long chains; and what
the engine would plan for longer than ``PLANNING_SECONDS``, which nothing can interrupt.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

from kg.errors import QueryError, UsageError
from kg.terms import PREFIXES

_TOKEN = re.compile(
    r"""
    \#[^\n\r]*                                            # comment
    | <[^<>"{}|^`\x00-\x20]*>                             # IRI, with escapes
    | \"\"\"(?:\"{0,2}(?:[^\"\\]|\\.))*\"\"\" | \'\'\'(?:\'{0,2}(?:[^\'\\]|\\.))*\'\'\'
    | \"(?:[^\"\\\n\r]|\\.)*\" | \'(?:[^\'\\\n\r]|\\.)*\'
    | [?$@]\w[\w-]*                                       # variable, language tag
    | (?P<prefix>(?:\w(?:[\w.-]*[\w-])?)?):(?:[\w:%.-]|\\.)*
    | (?P<word>\w+)
    | .
    """,
    re.VERBOSE | re.DOTALL,
)

UPDATE_WORDS = frozenset({"LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})
FORM_WORDS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})

# The engine walks brackets and chains of operators and clauses by recursion: it was seen to crash from some thousand of
# either on a stack of eight megabytes.
DEEPEST = 100
LONGEST = 1000
# The time of planning grows with the fourth power of the patterns about one thing: 100 take 0.7 s, 200 take 12 s.  A
# query of more parts than these is planned first where it can be ended: in a process of its own, on an empty store.
MANY_PARTS = 60
PLANNING_SECONDS = 5.0
_PLAN = """import sys, pyoxigraph
try: pyoxigraph.Store().query(sys.stdin.read())
except (SyntaxError, ValueError): pass"""
_CHAINING = frozenset("+-*/|&!^=<>")
_PARTING = frozenset(".;,")
_CLAUSES = frozenset({"UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "VALUES", "GRAPH"})


def words(text: str) -> Iterator[tuple[str, bool]]:
    """The bare words of a query, in capitals, and the prefixes of its names; the flag marks prefixes."""
    for found in _TOKEN.finditer(text):
        if found["word"]:
            yield found["word"].upper(), False
        elif found["prefix"]:
            yield found["prefix"].upper(), True


def refuse_outside(text: str, where: str = "") -> None:
    """Raises UsageError where the query has a ``SERVICE`` clause or is an update."""
    form = ""
    for word, prefix in words(text):
        # The engine needs no blank around the keyword: SERVICE:x and 1SERVICE:x are clauses to it.
        if "SERVICE" in word:
            raise UsageError(
                "a query may not ask other machines (SERVICE)",
                where=where,
                hint="name the prefix otherwise" if prefix else "ask the other endpoint by itself",
            )
        if not form and not prefix and word in UPDATE_WORDS:
            raise UsageError(
                f"a graph cannot be changed by a query ({word})",
                where=where,
                hint="change the papers and kg build again",
            )
        if not form and not prefix and word in FORM_WORDS:
            form = word


def refuse_deep(text: str, where: str = "") -> None:
    """Raises QueryError where brackets nest deeper than ``DEEPEST``, or operators and clauses are more than
    ``LONGEST``.  Values listed behind ``VALUES`` may be as many as they like."""
    depth = chained = 0
    listing = False
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token in ("{", "(", "["):
            depth += 1
        elif token in ("}", ")", "]"):
            depth -= 1
            listing = listing and token != "}"
        elif token.upper() in _CLAUSES or token in _CHAINING and not listing:
            chained += 1
            listing = token.upper() == "VALUES"
        if depth > DEEPEST:
            raise QueryError(
                f"the query nests brackets deeper than {DEEPEST}", where=where, hint="write it with fewer brackets"
            )
        if chained > LONGEST:
            raise QueryError(
                f"the query has more than {LONGEST} operators and clauses",
                where=where,
                hint="list values behind VALUES, or ask in parts",
            )


def refuse_slow(text: str, where: str = "") -> None:
    """Raises QueryError where the engine takes longer than ``PLANNING_SECONDS`` to plan the query, or cannot."""
    parts, listing = 0, False
    for found in _TOKEN.finditer(text):
        token = found[0]
        listing = token.upper() == "VALUES" or listing and token != "}"
        parts += not listing and (token in _PARTING or token in _CHAINING or token.upper() in _CLAUSES)
    if parts <= MANY_PARTS:
        return
    hint = "ask in parts, or leave patterns out"
    try:
        ended = subprocess.run(
            [sys.executable, "-c", _PLAN], input=_declare(text).encode(), timeout=PLANNING_SECONDS, capture_output=True
        )
    except subprocess.TimeoutExpired:
        what = f"the query has so many patterns that planning it takes longer than {PLANNING_SECONDS:g} seconds"
        raise QueryError(what, where=where, hint=hint) from None
    if ended.returncode < 0:
        raise QueryError("the query has so many patterns that the engine cannot plan it", where=where, hint=hint)


def _declare(text: str) -> str:
    """The query with the prefixes that it need not declare; its own declarations, which come later, hold."""
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + text
