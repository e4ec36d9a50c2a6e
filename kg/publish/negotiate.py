"""Which form of a thing a client is given: ``Accept`` and ``Accept-Language`` as RFC 9110 reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
# No honest header has more; what follows is not read.
_MOST = 100


def choose_media(header: str | None, offers: Sequence[str]) -> str | None:
    """The offer that the client wants most, of equals the first; None where it accepts none.

    ``offers`` are media types, those that the server likes best first.  A header that is missing or empty accepts
    all; a part of it that cannot be read is passed over, and a parameter of a range other than ``q`` must be that of
    the offer.
    """
    if header is None or not header.strip():
        return offers[0]
    ranges = _media_ranges(header)
    best, chosen = 0.0, None
    for offer in offers:
        matched = [(rank, q) for pattern, rank, q in ranges if _covers(pattern, offer)]
        quality = max(matched)[1] if matched else 0.0
        if quality > best:
            best, chosen = quality, offer
    return chosen


def choose_language(header: str | None, offers: Sequence[str]) -> str:
    """The language that the client wants most, else the first offer: nobody is refused for a language."""
    best, chosen = 0.0, offers[0]
    ranges = [(name.lower(), q) for name, parameters, q in _parts(header or "")]
    for offer in offers:
        matched = [
            (len(name) if name != "*" else 0, q)
            for name, q in ranges
            if name in ("*", offer) or name.startswith(f"{offer}-")
        ]
        quality = max(matched)[1] if matched else 0.0
        if quality > best:
            best, chosen = quality, offer
    return chosen


def _media_ranges(header: str) -> list[tuple[tuple[str, str, Mapping[str, str]], int, float]]:
    found = []
    for name, parameters, quality in _parts(header):
        kind, stroke, subtype = name.lower().partition("/")
        if not stroke or not _TOKEN.fullmatch(kind) or not _TOKEN.fullmatch(subtype) or (kind == "*" != subtype):
            continue
        rank = 0 if kind == "*" else 1 if subtype == "*" else 2 + len(parameters)
        found.append(((kind, subtype, parameters), rank, quality))
    return found


def _covers(pattern: tuple[str, str, Mapping[str, str]], offer: str) -> bool:
    kind, subtype, parameters = pattern
    offered, _, rest = offer.partition(";")
    offered_kind, _, offered_subtype = offered.strip().partition("/")
    if kind not in ("*", offered_kind) or subtype not in ("*", offered_subtype):
        return False
    given = {"charset": "utf-8"} | _parameters(rest.split(";"))[0]
    return all(given.get(key) == value for key, value in parameters.items())


def _parts(header: str) -> list[tuple[str, Mapping[str, str], float]]:
    """The parts of a header between its commas: name, parameters, quality; without those of a broken quality."""
    found: list[tuple[str, Mapping[str, str], float]] = []
    plain = _QUOTED.sub(lambda m: m[0].replace(",", " ").replace(";", " "), header)
    for part in plain.split(",", _MOST)[:_MOST]:
        name, *rest = part.split(";")
        parameters, quality = _parameters(rest)
        if name.strip() and quality is not None:
            found.append((name.strip(), parameters, quality))
    return found


def _parameters(parts: Sequence[str]) -> tuple[dict[str, str], float | None]:
    parameters: dict[str, str] = {}
    for part in parts:
        key, equals, value = (text.strip().strip('"').lower() for text in part.partition("="))
        if key == "q":
            # what follows the quality extends the header, not the range
            return parameters, float(value) if _QUALITY.fullmatch(value) else None
        if key and equals:
            parameters[key] = value
    return parameters, 1.0
