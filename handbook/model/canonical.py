"""A canonical form of values, and fingerprints of it.

Equal values have the same form in every process: unlike that of `repr`, it does not depend on the order that a set
happens to have. It is only ever compared, so it need not be read back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel

_LENGTH = 20  # hexadecimal digits of a fingerprint

Encoder = Callable[[Any], bytes]


def fingerprint(value: Any) -> str:
    """A short hash of the canonical form of a value. Raises TypeError as `canonical` does."""
    return hashlib.sha256(canonical(value)).hexdigest()[:_LENGTH]


def canonical(value: Any) -> bytes:
    """The canonical form of a value: two values have the same form only if they are equal and of the same type.

    Takes None, booleans, numbers, text, bytes, days and times, paths, members of enumerations, lists, tuples, sets,
    mappings (whose order counts, since pages may show it), dataclasses and pydantic models. A subclass of `str` that is
    no enumeration is taken as its text. Raises TypeError for a value of any other type, also where it is inside another.
    """
    try:
        encoder = _ENCODERS[type(value)]
    except KeyError:
        encoder = _ENCODERS[type(value)] = _encoder_of(type(value))
    return encoder(value)


def _encoder_of(kind: type) -> Encoder:
    """What encodes values of a type that has no encoder of its own."""
    name = kind.__qualname__
    if issubclass(kind, Enum):
        return lambda value: _framed(name, canonical(value.value))
    if issubclass(kind, BaseModel):
        return _of_attributes(name, tuple(kind.model_fields))
    if is_dataclass(kind):
        return _of_attributes(name, tuple(field.name for field in fields(kind)))
    if issubclass(kind, str):
        return lambda value: _text(str(value))
    if issubclass(kind, PurePath):
        return lambda value: _framed("path", value.as_posix().encode("utf-8", "surrogatepass"))
    if issubclass(kind, tuple):
        return lambda value: _framed(name, *map(canonical, value))
    if issubclass(kind, Set):
        return lambda value: _framed("set", *sorted(map(canonical, value)))
    if issubclass(kind, Mapping):
        return lambda value: _framed("mapping", *(canonical(part) for pair in value.items() for part in pair))
    raise TypeError(f"{kind.__module__}.{name} has no canonical form. Add one to {__name__}.")


def _of_attributes(name: str, attributes: tuple[str, ...]) -> Encoder:
    return lambda value: _framed(name, *[canonical(getattr(value, attribute)) for attribute in attributes])


def _framed(kind: str, *parts: bytes) -> bytes:
    """Parts that begin with their kind and number. Each part says where it ends, so that no other parts look the same."""
    return b"%b(%d:%b)" % (kind.encode(), len(parts), b"".join([b"%d:%b" % (len(part), part) for part in parts]))


def _text(value: str) -> bytes:
    data = value.encode("utf-8", "surrogatepass")
    return b"s%d:%b" % (len(data), data)


_ENCODERS: dict[type, Encoder] = {
    type(None): lambda _: b"-",
    bool: lambda value: b"+" if value else b"!",
    int: lambda value: b"i%d;" % value,
    float: lambda value: b"f%b;" % value.hex().encode(),
    Decimal: lambda value: b"d%b;" % str(value).encode(),
    str: _text,
    bytes: lambda value: b"b%d:%b" % (len(value), value),
    date: lambda value: b"%b;" % value.isoformat().encode(),
    datetime: lambda value: b"%b;" % value.isoformat().encode(),
    list: lambda value: _framed("list", *map(canonical, value)),
}
