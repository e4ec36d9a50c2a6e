"""What a person can use of an engine's message that it cannot parse a query: where, and at which words."""

from __future__ import annotations

import re

_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<expected>.*)", re.DOTALL)
# Among the tokens that the engine expected stand sentences: "Prefix not found".
_SENTENCE = re.compile(r"(?:^|, )([A-Z][A-Za-z]*(?: [A-Za-z]+)+)(?=, |\s*\(\)|$)")
_LAST = re.compile(r"\S+\s*\Z")
_BEGUN = re.compile(r"[\w?:=.-]{1,30}\Z")
_NEXT = re.compile(r"\s*(\S{1,30})")
_LONGEST = 200

UNPARSED_HINT = "check the SPARQL up to that place: brackets, quotes, a '.' between patterns, prefixes"


def say_unparsed(message: str, text: str) -> str:
    """How far the engine read the query ``text``, in words: line, column and what stands there.  The tokens that the
    engine lists as expected are left out: they are those of the last of many attempts, and mislead.  A message of
    another form, as of a server, is given on one line, cut."""
    found = _PLACE.match(message)
    if found is None:
        return " ".join(message.split()).partition(" SPARQL query:")[0][:_LONGEST]
    line, column = int(found["line"]), int(found["column"])
    lines = text.splitlines() or [""]
    place = f"line {line}, column {column}"
    if line > len(lines):
        return f"{place}, where it ends"
    before, after = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
    sentences = _SENTENCE.findall(" ".join(found["expected"].split()))
    if sentences:
        last = _LAST.search(before)
        at = f", at '{last[0].strip()}'" if last else ""
        return f"{place}{at}: {sentences[0]}"
    # the engine often stops within a word: the whole of it is shown
    begun = _BEGUN.search(before)
    follows = _NEXT.match((begun[0] if begun and after[:1].strip() else "") + "\n".join([after, *lines[line:]]))
    return f"{place}, at '{follows[1]}'" if follows else f"{place}, where it ends"
