"""A sketch never says that a name is not in a text in which it stands."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kg.registers import alternatives, normal_form
from kg.sketches import _fold, hash_name, load_sketch, may_hold, sketch_words

WORDS = st.sampled_from(["Region", "Örebro", "läns", "Å", "s", "Volvoaktiebolag", "Straße", "ẞ", "ﬁnans", "Σας", "x²"])
SIGNS = st.sampled_from([" ", "  ", "\n", "-", ", ", "_", " & ", "+", "\xa0", "\u0301", "™", "…", ":", "’s ", "\xad"])


@given(st.lists(st.tuples(WORDS | st.text(max_size=4), SIGNS), max_size=12), st.data())
def test_a_name_that_stands_in_a_text_is_never_missed(pieces: list[tuple[str, str]], data: st.DataObject) -> None:
    text = "".join(word + sign for word, sign in pieces)
    sketch = load_sketch(sketch_words(text))
    places = [m.span() for m in re.finditer(r"\w+", text)]
    if not places:
        return
    first = data.draw(st.integers(0, len(places) - 1))
    last = data.draw(st.integers(first, len(places) - 1))
    name = text[places[first][0] : places[last][1]]
    # as the matcher, the registers and expressions look for it
    for form in (name, name.lower(), name.upper(), normal_form(name), *alternatives(name)):
        assert may_hold(sketch, [hash_name(form)]), (text, form)


def test_a_name_is_folded_alike_in_capitals_and_in_small_letters() -> None:
    for sign in map(chr, range(0x3000)):
        folded = _fold(sign)
        if unicodedata.category(sign) != "Cs" and folded is not None:
            assert _fold(sign.lower()) == folded, sign


def test_words_that_are_not_there() -> None:
    sketch = load_sketch(sketch_words("Region Örebro län beviljar Sandviks 10 000 kronor."))
    assert may_hold(sketch, [hash_name("Sandvik AB"), hash_name("Örebro läns")])
    assert not may_hold(sketch, [hash_name("Sandvik AB"), hash_name("Region Norrbotten")])
    assert not may_hold(sketch, [])


def test_what_cannot_be_promised_may_hold_everything() -> None:
    for text in ("Volvo™", "Kal\u00admar", "a\u0300\u0301 e\u0301", "İstanbul"):
        assert sketch_words(text) == b""
    assert may_hold(load_sketch(b""), [hash_name("Kalmar")])
    # so does a name of which nothing is known
    assert may_hold(load_sketch(sketch_words("Kalmar")), [hash_name("…")])
