"""Values made quickly are like those that dataclasses makes: frozen, equal, hashed, copied, kept."""

from __future__ import annotations

import copy
import inspect
import pickle
import time
from dataclasses import FrozenInstanceError, dataclass, fields, replace

import pytest

import kg.model
from kg.extract.found import Found
from kg.extract.view import Unit
from kg.frozen import quick


@dataclass(frozen=True, slots=True)
class Slow:
    one: int
    two: str
    three: tuple[int, ...] = ()
    four: str | None = None
    five: bool = False
    six: float = 0.0
    seven: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    one: int
    two: str
    three: tuple[int, ...] = ()
    four: str | None = None
    five: bool = False
    six: float = 0.0
    seven: str = ""


def test_a_quick_value_is_like_any_other():
    value = Quick(1, "b", six=2.0)
    assert type(value) is Quick
    assert repr(value) == repr(Slow(1, "b", six=2.0)).replace("Slow", "Quick")
    assert value == Quick(1, "b", six=2.0) != Quick(2, "b", six=2.0)
    assert hash(value) == hash(Slow(1, "b", six=2.0))
    assert replace(value, four="d").four == "d"
    assert pickle.loads(pickle.dumps(value)) == copy.deepcopy(value) == value
    assert inspect.signature(Quick) == inspect.signature(Slow)
    assert not hasattr(value, "__dict__")


@pytest.mark.parametrize("change", [lambda v: setattr(v, "one", 2), lambda v: delattr(v, "one")])
def test_a_quick_value_is_frozen(change):
    with pytest.raises(FrozenInstanceError):
        change(Quick(1, "b"))


@pytest.mark.parametrize("arguments", [(), (1,), (1, "b", (), None, False, 0.0, "", 8)])
def test_wrong_numbers_of_fields_are_refused(arguments):
    with pytest.raises(TypeError, match=r"Quick\.__init__"):
        Quick(*arguments)


def test_the_values_of_the_stages_keep_what_they_promise():
    """Every value of the model, quick or not, is frozen and slotted."""
    classes = [c for c in vars(kg.model).values() if isinstance(c, type) and c.__module__ == "kg.model"]
    for cls in [*classes, Found, Unit]:
        value = object.__new__(cls)
        assert not hasattr(value, "__dict__"), cls
        with pytest.raises(FrozenInstanceError):
            setattr(value, fields(cls)[0].name, 1)


def test_it_is_quicker():
    def seconds(cls: type) -> float:
        begun = time.process_time()
        for _ in range(20_000):
            cls(1, "b", (), None, False, 0.0, "")
        return time.process_time() - begun

    assert min(seconds(Quick) / seconds(Slow) for _ in range(5)) < 0.8
