"""Numbers in the forms that lists have: 3, c, C, iii, III."""

from __future__ import annotations

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def write_number(number: int, form: str) -> str:
    """``number`` in a form: ``decimal decimalZero lowerLetter upperLetter lowerRoman upperRoman``.

    Any other form, and a number that the form has no sign for, is written in digits.
    """
    if form in ("lowerLetter", "upperLetter") and 0 < number <= len(_LETTERS):
        letter = _LETTERS[number - 1]
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            while number >= value:
                roman += sign
                number -= value
        return roman.upper() if form == "upperRoman" else roman
    return f"{number:02d}" if form == "decimalZero" else str(number)
