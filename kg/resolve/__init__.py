"""From what each paper says to what is: entities, the claims about them, and the judgements that made them
one.

``resolve`` is a pure function of the set of extractions: the same papers in any order give the same
Resolution.
"""

from __future__ import annotations

from kg.resolve.resolution import resolve, same_decisions

__all__ = ["resolve", "same_decisions"]
