"""The tokenizer: spaCy's Swedish one, so adjusted that amounts, dates and numbers begin and end at tokens."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

# "2018–2021", "100 000–200 000": a dash between two tokens is one of its own.
_DASHES = ["[–—]", r"(?<=\d)(?=%)"]
# "50 000:-", "7,5mkr": the unit is a token of its own.
_SUFFIXES = [r"(?<=\d):[-–—]", r"(?<=\d)(?:[mtk]kr|mnkr|kr|[MTK]kr|Mnkr|MNKR|MKR|TKR|MSEK|KSEK|SEK)"]
# "/Umeå universitet/": strokes around a name are tokens of their own, so that the registers' names are found in them.
_STROKE_BEFORE = [r"/(?=[^\W\d_])"]
_STROKE_AFTER = [r"(?<=[^\W\d_])/"]
# Stock takes "kr." as one token, which hides the end of a sentence in an amount.
_NO_EXCEPTIONS = ("kr.", "Kr.")


def make_nlp() -> Language:
    """A blank Swedish pipeline whose tokenizer follows the grammars; it holds no trained parts."""
    nlp = spacy.blank("sv")
    tokenizer = nlp.tokenizer
    tokenizer.rules = {k: v for k, v in tokenizer.rules.items() if k not in _NO_EXCEPTIONS}
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *_DASHES]).finditer
    tokenizer.suffix_search = compile_suffix_regex(
        [*(nlp.Defaults.suffixes or ()), *_SUFFIXES, *_STROKE_AFTER]
    ).search
    tokenizer.prefix_search = compile_prefix_regex([*(nlp.Defaults.prefixes or ()), *_STROKE_BEFORE]).search
    return nlp


class PaperTokenizer:
    """Tokenises papers as ``nlp.tokenizer`` does, and faster.

    spaCy keeps how it takes words apart, but in no text beyond the first special case ("kl.", "bl.a."), which comes
    early in a paper.  So each word is given to it once by itself, up to a fixed number of words.
    """

    _MOST_WORDS = 9_000  # spaCy's own limit is 10,000
    _LONGEST = 40

    def __init__(self, nlp: Language) -> None:
        self._tokenizer = nlp.tokenizer
        self._known: set[str] = set()

    def __call__(self, text: str) -> Doc:
        """The tokens of ``text``, of any length."""
        known = self._known
        if len(known) < self._MOST_WORDS:
            for word in set(text.split()) - known:
                if len(word) <= self._LONGEST and len(known) < self._MOST_WORDS:
                    known.add(word)
                    self._tokenizer(word)
        return self._tokenizer(text)
