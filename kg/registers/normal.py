"""The normal form in which names are compared, and the check digit of organisation numbers."""

from __future__ import annotations

import re
import unicodedata

_LEGAL_FORM = re.compile(
    r"(?:^(?:ab|aktiebolaget)\s+)|(?:\s+(?:ab|aktiebolag|ek\s+för|ekonomisk\s+förening|ideell\s+förening|hb|kb"
    r"|handelsbolag|ltd|inc|gmbh|oy|publ)(?:\s+publ)?$)"
)
_JOINED_FORM = re.compile(r"(?<=\w{4})aktiebolag$")
_GAPS = re.compile(r"[\W_]+")


def normal_form(name: str) -> str:
    """The form in which names are compared: NFKC, case folded, soft hyphens dropped, "&" as "och", "+" as "plus", every
    run of hyphens, blanks and punctuation one blank."""
    text = unicodedata.normalize("NFKC", name).replace("\u00ad", "").casefold()
    text = text.replace("&", " och ").replace("+", " plus ")
    return _GAPS.sub(" ", text).strip()


def alternatives(name: str) -> tuple[str, ...]:
    """The normal forms under which ``name`` may be known beside its own: without the genitive's s, without the
    legal form, without both.  In that order, none twice, its own form left out."""
    own = normal_form(name)
    bare = own[:-1] if own.endswith("s") and len(own) > 3 else own
    found = [bare, *(drop_legal_form(form) for form in (own, bare))]
    return tuple(form for form in dict.fromkeys(found) if form and form != own)


def drop_legal_form(form: str) -> str:
    """A normal form without its legal form: "örebro holding ab" -> "örebro holding"."""
    return _LEGAL_FORM.sub("", _JOINED_FORM.sub("", form)).strip()


def check_org_number(number: str) -> bool:
    """Whether ``number`` (ten digits, with or without a hyphen) has the right check digit."""
    digits = re.sub(r"[\s-]", "", number)
    if not re.fullmatch(r"[0-9]{10}", digits):
        return False
    doubled = (int(d) * (2 if i % 2 == 0 else 1) for i, d in enumerate(digits))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
