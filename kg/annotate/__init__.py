"""Typed spans over a clean paper: money, shares, dates, numbers and names."""

from kg.annotate.annotator import Annotator

__all__ = ["Annotator"]
