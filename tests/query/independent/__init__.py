"""The answers to the prepared questions, computed in plain Python from the records of a made graph.

Nothing here knows SPARQL or the graph: what a question means is written down a second time.  A row is a tuple of the
columns in their order, without ``iri``.
"""

from __future__ import annotations

from tests.query.independent import decisions, lineage, money, organisations, places, trust
from tests.query.independent.world import ANSWERS, World

__all__ = ["ANSWERS", "World", "decisions", "lineage", "money", "organisations", "places", "trust"]
