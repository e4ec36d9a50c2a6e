"""From bytes to text: which encoding a paper is in, decided by its bytes alone."""

from __future__ import annotations

import codecs
import re

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""", re.IGNORECASE)
_DECLARED_WINDOW = 2048

# Single-byte encodings in which Swedish papers are met, by the bytes of å ä ö Å Ä Ö é – in each.  The one whose
# letters stand most often between letters wins; the first wins a tie, so that plain Windows text is the default.
_SINGLE: tuple[str, ...] = ("cp1252", "cp850", "mac_roman")
_BETWEEN_LETTERS = re.compile(r"(?:(?<=[a-zA-Z])[åäöé]|[åäöÅÄÖ](?=[a-z]{2})|(?<=[A-Z])[ÅÄÖ](?=[A-Z]))")
_SAMPLE = 200_000
_BROKEN_SHARE = (
    4  # text counts as UTF-8 with faults while its sound multibyte signs outnumber the faults this many times
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


class UndecodableError(ValueError):
    """The bytes are no text in any encoding that is known here."""


def decode(data: bytes) -> str:
    """The text of ``data``, the byte order mark left out.  Raises UndecodableError."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                raise UndecodableError(f"it starts as {encoding.upper()} and breaks at byte {error.start}") from error
    wide = _guess_wide(data)
    if wide:
        return data.decode(wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if len(_MULTIBYTE.findall(data)) >= _BROKEN_SHARE * _count_faults(data):
        return _decode_with_faults(data, broken)
    return _decode_single(data)


def _guess_wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of Swedish text is then zero."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2 or b"\0" not in sample:
        return None
    half = len(sample) // 2
    for encoding, zeros, signs in (
        ("utf-16-le", sample[1::2], sample[0::2]),
        ("utf-16-be", sample[0::2], sample[1::2]),
    ):
        if zeros.count(0) > 0.8 * half and signs.count(0) < 0.05 * half:
            try:
                data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return None


def _count_faults(data: bytes) -> int:
    return len(_HIGH.findall(_MULTIBYTE.sub(b"", data)))


def _decode_with_faults(data: bytes, first: UnicodeDecodeError) -> str:
    """UTF-8 in which single bytes are not: those are read as Windows-1252, as browsers do."""
    parts: list[str] = []
    at, error = 0, first
    while True:
        good, bad = at + error.start, at + error.end
        parts.append(data[at:good].decode("utf-8"))
        parts.append(_decode_windows(data[good:bad]))
        at = bad
        try:
            parts.append(data[at:].decode("utf-8"))
            return "".join(parts)
        except UnicodeDecodeError as again:
            error = again


def _decode_single(data: bytes) -> str:
    declared = _DECLARED.search(data[:_DECLARED_WINDOW])
    if declared:
        name = declared.group(1).decode("ascii")
        try:
            codec = codecs.lookup(name).name
            if codec not in ("utf-8", "iso8859-1", "ascii", "cp1252") and "<meta".encode(codec) == b"<meta":
                return data.decode(codec)
        except (LookupError, UnicodeError):
            pass  # an unknown or wrong declaration counts as none
    sample = _HIGH.search(data)
    start = max(0, sample.start() - 1000) if sample else 0
    window = data[start : start + _SAMPLE]
    scores = [
        (len(_BETWEEN_LETTERS.findall(window.decode(name, "replace"))), -i, name) for i, name in enumerate(_SINGLE)
    ]
    best = max(scores)[2]
    return _decode_windows(data) if best == "cp1252" else data.decode(best)


def _decode_windows(data: bytes) -> str:
    """Windows-1252; its five undefined bytes become the control characters of Latin-1."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        high = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
        return data.decode("latin-1").translate(high)
