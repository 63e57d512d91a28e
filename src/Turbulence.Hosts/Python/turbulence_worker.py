"""Runs Python activities and controls for `chaos`.

Speaks the worker protocol of docs/extensions.md: JSON-RPC 2.0, one message a line. `chaos` carries this file and hands it to
`python -c` through the standard input; nothing is written to disk. Standard library only, Python 3.8 or newer.

A thread of its own reads. The main thread carries out a call whenever it is free, because some libraries want to be used from nowhere
else (signals, event loops); what comes meanwhile gets a thread for itself. What is seldom needed is imported when it is, to start fast.
"""

import importlib
import json
import logging
import os
import signal
import sys
import threading
import types
from collections import deque
from queue import SimpleQueue
from typing import Any, Callable, Dict, Iterator, List, Optional, Set, Tuple

VERSION = "1.0.0"
PROTOCOL = 1
LINE_LIMIT = 64 * 1024 * 1024
LOG_TEXT_LIMIT = 64 * 1024
OUTPUT_DEPTH = 60
OBJECT_DEPTH = 500
PART_LIMIT = 5_000_000
INT_BITS_LIMIT = 14_000

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS, INTERNAL_ERROR = -32700, -32600, -32601, -32602, -32603

Json = Dict[str, Any]


class Cancelled(BaseException):
    """Raised inside a call that `chaos` wants to end. Not an Exception: user code must not swallow it by accident."""


class ProtocolError(Exception):
    """The protocol was used wrongly: answered as an error, not as a result."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


# ---- Values: any Python object as JSON -------------------------------------------------------------------------------------------


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

    def __init__(self, depth: int) -> None:
        self._depth = depth
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
            return "<%s, nested more than %d levels deep>" % (kind.__name__, self._depth)
        self._open.add(id(value))
        try:
            return self._compound(value)
        except (TooLarge, MemoryError):
            raise
        except Exception:
            # An object that cannot be looked into is still worth its name.
            return described(value)
        finally:
            self._open.discard(id(value))

    def _compound(self, value: Any) -> Any:
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
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # Lone surrogates (undecodable file names, mostly) are no text in JSON: they are shown as Python shows them.
        return "".join("\\\\u%04x" % ord(char) if 0xD800 <= ord(char) <= 0xDFFF else char for char in text).encode("utf-8")


# ---- Outcomes: how a call ended --------------------------------------------------------------------------------------------------


def error_message(error: BaseException) -> str:
    """`Type: text`, as Python prints it."""
    import traceback

    lines = traceback.format_exception_only(type(error), error)
    return (lines[-1] if isinstance(error, SyntaxError) else lines[0]).strip()


def error_trace(error: BaseException) -> List[str]:
    """The stack as Python prints it, without the frames that led from this worker to the user's code."""
    import traceback

    trace = error.__traceback__
    while trace is not None and is_own_frame(trace.tb_frame):
        trace = trace.tb_next
    try:
        return traceback.format_exception(type(error), error, trace)
    except Exception:
        return [error_message(error)]


def is_own_frame(frame: types.FrameType) -> bool:
    name = frame.f_code.co_filename
    return frame.f_globals is globals() or name.startswith("<frozen importlib") or frame.f_globals.get("__name__") == "importlib"


def outcome(end: str, error: BaseException, message: Optional[str] = None) -> Json:
    try:
        return {"end": end, "message": message or error_message(error), "trace": error_trace(error)}
    except Exception:
        return {"end": end, "message": message or type(error).__name__, "trace": []}


def exited(error: SystemExit) -> Json:
    """As Python ends a process: no code is 0, a text is shown and is 1."""
    code = error.code
    if code is None:
        code = 0
    if isinstance(code, int):
        return dict(outcome("exited", error, "SystemExit: %d" % code), code=int(code))
    return dict(outcome("exited", error, str(code)), code=1)


def is_interrupt(error: BaseException) -> bool:
    return any(kind.__name__ == "InterruptExecution" and kind.__module__ == "chaoslib.exceptions" for kind in type(error).__mro__)


# ---- Code: modules and functions -------------------------------------------------------------------------------------------------


def load(module: str) -> types.ModuleType:
    importlib.invalidate_caches() if module not in sys.modules else None
    loaded = importlib.import_module(module)
    adopt_logzero()
    return loaded


def parameter_names(function: Any) -> Tuple[str, ...]:
    """The names of all parameters that can be given by name; a `**kwargs` has none."""
    if isinstance(function, types.FunctionType) and not hasattr(function, "__wrapped__") and not hasattr(function, "__signature__"):
        code = function.__code__
        return code.co_varnames[code.co_posonlyargcount : code.co_argcount + code.co_kwonlyargcount]
    import inspect

    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return ()
    return tuple(p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY))


def call(function: Callable[..., Any], arguments: Json) -> Any:
    """Calls; what is to be awaited is awaited, since nobody else would."""
    value = function(**arguments)
    if isinstance(value, types.CoroutineType) or hasattr(type(value), "__await__"):
        import asyncio

        async def awaited() -> Any:
            return await value

        return asyncio.run(awaited())
    return value


def run_activity(params: Json) -> Json:
    provider = map_of(params, "provider")
    try:
        function = getattr(load(text_of(provider, "module")), text_of(provider, "func"))
    except SystemExit as error:
        return exited(error)
    except ProtocolError:
        raise
    except Exception as error:
        return outcome("crashed", error)
    arguments = dict(map_of(params, "arguments"))
    names = parameter_names(function)
    if params.get("secrets") is not None and "secrets" in names:
        arguments["secrets"] = params["secrets"]
    if "configuration" in names:
        arguments["configuration"] = dict(map_of(params, "configuration"))
    try:
        return {"end": "succeeded", "output": Plain(OUTPUT_DEPTH).of(call(function, arguments))}
    except SystemExit as error:
        return exited(error)
    except Cancelled as error:
        return outcome("failed", error, "the call was cancelled")
    except BaseException as error:
        return outcome("failed", error)


# ---- Validation ------------------------------------------------------------------------------------------------------------------


def problem(message: str, *path: str, severity: str = "error") -> Json:
    return {"severity": severity, "path": list(path), "message": message}


def validate(params: Json) -> Json:
    return {
        "activities": [validate_activity(activity) for activity in params.get("activities") or []],
        "controls": [validate_control(control) for control in params.get("controls") or []],
    }


def validate_activity(activity: Json) -> List[Json]:
    provider = map_of(activity, "provider")
    name, module, func = activity.get("name"), provider.get("module"), provider.get("func")
    problems = []
    if not isinstance(module, str) or not module:
        problems.append(problem("a Python activity must have a module path", "provider", "module"))
    if not isinstance(func, str) or not func:
        problems.append(problem("a Python activity must have a function name", "provider", "func"))
    if problems:
        return problems
    try:
        loaded = load(module)
    except ImportError as error:
        text = "could not find Python module '%s' in activity '%s'" % (module, name)
        missing = error.name or ""
        if not (isinstance(error, ModuleNotFoundError) and (module + ".").startswith(missing + ".")):
            text += ": " + error_message(error)
        return [problem(text, "provider", "module")]
    except Cancelled:
        raise
    except BaseException as error:
        text = "could not import Python module '%s' in activity '%s': %s" % (module, name, error_message(error))
        return [problem(text, "provider", "module")]
    function = getattr(loaded, func, None)
    if not isinstance(function, (types.FunctionType, types.BuiltinFunctionType)):
        text = "The python module '%s' does not expose a function called '%s' in %s '%s'"
        return [problem(text % (module, func, activity.get("type"), name), "provider", "func")]
    return validate_arguments(function, func, provider.get("arguments"))


def validate_arguments(function: Any, func: str, arguments: Any) -> List[Json]:
    import inspect

    if arguments is not None and not isinstance(arguments, dict):
        return [problem("the arguments of a Python activity must be a map", "provider", "arguments")]
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    arguments = arguments or {}
    named = [p for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    known = {p.name for p in named}
    supplied = {"configuration", "secrets"} | (known & set(arguments))
    required = [p.name for p in parameters if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    problems = [
        problem("required argument '%s' is missing from activity '%s'" % (name, func), "provider", "arguments")
        for name in required
        if name not in supplied
    ]
    if not any(p.kind == p.VAR_KEYWORD for p in parameters):
        problems += [
            problem("argument '%s' is not part of the function signature in activity '%s'" % (name, func), "provider", "arguments", name)
            for name in arguments
            if name not in known
        ]
    return problems


def validate_control(control: Json) -> List[Json]:
    name, module = control.get("name"), map_of(control, "provider").get("module")
    if not isinstance(module, str) or not module:
        return [problem("Control '%s' must have a module path" % name, "provider", "module")]
    try:
        loaded = load(module)
    except Cancelled:
        raise
    except BaseException as error:
        text = "Could not find Python module '%s' in control '%s'. Did you install the Python module? " % (module, name)
        text += "The experiment will carry on running nonetheless."
        if not (isinstance(error, ModuleNotFoundError) and (module + ".").startswith((error.name or "") + ".")):
            text += " (%s)" % error_message(error)
        return [problem(text, "provider", "module", severity="warning")]
    own = getattr(loaded, "validate_control", None)
    if own is None:
        return []
    try:
        own(control)
    except Cancelled:
        raise
    except BaseException as error:
        return [problem(error_message(error))]
    return []


# ---- Controls --------------------------------------------------------------------------------------------------------------------

HOOKS = {"configure": "configure_control", "cleanup": "cleanup_control"}
for side in ("before", "after"):
    HOOKS[side + "_loader"] = side + "_loading_experiment_control"
    for level in ("experiment", "hypothesis", "method", "rollback", "activity"):
        HOOKS["%s_%s" % (side, level)] = "%s_%s_control" % (side, level)

KEPT = ("experiment", "configuration", "secrets", "settings")
CHANGEABLE = ("context", "state", "experiment", "configuration", "secrets")
OFFERED = ("state", "experiment", "extensions", "configuration", "secrets", "settings")


class Registry:
    """Stands for the reference's event registry: handlers may be given to it, and are never called."""

    def __init__(self) -> None:
        self.handlers: List[Any] = []

    def register(self, handler: Any) -> None:
        self.handlers.append(handler)
        logging.getLogger("turbulence").warning("the event handler %s was registered, but will not be called", type(handler).__name__)


class Controls:
    """Calls the hooks. Keeps one live object for each that they share, so that a control sees the same one in every hook of the run."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._live: Json = {}
        self._known: Dict[str, str] = {}
        self._contexts: Json = {}

    def configure(self, params: Json) -> Json:
        try:
            module = load(text_of(map_of(params, "provider"), "module"))
        except SystemExit as error:
            return dict(exited(error), hooks={})
        except Exception as error:
            return dict(outcome("crashed", error), hooks={})
        hooks = {}
        for hook, name in HOOKS.items():
            function = getattr(module, name, None)
            if callable(function) and hook != "configure":
                names = parameter_names(function)
                wanted = {"experiment" if each == "extensions" else each for each in names if each in OFFERED}
                hooks[hook] = sorted(wanted | {"context"}) if hook != "cleanup" else []
        return dict(self.hook(dict(params, hook="configure")), hooks=hooks)

    def cleanup(self, params: Json) -> Json:
        return self.hook(dict(params, hook="cleanup"))

    def hook(self, params: Json) -> Json:
        hook = text_of(params, "hook")
        if hook not in HOOKS:
            raise ProtocolError(INVALID_PARAMS, "there is no hook '%s'" % hook)
        try:
            function = getattr(load(text_of(map_of(params, "provider"), "module")), HOOKS[hook], None)
        except SystemExit as error:
            return exited(error)
        except ProtocolError:
            raise
        except Exception as error:
            return outcome("crashed", error)
        if function is None:
            return {"end": "succeeded"}
        with self._lock:
            objects, known = self._take(params)
        result = self._call(hook, function, objects, dict(map_of(params, "arguments")))
        with self._lock:
            changes = self._changes(objects, known)
        return dict(result, changes=changes) if changes else result

    @staticmethod
    def _call(hook: str, function: Any, objects: Json, arguments: Json) -> Json:
        names = parameter_names(function)
        if hook == "configure":
            objects = dict(objects, event_registry=Registry())
            given = {name: objects[name] for name in names if name in KEPT or name == "event_registry"}
        elif hook == "cleanup":
            given = {}
        else:
            given = dict(arguments, context=objects["context"])
            given.update((name, objects[name]) for name in names if name in OFFERED)
        try:
            call(function, given)
            return {"end": "succeeded"}
        except SystemExit as error:
            return exited(error)
        except Cancelled as error:
            return outcome("failed", error, "the hook was cancelled")
        except BaseException as error:
            return outcome("interrupted", error, str(error)) if is_interrupt(error) else outcome("failed", error)

    def _take(self, params: Json) -> Tuple[Json, Dict[str, str]]:
        """The live objects for one hook, brought up to date, and what `chaos` knows of each that is of this hook only."""
        for name in KEPT:
            if params.get(name) is not None:
                sent = canonical(params[name])
                # What a control changed since (in a thread of its own) stays, unless `chaos` has news.
                if sent != self._known.get(name):
                    self._live[name] = merged(self._live.get(name), params[name])
                    self._known[name] = sent
        objects = {name: self._live.get(name) for name in KEPT}
        objects["context"] = self._context(params)
        objects["state"] = params.get("state")
        experiment = objects["experiment"]
        objects["extensions"] = experiment.get("extensions") if isinstance(experiment, dict) else None
        return objects, {name: canonical(objects[name]) for name in ("context", "state")}

    def _context(self, params: Json) -> Any:
        pointer, sent = params.get("contextPointer"), params.get("context")
        if pointer is None:
            return sent
        found, target = resolve(self._live.get("experiment"), pointer)
        if found and sent is not None and params.get("experiment") is None and canonical(sent) != canonical(target):
            target = merged(target, sent)
            self._known["experiment"] = canonical(self._live["experiment"])
        if found:
            return target
        self._contexts[pointer] = merged(self._contexts.get(pointer), sent)
        return self._contexts[pointer]

    def _changes(self, objects: Json, known: Dict[str, str]) -> Json:
        changes = {}
        for name in CHANGEABLE:
            before = known.get(name, self._known.get(name))
            if before is None:
                continue
            after = canonical(objects[name])
            if after != before:
                changes[name] = Plain(OBJECT_DEPTH).of(objects[name])
                if name in KEPT:
                    self._known[name] = after
        return changes


def merged(old: Any, new: Any) -> Any:
    """The old object with the content of the new one: who holds the old one, or a part of it, sees the new content."""
    if old is new:
        return old
    if type(old) is dict and type(new) is dict:
        for key in [key for key in old if key not in new]:
            del old[key]
        for key, value in new.items():
            old[key] = merged(old.get(key), value)
        return old
    if type(old) is list and type(new) is list:
        old[:] = [merged(old[at], value) if at < len(old) else value for at, value in enumerate(new)]
        return old
    return new


def resolve(document: Any, pointer: str) -> Tuple[bool, Any]:
    """What a JSON pointer (RFC 6901) names."""
    if document is None:
        return False, None
    try:
        for step in pointer.split("/")[1:]:
            step = step.replace("~1", "/").replace("~0", "~")
            document = document[int(step)] if isinstance(document, list) else document[step]
        return True, document
    except (KeyError, IndexError, ValueError, TypeError):
        return False, None


# ---- Discovery -------------------------------------------------------------------------------------------------------------------


def describe(params: Json) -> Json:
    package = text_of(params, "name")
    try:
        module = load(package_module(package))
        discover = getattr(module, "discover", None)
        if not callable(discover):
            return {"end": "failed", "message": "package '%s' does not export a `discover` function" % module.__name__, "trace": []}
        return Plain(OUTPUT_DEPTH).of(call(discover, {"discover_system": bool(params.get("system"))}))
    except ProtocolError:
        raise
    except LookupError as error:
        if type(error) is LookupError:
            return {"end": "failed", "message": str(error), "trace": []}
        return outcome("failed", error)
    except ImportError as error:
        return outcome("failed", error, "could not load Python module '%s': %s" % (package, error_message(error)))
    except SystemExit as error:
        return exited(error)
    except Exception as error:
        return outcome("failed", error)


def package_module(package: str) -> str:
    """The module to import for a distribution's name, or for a module's own name."""
    from importlib import metadata, util

    try:
        distribution = metadata.distribution(package)
    except metadata.PackageNotFoundError:
        try:
            found = util.find_spec(package) is not None
        except (ImportError, ValueError):
            found = False
        if not found:
            raise LookupError("Package %s not found" % package) from None
        return package
    names = (distribution.read_text("top_level.txt") or "").split()
    files = [str(file).split("/") for file in distribution.files or []]
    names += [parts[0] for parts in files if len(parts) == 2 and parts[1] == "__init__.py"]
    names += [parts[0][:-3] for parts in files if len(parts) == 1 and parts[0].endswith(".py")]
    return next(iter(names), package.replace("-", "_"))


def list_extensions(params: Json) -> Json:
    from importlib import metadata

    found = {}
    for distribution in metadata.distributions():
        fields = distribution.metadata
        name = (fields["Name"] or "").lower() if fields else ""
        if name.startswith("chaostoolkit-") and name != "chaostoolkit-lib" and name not in found:
            found[name] = {
                "name": fields["Name"],
                "version": fields["Version"],
                "license": fields["License-Expression"] or fields["License"],
                "description": fields["Summary"],
            }
    return {"extensions": [found[name] for name in sorted(found)]}


# ---- Stand-ins: what drivers import from chaoslib and logzero, where these are not installed --------------------------------------


class StandIns:
    """Finds the stand-ins. Asked last of all finders, so what is installed comes first."""

    NAMES = frozenset(
        ["chaoslib", "logzero"]
        + ["chaoslib." + name for name in (
            "activity", "caching", "configuration", "control", "discovery", "discovery.discover", "exceptions", "exit", "experiment",
            "hypothesis", "loader", "notification", "rollback", "run", "secret", "settings", "types")]
    )

    @classmethod
    def find_spec(cls, name: str, path: Any = None, target: Any = None) -> Any:
        root = name.partition(".")[0]
        if name not in cls.NAMES or (root != name and not getattr(sys.modules.get(root), "__stand_in__", False)):
            return None
        from importlib.machinery import ModuleSpec

        return ModuleSpec(name, cls, origin="turbulence_standins.py", is_package=name in ("chaoslib", "chaoslib.discovery"))

    @staticmethod
    def create_module(spec: Any) -> None:
        return None

    @staticmethod
    def exec_module(module: types.ModuleType) -> None:
        # Compiled only now: most runs need none of it.
        contents = __loader__.load("turbulence_standins").contents(module.__name__)
        module.__dict__.update(contents, __stand_in__=True)


# ---- Logging ---------------------------------------------------------------------------------------------------------------------


class LogToChaos(logging.Handler):
    """Sends what is logged to `chaos`."""

    def __init__(self, worker: "Worker") -> None:
        super().__init__()
        self._worker = worker
        self.setFormatter(logging.Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = self.format(record)
        except Exception as error:
            text = "%s (%s)" % (record.msg, error_message(error))
        if len(text) > LOG_TEXT_LIMIT:
            text = "%s … (%d characters more)" % (text[:LOG_TEXT_LIMIT], len(text) - LOG_TEXT_LIMIT)
        level = next((name for name in ("critical", "error", "warning", "info") if record.levelno >= getattr(logging, name.upper())), "debug")
        self._worker.notify("log", {"level": level, "logger": record.name, "message": text})


def adopt_logzero() -> None:
    """The real logzero writes to the standard error by itself; its lines are to come with their level, once."""
    logger = getattr(sys.modules.get("logzero"), "logger", None)
    if isinstance(logger, logging.Logger) and not logger.propagate:
        logger.handlers = [handler for handler in logger.handlers if not isinstance(handler, logging.StreamHandler)]
        logger.propagate = True


# ---- The worker: reading, handing out, answering ---------------------------------------------------------------------------------


class Call:
    """One request being carried out."""

    def __init__(self, request: Any, method: str, params: Json) -> None:
        self.request = request
        self.method = method
        self.params = params
        self.thread: Optional[int] = None
        self.cancelled = False
        self.done = False
        # Held while a line is written for the call, and while it is cancelled: a cancellation must not tear a line apart.
        self.guard = threading.RLock()


class Output:
    """Writes lines, each whole. Never waits for another thread: who is writing already writes what others add meanwhile.

    So a signal handler or a finalizer that logs while its own thread is writing cannot lock up.
    """

    def __init__(self, file: int) -> None:
        self.file = file
        self._lines: "deque[bytes]" = deque()
        self._writing = threading.Lock()

    def send(self, line: bytes) -> None:
        self._lines.append(line)
        while self._lines and self._writing.acquire(blocking=False):
            try:
                while self._lines:
                    rest = memoryview(self._lines.popleft())
                    while rest:
                        rest = rest[os.write(self.file, rest) :]
            except OSError:
                # Nobody reads any more; the end of the input ends the worker.
                self._lines.clear()
            finally:
                self._writing.release()


class Worker:
    def __init__(self, input_file: int, output_file: int) -> None:
        self._input = input_file
        self._output = Output(output_file)
        self._process = os.getpid()
        self._main = threading.get_ident()
        self._main_call: Optional[Call] = None
        self._main_busy = False
        self._handed: "SimpleQueue[Optional[Call]]" = SimpleQueue()
        self._calls: Dict[Any, Call] = {}
        self._by_thread: Dict[int, Call] = {}
        self._initialized = False
        controls = Controls()
        self._methods: Dict[str, Callable[[Json], Any]] = {
            "validate": validate, "run": run_activity, "configure": controls.configure, "hook": controls.hook,
            "cleanup": controls.cleanup, "describe": describe, "list": list_extensions,
        }

    # -- the main thread

    def serve(self) -> None:
        """Carries out what the reader hands over, until the end."""
        threading.Thread(target=self._read, name="turbulence-reader", daemon=True).start()
        while True:
            call = self._handed.get()
            if call is None:
                break
            self._main_call = call
            self._carry_out(call)
        run_exit_functions()
        self.leave()

    def leave(self, code: int = 0) -> None:
        """Ends at once: a thread that an activity left behind must not keep the worker alive."""
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                continue
        os._exit(code)

    def install(self) -> None:
        """Signals: what chaoslib.exit sends is for `chaos`, a Ctrl-C only for a call that runs."""

        def on_exit_signal(number: int, _: Any) -> None:
            code = 20 if number == signal.SIGUSR1 else 30
            self.notify("exit", {"code": code, "message": "Received the exit signal: %d" % code})

        def on_interrupt(*_: Any) -> None:
            call = self._main_call
            if call is not None and not call.done:
                raise KeyboardInterrupt

        def on_wake(*_: Any) -> None:
            # Only here so that a blocking system call of the main thread comes back; a cancellation is raised at the next step.
            for _step in (1, 2):
                pass

        signal.signal(signal.SIGINT, on_interrupt)
        if hasattr(signal, "SIGUSR1"):
            signal.signal(signal.SIGUSR1, on_exit_signal)
            signal.signal(signal.SIGUSR2, on_exit_signal)
            signal.signal(signal.SIGURG, on_wake)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)
        root = logging.getLogger()
        root.addHandler(LogToChaos(self))
        root.setLevel(logging.INFO)
        logging.getLogger("chaostoolkit").setLevel(logging.DEBUG)

    def _forked(self) -> None:
        """A child that was forked without an exec has our two pipes: it must neither read nor write them."""
        nothing = os.open(os.devnull, os.O_RDWR)
        for file in (self._input, self._output.file):
            os.dup2(nothing, file, inheritable=False)
        os.close(nothing)

    # -- the reader's thread

    def _read(self) -> None:
        pieces: List[bytes] = []
        size = 0
        while True:
            piece = os.read(self._input, 1 << 16)
            if not piece:
                break
            *lines, rest = piece.split(b"\n")
            for line in lines:
                pieces.append(line)
                self._take(b"".join(pieces))
                pieces, size = [], 0
            if rest:
                pieces.append(rest)
                size += len(rest)
            if size > LINE_LIMIT:
                self._refuse(None, PARSE_ERROR, "a line may have %d bytes at most" % LINE_LIMIT)
                break
        self._end()

    def _end(self) -> None:
        """The main thread ends the process, and cleans up first; it gets a moment for that."""
        self._handed.put(None)
        threading.Event().wait(0.2 if self._main_busy else 2)
        self.leave()

    def _take(self, line: bytes) -> None:
        request: Any = None
        try:
            try:
                message = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise ProtocolError(PARSE_ERROR, "not a message: %s" % error) from None
            if not isinstance(message, dict):
                raise ProtocolError(INVALID_REQUEST, "a message is an object")
            request = message.get("id")
            method, params = message.get("method"), message.get("params")
            if not isinstance(method, str):
                raise ProtocolError(INVALID_REQUEST, "a request names its method")
            if isinstance(request, bool) or not isinstance(request, (int, type(None))) or request in self._calls:
                raise ProtocolError(INVALID_REQUEST, "an id is a positive integer that no running request has")
            if params is None:
                params = {}
            if not isinstance(params, dict):
                raise ProtocolError(INVALID_PARAMS, "params is an object")
            self._dispatch(request, method, params)
        except ProtocolError as error:
            self._refuse(request, error.code, str(error))
        except Exception as error:
            self._refuse(request, INTERNAL_ERROR, error_message(error))

    def _dispatch(self, request: Any, method: str, params: Json) -> None:
        if method == "cancel":
            self._cancel(params.get("id"))
        elif request is None:
            return
        elif method == "shutdown":
            self._send({"jsonrpc": "2.0", "id": request, "result": None})
            self._end()
        elif method == "initialize":
            self._send({"jsonrpc": "2.0", "id": request, "result": self._initialize(params)})
        elif method not in self._methods:
            raise ProtocolError(METHOD_NOT_FOUND, "there is no method '%s'" % method)
        elif not self._initialized:
            raise ProtocolError(INVALID_REQUEST, "initialize comes first")
        else:
            self._hand_out(Call(request, method, params))

    def _initialize(self, params: Json) -> Json:
        if self._initialized:
            raise ProtocolError(INVALID_REQUEST, "initialize comes once")
        if params.get("protocol") != PROTOCOL:
            raise ProtocolError(INVALID_PARAMS, "this worker speaks protocol %d, not %r" % (PROTOCOL, params.get("protocol")))
        self._initialized = True
        directory = params.get("directory")
        if directory and directory not in sys.path:
            # After the current directory, which `python -c` has put first.
            sys.path.insert(1 if sys.path[:1] == [""] else 0, directory)
        return {
            "protocol": PROTOCOL,
            "worker": {"name": "turbulence-python", "version": VERSION},
            "runtime": {"name": sys.implementation.name, "version": sys.version.split()[0], "executable": sys.executable},
            "capabilities": ["controls", "describe", "list"],
        }

    def _hand_out(self, call: Call) -> None:
        self._calls[call.request] = call
        if not self._main_busy:
            self._main_busy = True
            self._handed.put(call)
            return
        try:
            threading.Thread(target=self._carry_out, args=(call,), name="turbulence-%s" % call.request, daemon=True).start()
        except RuntimeError as error:
            self._calls.pop(call.request, None)
            self._send({"jsonrpc": "2.0", "id": call.request, "result": outcome("crashed", error)})

    def _cancel(self, request: Any) -> None:
        call = self._calls.get(request)
        # A line that cannot be written now is no reason to stop reading.
        if call is None or not call.guard.acquire(timeout=0.2):
            return
        try:
            call.cancelled = True
            if call.done or call.thread is None:
                return
            raise_in(call.thread, Cancelled)
            if call.thread == self._main and hasattr(signal, "SIGURG"):
                signal.pthread_kill(call.thread, signal.SIGURG)
        finally:
            call.guard.release()

    # -- any thread

    def _carry_out(self, call: Call) -> None:
        answer: Optional[Json] = None
        while not call.done:
            try:
                if answer is None:
                    answer = self._answer(call)
                self._close(call)
            except (Cancelled, KeyboardInterrupt) as error:
                answer = answer or {"result": outcome("failed", error, "the call was cancelled")}
        if os.getpid() != self._process:
            # A child that was forked by the call and came back here: this is not its conversation.
            self.leave()
        line = self._line(dict(answer or {}, jsonrpc="2.0", id=call.request))
        self._calls.pop(call.request, None)
        self._by_thread.pop(threading.get_ident(), None)
        if threading.get_ident() == self._main:
            self._main_call = None
            self._main_busy = False
        self._output.send(line)

    def _answer(self, call: Call) -> Json:
        with call.guard:
            call.thread = threading.get_ident()
            self._by_thread[call.thread] = call
            if call.cancelled:
                raise Cancelled
        try:
            return {"result": self._methods[call.method](call.params)}
        except ProtocolError as error:
            return {"error": {"code": error.code, "message": str(error)}}
        except TooLarge as error:
            return {"result": outcome("failed", error, str(error))}
        except Exception as error:
            return {"error": {"code": INTERNAL_ERROR, "message": error_message(error)}}

    @staticmethod
    def _close(call: Call) -> None:
        """From here on the call cannot be cancelled any more, and what was raised for it is taken back."""
        with call.guard:
            call.done = True
            if call.cancelled and call.thread is not None:
                raise_in(call.thread, None)

    @staticmethod
    def _line(message: Json) -> bytes:
        line = encode(message) + b"\n"
        if len(line) <= LINE_LIMIT:
            return line
        text = "the answer would have %s bytes, and a line may have %s" % (format(len(line), ","), format(LINE_LIMIT, ","))
        return encode({"jsonrpc": "2.0", "id": message["id"], "result": {"end": "failed", "message": text, "trace": []}}) + b"\n"

    def _send(self, message: Json) -> None:
        self._output.send(self._line(message))

    def _refuse(self, request: Any, code: int, message: str) -> None:
        self._send({"jsonrpc": "2.0", "id": request, "error": {"code": code, "message": message}})

    def notify(self, method: str, params: Json) -> None:
        line = encode({"jsonrpc": "2.0", "method": method, "params": params}) + b"\n"
        call = self._by_thread.get(threading.get_ident())
        if call is None:
            self._output.send(line)
        else:
            with call.guard:
                self._output.send(line)


def raise_in(thread: int, error: Optional[type]) -> None:
    """Raises in another thread, at its next step; with None takes that back."""
    import ctypes

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), None if error is None else ctypes.py_object(error))


def run_exit_functions() -> None:
    import atexit

    try:
        atexit._run_exitfuncs()
    except BaseException as error:
        print(error_message(error), file=sys.stderr)


def map_of(params: Json, name: str) -> Json:
    value = params.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ProtocolError(INVALID_PARAMS, "%s is an object" % name)
    return value


def text_of(params: Json, name: str) -> str:
    value = params.get(name)
    if not isinstance(value, str) or not value:
        raise ProtocolError(INVALID_PARAMS, "%s is a text" % name)
    return value


def main() -> None:
    """Takes the two standard streams away from user code, and serves."""
    input_file, output_file = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    sys.meta_path.append(StandIns())
    worker = Worker(input_file, output_file)
    worker.install()
    worker.serve()
