"""``kg shell``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.common import Store, counted, note, open_store, print_table
from kg.errors import KgError, escape_controls

if TYPE_CHECKING:
    import pyoxigraph as ox

HELP = """A ; behind the last bracket, or an empty line, runs the SPARQL before it; the prefixes need not be declared.
.ask NAME KEY=VALUE ...   asks a prepared question      .list   names them
.quit                     leaves, as Ctrl-D does        .help   shows this"""


def shell(store: Store = None) -> None:
    """Ask the graph in a dialogue: SPARQL and prepared questions, with history and completion.

    The tab key completes prefixes, classes, properties, keywords and the names of questions; the arrow keys bring back
    what was asked before, in earlier dialogues too.

    \b
    Example:
      kg shell
      kg shell --store my-graph
    """
    with open_store(store) as graph:
        if not sys.stdin.isatty():
            converse(graph.store, sys.stdin)
            return
        session = make_session()
        papers = counted(len(graph.manifest.papers), "paper", "papers")
        note(f"{graph.directory}: {papers}. .help tells what can be asked.")
        converse(graph.store, _prompt(session))


def converse(store: ox.Store, lines: Iterable[str]) -> None:
    """Answers what the lines ask, to the end or to ``.quit``; what is wrong is told and the dialogue goes on."""
    asked = ""
    for line in lines:
        text = line.strip()
        if not asked and text.startswith("."):
            if text.lower().rstrip("; ") == ".quit":
                return
            _guarded(lambda words=text: _command(store, words))
            continue
        asked = f"{asked}\n{line.rstrip()}" if asked else line.strip()
        whole, asked = split_queries(asked)
        if asked and not text:
            whole, asked = [*whole, asked], ""
        for query in whole:
            _guarded(lambda words=query: _sparql(store, words))
    if asked:
        _guarded(lambda words=asked: _sparql(store, words))


# What may hold a bracket or a semicolon that is none of the query's own: strings, IRIs, comments.
_PIECES = re.compile(
    r"""
    \"{3} (?: \\. | [^\\] )*? \"{3}  |  '{3} (?: \\. | [^\\] )*? '{3}
    | " (?: \\. | [^"\\\n] )* "  |  ' (?: \\. | [^'\\\n] )* '
    | < [^<>"{}|^`\\\s]* >
    | \# [^\n]*
    | [{};]
    """,
    re.DOTALL | re.VERBOSE,
)
_SAYS_NOTHING = re.compile(r"(?:\s|#[^\n]*)*")


def split_queries(text: str) -> tuple[list[str], str]:
    """The queries that end with a ``;`` outside all brackets, and what stands behind the last.  Within them it divides
    what is said of one thing.  Brackets that do not close end with an empty line."""
    found: list[str] = []
    start = depth = 0
    for piece in _PIECES.finditer(text):
        match piece[0]:
            case "{":
                depth += 1
            case "}":
                depth -= 1
            case ";" if depth <= 0:
                found.append(text[start : piece.start()])
                start, depth = piece.end(), 0
            case _:  # a string, an IRI, a comment, or a ; within brackets
                pass
    rest = text[start:].strip("\n")
    return [query for query in found if not _says_nothing(query)], "" if _says_nothing(rest) else rest


def _says_nothing(text: str) -> bool:
    """Whether there is nothing but comments."""
    return _SAYS_NOTHING.fullmatch(text) is not None


def _guarded(step: Any) -> None:
    try:
        step()
    except KgError as error:
        note(f"kg: {error.message}")


def _sparql(store: ox.Store, text: str) -> None:
    from kg.query import execute, prepare_text

    print_table(execute(store, prepare_text(_check_text(text), "the query")))


def _check_text(text: str) -> str:
    """The text.  Raises UsageError where bytes in it were no UTF-8, which Python reads as lone halves of pairs."""
    from kg.errors import UsageError

    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        part = text[max(0, error.start - 20) : error.end + 20]
        shown = escape_controls(part.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))
        raise UsageError(
            f"what was typed is no UTF-8 text: '{shown}'", hint="set the terminal to UTF-8, or save the file as UTF-8"
        ) from None
    return text


def _command(store: ox.Store, text: str) -> None:
    import shlex

    from kg.cli.query import parse_params, tell_rest
    from kg.errors import UsageError
    from kg.query import execute, list_queries, prepare
    from kg.query.things import find_base

    try:
        name, *words = shlex.split(_check_text(text))
    except ValueError as error:
        raise UsageError(f"cannot read the line ({error})", hint="close the quotation mark") from None
    match name.lower():
        case ".help":
            note(HELP)
        case ".list":
            for question in list_queries():
                note(f"{question.name:26} {question.question_sv}")
        case ".ask" if words:
            given = parse_params(words[1:])
            prepared = prepare(words[0], given, base=lambda: find_base(store))
            table = execute(store, prepared)
            print_table(table.without("iri"))
            tell_rest(store, prepared, table, given, quiet=False)
        case ".ask":
            raise UsageError("which question is not said", hint=".list, then .ask NAME KEY=VALUE ...")
        case _:
            raise UsageError(f"cannot read '{text}'", hint=".help, .list, .ask NAME KEY=VALUE ... or .quit")


def complete_words(before: str) -> list[str]:
    """What the word at the end of ``before`` may become, sorted: a question after ``.ask``, a parameter after its name,
    else prefixes, classes, properties and keywords."""
    from kg.query.vocabulary import KEYWORDS, list_names

    words = before.split(" ")
    last = words[-1].split("(")[-1].split("{")[-1].split("/")[-1].split("^")[-1]
    if words[0] == ".ask":
        from kg.query import list_queries

        known = {question.name: question for question in list_queries()}
        if len(words) == 2:
            return [name for name in known if name.startswith(last)]
        question = known.get(words[1])
        return [f"{p.name}=" for p in question.parameters if p.name.startswith(last)] if question else []
    if not last:
        return []
    found = [name for name in list_names() if name.lower().startswith(last.lower())]
    return sorted(found) + [word for word in KEYWORDS if word.startswith(last.upper())]


def history_path() -> Path:
    """Where earlier dialogues are kept: under ``XDG_STATE_HOME``, else ``~/.local/state``."""
    home = os.environ.get("XDG_STATE_HOME")
    return (Path(home) if home else Path.home() / ".local" / "state") / "kg" / "history"


def make_session(**more: Any) -> Any:
    """A prompt with history and completion.  Raises UsageError, naming the extra, without prompt_toolkit."""
    from kg.query.frames import require

    require("prompt_toolkit")
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer, Completion
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    class Words(Completer):
        def get_completions(self, document: Any, complete_event: Any) -> Iterable[Completion]:
            before = document.current_line_before_cursor
            for word in complete_words(before):
                typed = next((n for n in range(len(word), -1, -1) if before.lower().endswith(word[:n].lower())), 0)
                yield Completion(word, start_position=-typed)

    path = history_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        history: Any = FileHistory(str(path))
    except OSError:
        history = InMemoryHistory()
    return PromptSession(history=history, completer=Words(), complete_while_typing=False, **more)


def _prompt(session: Any) -> Iterable[str]:
    while True:
        try:
            yield session.prompt("kg> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
