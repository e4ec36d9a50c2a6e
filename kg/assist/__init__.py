"""An optional reader: a language model is asked for facts, and what the paper's own words bear out is kept.

Off unless the settings name an address.  Nothing that the model says is taken on trust: an answer is data, held against
the text by ``grounding``, and added to what the rules say by ``joining``, never in its place.
"""

from __future__ import annotations

from kg.assist.assistant import Assistant
from kg.assist.prompt import PROMPT_VERSION

__all__ = ["PROMPT_VERSION", "Assistant"]
