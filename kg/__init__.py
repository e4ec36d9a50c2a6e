"""Beslutsgraf: a knowledge graph builder for public funding decisions."""

__version__ = "0.1.0"
