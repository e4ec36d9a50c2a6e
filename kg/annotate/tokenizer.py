"""The tokenizer: spaCy's Swedish one, so adjusted that amounts, dates and numbers begin and end at tokens."""

from __future__ import annotations

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_suffix_regex

# "2018–2021", "100 000–200 000": a dash between two tokens is one of its own.
_DASHES = ["[–—]", r"(?<=\d)(?=%)"]
# "50 000:-", "7,5mkr": the unit is a token of its own.
_SUFFIXES = [r"(?<=\d):[-–—]", r"(?<=\d)(?:[mtk]kr|mnkr|kr|[MTK]kr|Mnkr|MNKR|MKR|TKR|MSEK|KSEK|SEK)"]
# Stock takes "kr." as one token, which hides the end of a sentence in an amount.
_NO_EXCEPTIONS = ("kr.", "Kr.")


def make_nlp() -> Language:
    """A blank Swedish pipeline whose tokenizer follows the grammars; it holds no trained parts."""
    nlp = spacy.blank("sv")
    tokenizer = nlp.tokenizer
    tokenizer.rules = {k: v for k, v in tokenizer.rules.items() if k not in _NO_EXCEPTIONS}
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), *_DASHES]).finditer
    tokenizer.suffix_search = compile_suffix_regex([*(nlp.Defaults.suffixes or ()), *_SUFFIXES]).search
    return nlp
