"""Runs Python activities and controls for `chaos`.

Speaks the worker protocol of docs/extensions.md: JSON-RPC 2.0, one message a line. `chaos` carries this program and hands it to
`python -c` through the standard input (bootstrap.py); nothing is written to disk. Standard library only, Python 3.8 or newer. What not
every run needs is imported where it is needed, to start fast.

    reader thread ── a call ──▶ main thread, when it is free       some libraries work nowhere else (signals, event loops)
                  └─ a call ──▶ a thread of its own, otherwise
                  └─ a cancellation: raises Cancelled in the thread of that call
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
from typing import Any, Callable, Dict, List, Optional

from turbulence_calls import Cancelled, ProtocolError, outcome, run_activity
from turbulence_values import Json, TooLarge, encode, error_message

VERSION = "1.0.0"
PROTOCOL = 1
LINE_LIMIT = 64 * 1024 * 1024
LOG_TEXT_LIMIT = 64 * 1024

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS, INTERNAL_ERROR = -32700, -32600, -32601, -32602, -32603


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
        contents = importlib.import_module("turbulence_standins").contents(module.__name__)
        module.__dict__.update(contents, __stand_in__=True)


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
        self._controls: Any = None
        self._once = threading.Lock()

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
        elif method not in METHODS:
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

    def controls(self) -> Any:
        """The controls of this run."""
        with self._once:
            if self._controls is None:
                from turbulence_controls import Controls

                self._controls = Controls()
            return self._controls

    def _answer(self, call: Call) -> Json:
        with call.guard:
            call.thread = threading.get_ident()
            self._by_thread[call.thread] = call
            if call.cancelled:
                raise Cancelled
        try:
            return {"result": METHODS[call.method](self, call.params)}
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


def validate(_: Worker, params: Json) -> Json:
    from turbulence_validation import validate as check

    return check(params)


def control(name: str) -> Callable[[Worker, Json], Json]:
    return lambda worker, params: getattr(worker.controls(), name)(params)


def discovery(name: str) -> Callable[[Worker, Json], Json]:
    return lambda _, params: getattr(importlib.import_module("turbulence_discovery"), name)(params)


METHODS: Dict[str, Callable[[Worker, Json], Any]] = {
    "run": lambda _, params: run_activity(params),
    "validate": validate,
    "configure": control("configure"),
    "hook": control("hook"),
    "cleanup": control("cleanup"),
    "describe": discovery("describe"),
    "list": discovery("list_extensions"),
}


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
