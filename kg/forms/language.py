"""The language of a paper, by its commonest small words."""

from __future__ import annotations

import re

from kg.lexicon import Lexicon

_WORD = re.compile(r"[^\W\d_]+")
# Of Swedish prose a fourth to a half are such words; tables and lists of names have few.
ENOUGH = 0.12
HARDLY_ANY = 0.04
# A short list may have few small words by chance; a long text has not.
WORDS_NEEDED = 25
MANY_WORDS = 200


def tell_language(lexicon: Lexicon, text: str) -> tuple[str, float, int]:
    """The code of the language (empty where too little tells), the share of its small words, and the words counted."""
    words = [w.casefold() for w in _WORD.findall(text)]
    if len(words) < WORDS_NEEDED:
        return "", 0.0, len(words)
    shares = [
        (sum(w in known for w in words) / len(words), code)
        for code, listed in lexicon.get("forms", "languages").items()
        for known in [frozenset(listed)]
    ]
    # Of two with the same share the one that stands first in the lexicon.
    share, code = max(shares, key=lambda row: row[0])
    return code if share >= ENOUGH else "", share, len(words)
