"""``kg shell``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cli.common import Store, counted, note, open_store, print_table
from kg.errors import KgError

if TYPE_CHECKING:
    import pyoxigraph as ox

HELP = """A line that ends in ; or an empty line runs the SPARQL before it; the prefixes need not be declared.
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
    asked: list[str] = []
    for line in lines:
        text = line.strip()
        if not asked and text.startswith("."):
            if text.split()[0] == ".quit":
                return
            _guarded(lambda words=text: _command(store, words))
            continue
        if text:
            asked.append(line.rstrip().removesuffix(";"))
        if asked and (not text or text.endswith(";")):
            query = "\n".join(asked)
            asked = []
            _guarded(lambda words=query: _sparql(store, words))
    if asked:
        _guarded(lambda words="\n".join(asked): _sparql(store, words))


def _guarded(step: Any) -> None:
    try:
        step()
    except KgError as error:
        note(f"kg: {error.message}")


def _sparql(store: ox.Store, text: str) -> None:
    from kg.query import execute, prepare_text

    print_table(execute(store, prepare_text(text, "the query")))


def _command(store: ox.Store, text: str) -> None:
    import shlex

    from kg.cli.query import parse_params, tell_rest
    from kg.errors import UsageError
    from kg.query import execute, list_queries, prepare
    from kg.query.things import find_base

    try:
        name, *words = shlex.split(text)
    except ValueError as error:
        raise UsageError(f"cannot read the line ({error})", hint="close the quotation mark") from None
    match name:
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
