"""Frozen values made as fast as others.

A frozen dataclass sets each field by ``object.__setattr__``, a call a field; a value of seven fields takes three times
as long to make as one that is not frozen, and reading a paper makes thousands.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

T = TypeVar("T")
_become: Any = vars(object)["__class__"].__set__  # past the frozen class's own ``__setattr__``


def quick(cls: type[T]) -> type[T]:
    """Gives a frozen, slotted dataclass an ``__init__`` that fills a value while it is of a like class that is not
    frozen.  All else of the class stays as it is.  For classes that nothing is derived from, whose fields have plain
    defaults and that have no ``__post_init__``."""
    listed = fields(cls)  # type: ignore[arg-type]
    names = [f.name for f in listed]
    open_class = type(cls.__name__, (), {"__slots__": tuple(names)})
    try:
        _become(object.__new__(cls), open_class)
    except TypeError:  # a Python that lays out the two differently
        return cls
    known = {f"_default_{f.name}": f.default for f in listed if f.default is not MISSING}
    given = [f"{name}=_default_{name}" if f"_default_{name}" in known else name for name in names]
    lines = [
        f"def __init__(self, {', '.join(given)}):",
        "    _become(self, _open_class)",
        *(f"    self.{name} = {name}" for name in names),
        "    self.__class__ = _frozen_class",
    ]
    scope: dict[str, Any] = {**known, "_become": _become, "_open_class": open_class, "_frozen_class": cls}
    exec("\n".join(lines), scope)
    made = scope["__init__"]
    made.__annotations__ = dict(cls.__init__.__annotations__)
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    cls.__init__ = made  # type: ignore[method-assign]
    return cls
