"""Any Python value as JSON."""

import json
import os
import sys
import types
from collections import deque
from typing import Any, Dict, Iterator, List, Set, Tuple

OUTPUT_DEPTH = 60
OBJECT_DEPTH = 256
PART_LIMIT = 2_000_000
INT_BITS_LIMIT = 14_000

Json = Dict[str, Any]
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class TooLarge(Exception):
    """A value that no line can hold."""


def is_a(value: Any, module: str, name: str) -> bool:
    """Whether value is an instance of a class whose module need not be imported to find out."""
    loaded = sys.modules.get(module)
    kind = getattr(loaded, name, None)
    return isinstance(kind, type) and isinstance(value, kind)


def described(value: Any) -> str:
    """The repr of a value, whatever its class makes of that."""
    try:
        return repr(value)
    except Exception:
        return "<%s that cannot be printed>" % type(value).__name__


class Plain:
    """Turns a value into what JSON knows: maps with text keys, lists, texts, numbers, booleans and null."""

    def __init__(self, depth: int, exact: bool = False) -> None:
        self._depth = depth
        self._exact = exact
        self._parts = 0
        self._open: Set[int] = set()

    def of(self, value: Any) -> Any:
        self._parts += 1
        if self._parts > PART_LIMIT:
            raise TooLarge("the value has more than %s parts" % format(PART_LIMIT, ","))
        kind = type(value)
        if kind is str or kind is bool or value is None:
            return value
        if kind is int:
            return value if value.bit_length() <= INT_BITS_LIMIT else hex(value)
        if kind is float:
            return value if value - value == 0 else number_text(value)
        if id(value) in self._open:
            return "<the %s that holds this>" % kind.__name__
        if len(self._open) >= self._depth:
            if self._exact:
                raise TooLarge("the value is nested more than %d levels deep" % self._depth)
            return "<%s, nested more than %d levels deep>" % (kind.__name__, self._depth)
        self._open.add(id(value))
        try:
            return self._compound(value)
        except (TooLarge, MemoryError):
            raise
        except RecursionError:
            raise TooLarge("the value is nested too deeply") from None
        except Exception:
            # An object that cannot be looked into is still worth its name.
            return described(value)
        finally:
            self._open.discard(id(value))

    def _compound(self, value: Any) -> Any:
        if type(value) is list:
            return [self.of(item) for item in value]
        if is_a(value, "enum", "Enum"):
            return self.of(value.value)
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, int):
            return self.of(int(value))
        if isinstance(value, float):
            return self.of(float(value))
        if isinstance(value, dict) or is_a(value, "collections.abc", "Mapping"):
            return {self._key(key): self.of(value[key]) for key in list(value)}
        if isinstance(value, tuple) and hasattr(value, "_asdict"):
            return self.of(value._asdict())
        if isinstance(value, (list, tuple, deque, range)):
            return [self.of(item) for item in list(value)]
        if isinstance(value, (set, frozenset)):
            return self._sorted(value)
        if isinstance(value, (bytes, bytearray, memoryview)):
            return bytes_value(bytes(value))
        if isinstance(value, BaseException):
            return error_message(value)
        if isinstance(value, type) or isinstance(value, (types.FunctionType, types.BuiltinFunctionType, types.ModuleType)):
            return described(value)
        return self._object(value)

    def _object(self, value: Any) -> Any:
        if is_a(value, "datetime", "timedelta"):
            return value.total_seconds()
        if is_a(value, "datetime", "date") or is_a(value, "datetime", "time"):
            return value.isoformat()
        if any(is_a(value, *name) for name in (("decimal", "Decimal"), ("uuid", "UUID"), ("fractions", "Fraction"))):
            return str(value)
        if isinstance(value, os.PathLike):
            return self.of(os.fspath(value))
        if hasattr(type(value), "__dataclass_fields__"):
            return {name: self.of(getattr(value, name, None)) for name in value.__dataclass_fields__}
        for method in ("to_dict", "tolist"):
            if callable(getattr(type(value), method, None)):
                converted = getattr(value, method)()
                if type(converted) is not type(value):
                    return self.of(converted)
        if is_a(value, "collections.abc", "Set"):
            return self._sorted(value)
        if isinstance(value, types.GeneratorType) or is_a(value, "collections.abc", "Iterator") and not hasattr(value, "fileno"):
            return [self.of(item) for item in value]
        if is_a(value, "collections.abc", "Collection"):
            return [self.of(item) for item in value]
        public = {name: self.of(part) for name, part in attributes(value) if not name.startswith("_")}
        return public or described(value)

    def _sorted(self, values: Any) -> List[Any]:
        try:
            return [self.of(item) for item in sorted(values)]
        except TypeError:
            return sorted((self.of(item) for item in values), key=lambda item: json.dumps(item, sort_keys=True))

    def _key(self, key: Any) -> str:
        if is_a(key, "enum", "Enum"):
            key = key.value
        if isinstance(key, str):
            return str.__str__(key)
        if key is None or isinstance(key, bool):
            return {None: "null", True: "true", False: "false"}[key]
        if isinstance(key, float):
            return number_text(key)
        try:
            return str(key)
        except Exception:
            return described(key)


def error_message(error: BaseException) -> str:
    """`Type: text`, as Python prints it."""
    import traceback

    lines = traceback.format_exception_only(type(error), error)
    return (lines[-1] if isinstance(error, SyntaxError) else lines[0]).strip()


def number_text(value: float) -> str:
    if value != value:
        return "NaN"
    return float.__repr__(value) if value - value == 0 else ("Infinity" if value > 0 else "-Infinity")


def bytes_value(value: bytes) -> Any:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        import base64

        return {"type": "bytes", "base64": base64.b64encode(value).decode("ascii")}


def attributes(value: Any) -> Iterator[Tuple[str, Any]]:
    yield from getattr(value, "__dict__", {}).items()
    for kind in type(value).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if hasattr(value, name) and name != "__dict__":
                yield name, getattr(value, name)


def canonical(value: Any) -> str:
    """One text for one content, to see whether something changed."""
    return json.dumps(Plain(OBJECT_DEPTH).of(value), sort_keys=True)


def encode(message: Json) -> bytes:
    text = ENCODER.encode(message)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # Lone surrogates (undecodable file names, mostly) are no text in JSON: they are shown as Python shows them.
        return "".join("\\\\u%04x" % ord(char) if 0xD800 <= ord(char) <= 0xDFFF else char for char in text).encode("utf-8")
