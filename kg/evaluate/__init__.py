"""Evaluation: extracted facts held against gold facts, as a whole and rule by rule."""

from __future__ import annotations

from kg.evaluate.compare import Count, Error, Report, evaluate, read_gold
from kg.evaluate.pairs import PairReport, measure_pairs, read_pairs
from kg.evaluate.rules import RuleCount, measure_rules, write_precisions

__all__ = [
    "Count",
    "Error",
    "PairReport",
    "Report",
    "RuleCount",
    "evaluate",
    "measure_pairs",
    "measure_rules",
    "read_gold",
    "read_pairs",
    "write_precisions",
]
