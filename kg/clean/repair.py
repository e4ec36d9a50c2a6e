"""Repair of characters, in place: the repaired text is as long as the raw text.

Every raw character keeps its place, so that layout can be told on repaired text while all offsets stay raw.  What is
taken away becomes ``DROPPED``; a character that stands for several raw ones ("Ã¥" for å, "&aring;") is followed by
``HELD`` in the place of the others.  Ligatures, which grow, stay until the text is put together (``EXPANDED``).
"""

from __future__ import annotations

import html
import re

DROPPED = "\x00"
HELD = "\x01"
CELL = "\x1f"  # divides the cells of a row where the paper has a sign for it: a bar, a semicolon

EXPANDED: dict[str, str] = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

# A wide test in one pass: most papers hold little beyond these, and are done with it.
_ODD = re.compile(r"[^\n -~åäöÅÄÖéüÉ–—”’•§…»«\u200a]")

_CP1252_HIGH = {code: bytes([code]).decode("cp1252", "ignore") or DROPPED for code in range(0x80, 0xA0)}
_SINGLE: dict[int, str] = {
    **dict.fromkeys([*range(0x09), *range(0x0E, 0x20), 0x7F], DROPPED),
    **{code: sign for code, sign in _CP1252_HIGH.items() if code != 0x85},
    **dict.fromkeys([0x0B, 0x85, 0x2028, 0x2029], "\n"),
    **dict.fromkeys([0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " "),
    **dict.fromkeys(
        [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFEFF, 0xFFFE, 0xFFFF],
        DROPPED,
    ),
    **dict.fromkeys([0x2010, 0x2011], "-"),
    # Bullets of symbol fonts (Symbol, Wingdings), which text extraction gives as private characters.
    **dict.fromkeys(
        [0xF0B7, 0xF0A7, 0xF076, 0xF0D8, 0xF0FC, 0xF0A8, 0xF06E, 0xF071, 0xF06C, 0xF0B2, 0xF0E0, 0xF0E8, 0xF0F0], "•"
    ),
    **dict.fromkeys([0xF02D, 0xF0BE], "–"),
    **dict.fromkeys(map(ord, "●○◦▪▫■□‣⁃❖➢➤►▶✓✔"), "•"),
    0xF020: " ",
}
# The round bullet of word processors, which comes as the letter of the font that it was drawn with.
_LETTER_BULLET = re.compile(r"^([ \t]*)o(?=[ \t]{2,}\S|[ \t][A-ZÅÄÖ0-9”\"])", re.MULTILINE)
# The hyphen at the end of a line in other guises: soft hyphen, and what PDF libraries give in its place.
_LINE_HYPHEN = re.compile("[\u00ad\x02\ufffe¬](?=[ \\t\u00a0]*[\\r\\n])")
# PDF libraries may drop the line break after that sign; between letters it is then a hyphen at a line's end.
_INNER_HYPHEN = re.compile("(?<=[A-ZÅÄÖ0-9])[\x02\ufffe](?=\\w)|(?<=\\w)[\x02\ufffe](?=[A-ZÅÄÖ0-9])")

# UTF-8 that was read as Windows-1252 or Latin-1.  Only leads that correct Swedish text cannot hold in front of such
# followers: Ã and Â (Swedish letters, §, », no-break space), â€ and â‚ (dashes, quotes, bullet, ellipsis, euro), ï».
_HIGH_SIGNS = "".join(
    sorted(
        {bytes([c]).decode("cp1252", "ignore") or chr(c) for c in range(0x80, 0xC0)}
        | {chr(c) for c in range(0x80, 0xC0)}
    )
)
_FOLLOW = f"[{re.escape(_HIGH_SIGNS)}]"
_MOJIBAKE = re.compile(f"(?:[ÃÂ]{_FOLLOW}|â[€\x80‚\x82„\x84†\x86ˆ\x88]{_FOLLOW}|ï[»¬¿]{_FOLLOW})+")
# The lead of a no-break space whose follower was made a blank on the way: "500Â kr".
_STRANDED = re.compile(r"(?<=\d)Â(?=\s)|(?<=§)Â(?=\s)")
# The same read as Mac Roman: √• for å, √§ ä, √∂ ö, √Ö Å, √Ñ Ä, √ñ Ö, √© é.
_MAC = re.compile("√[•§∂ÖÑñ©]|¬†")
_MAC_SIGNS = {"√•": "å", "√§": "ä", "√∂": "ö", "√Ö": "Å", "√Ñ": "Ä", "√ñ": "Ö", "√©": "é", "¬†": " "}
_ENCODED = {**{sign: code for code, sign in _CP1252_HIGH.items() if sign != DROPPED}}

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")


def repair_characters(text: str, references: bool = False) -> str:
    """``text`` with its characters repaired, and HTML character references resolved where ``references``.

    The result is as long as ``text``.
    """
    if not references and "o " in text:
        text = _LETTER_BULLET.sub(r"\1•", text)
    if not references and not _ODD.search(text):
        return text
    text = text.replace(HELD, DROPPED).replace(CELL, DROPPED)
    if references and "&" in text:
        text = _REFERENCE.sub(_resolve, text)
    if "Ã" in text or "Â" in text or "â" in text or "ï" in text:
        text = _MOJIBAKE.sub(_unmake, text)
        text = _STRANDED.sub(DROPPED, text)
    if "√" in text or "¬†" in text:
        text = _MAC.sub(lambda m: _MAC_SIGNS[m.group()] + HELD, text)
    text = _LINE_HYPHEN.sub("-", text)
    text = _INNER_HYPHEN.sub("-", text)
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    return _ODD.sub(_replace, text)


def _replace(match: re.Match[str]) -> str:
    sign = match.group()
    if sign in (HELD, CELL):
        return sign
    return _SINGLE.get(ord(sign), sign) if ord(sign) < 0xE000 or ord(sign) > 0xF8FF else _SINGLE.get(ord(sign), DROPPED)


def _unmake(match: re.Match[str]) -> str:
    """The run read as UTF-8 again, each character followed by the places of its other bytes."""
    run = match.group()
    lengths = [1] * len(run)
    signs = list(run)
    for _ in range(3):  # text may have been through this more than once
        try:
            decoded = bytes(_ENCODED.get(sign, ord(sign)) for sign in signs).decode("utf-8")
        except (UnicodeDecodeError, ValueError):
            break
        grouped, at = [], 0
        for sign in decoded:
            size = len(sign.encode("utf-8"))
            grouped.append(sum(lengths[at : at + size]))
            at += size
        signs, lengths = list(decoded), grouped
        if not _MOJIBAKE.fullmatch(decoded):
            break
    return "".join(sign + HELD * (length - 1) for sign, length in zip(signs, lengths, strict=True))


def _resolve(match: re.Match[str]) -> str:
    source = match.group()
    resolved = html.unescape(source)
    if resolved == source:
        return source
    if not resolved or DROPPED in resolved or HELD in resolved:
        return DROPPED * len(source)
    rest = len(source) - len(resolved)
    return resolved + HELD * rest if rest >= 0 else source
