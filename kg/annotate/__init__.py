"""Typed spans over a clean paper: money, shares, dates, numbers and names."""
