"""The user's code: loading it, calling it, and saying how that ended."""

import importlib
import logging
import sys
import threading
import types
from itertools import islice
from typing import Any, Callable, Dict, List, Optional, Tuple

from turbulence_values import OUTPUT_DEPTH, PART_LIMIT, Json, Plain, TooLarge, error_message

INVALID_PARAMS = -32602
# More than `chaos` shows of either: it masks the secrets first, and shortens then.
MESSAGE_LIMIT, TRACE_LIMIT = 512 * 1024, 1024 * 1024


class Cancelled(BaseException):
    """Raised inside a call that `chaos` wants to end. Not an Exception: user code must not swallow it by accident."""


class Current(threading.local):
    """The call that a thread carries out; only what code far below it needs to know."""

    guard = threading.RLock()


current = Current()


class ProtocolError(Exception):
    """The protocol was used wrongly: answered as an error, not as a result."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


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


def error_trace(error: BaseException) -> List[str]:
    """The stack as Python prints it, without the frames that led from this worker to the user's code."""
    import traceback

    trace = error.__traceback__
    while trace is not None and is_own_frame(trace.tb_frame):
        trace = trace.tb_next
    if isinstance(error, Cancelled):
        without_own_end(trace)
    try:
        return traceback.format_exception(type(error), error, trace)
    except Exception:
        return [error_message(error)]


def without_own_end(trace: Optional[types.TracebackType]) -> None:
    """Cuts off the handler that only woke the user's code up."""
    while trace is not None and trace.tb_next is not None:
        if is_own_frame(trace.tb_next.tb_frame):
            trace.tb_next = None
        trace = trace.tb_next


def is_own_frame(frame: types.FrameType) -> bool:
    if frame.f_globals.get("__loader__") is __loader__:
        return True
    return frame.f_globals.get("__name__") == "importlib" or frame.f_code.co_filename.startswith("<frozen importlib")


def outcome(end: str, error: BaseException, message: Optional[str] = None) -> Json:
    try:
        return {"end": end, "message": shortened(message or error_message(error)), "trace": within(TRACE_LIMIT, error_trace(error))}
    except Exception:
        return {"end": end, "message": shortened(message or type(error).__name__), "trace": []}


def shortened(text: str, limit: int = MESSAGE_LIMIT) -> str:
    return text if len(text) <= limit else "%s… (%d characters more)" % (text[:limit], len(text) - limit)


def within(limit: int, trace: List[str]) -> List[str]:
    """The innermost calls stand last, so what is too much is left out in front of them."""
    kept: List[str] = []
    for line in reversed([shortened(line) for line in trace]):
        limit -= len(line)
        if limit < 0 and kept:
            kept.append("… (the outer calls are left out)\n")
            break
        kept.append(line)
    return kept[::-1]


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


def load(module: str) -> types.ModuleType:
    if module not in sys.modules:
        # What an earlier activity wrote may be looked for now.
        importlib.invalidate_caches()
    # A cancellation waits: a package that was left half imported cannot be imported again.
    with current.guard:
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
    if isinstance(value, types.GeneratorType):
        # Here, so that what it raises is a failure of the call.
        return list(islice(value, PART_LIMIT))
    if isinstance(value, types.CoroutineType) or hasattr(type(value), "__await__"):
        import asyncio

        async def awaited() -> Any:
            return await value

        return asyncio.run(awaited())
    return value


def run_activity(params: Json) -> Json:
    provider, arguments = map_of(params, "provider"), params.get("arguments")
    for name, what in (("module", "module path"), ("func", "function name")):
        if not isinstance(provider.get(name), str) or not provider[name]:
            return {"end": "crashed", "message": "a Python activity must have a %s" % what, "trace": []}
    if arguments is not None and not isinstance(arguments, dict):
        return {"end": "crashed", "message": "the arguments of a Python activity must be a map", "trace": []}
    try:
        function = getattr(load(provider["module"]), provider["func"])
    except SystemExit as error:
        return exited(error)
    except Cancelled:
        raise
    except BaseException as error:
        return outcome("crashed", error)
    arguments = dict(arguments or {})
    names = parameter_names(function)
    if params.get("secrets") is not None and "secrets" in names:
        arguments["secrets"] = params["secrets"]
    if "configuration" in names:
        arguments["configuration"] = dict(map_of(params, "configuration"))
    try:
        return {"end": "succeeded", "output": Plain(OUTPUT_DEPTH).of(call(function, arguments))}
    except TooLarge as error:
        return outcome("failed", error, str(error))
    except SystemExit as error:
        return exited(error)
    except Cancelled as error:
        return outcome("failed", error, "the call was cancelled")
    except BaseException as error:
        return outcome("failed", error)


def adopt_logzero() -> None:
    """The real logzero writes to the standard error by itself; its lines are to come with their level, once."""
    logger = getattr(sys.modules.get("logzero"), "logger", None)
    if isinstance(logger, logging.Logger) and not logger.propagate:
        logger.handlers = [handler for handler in logger.handlers if not isinstance(handler, logging.StreamHandler)]
        logger.propagate = True
