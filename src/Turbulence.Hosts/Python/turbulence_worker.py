"""Runs Python activities and controls for `chaos`.

Speaks the worker protocol of docs/extensions.md: JSON-RPC 2.0, one message a line. `chaos` carries this program and hands it to
`python -c` through the standard input (bootstrap.py); nothing is written to disk. Standard library only, Python 3.8 or newer. What not
every run needs is imported where it is needed, to start fast.

    who reads ── a call ──▶ main thread, when it is free       some libraries work nowhere else (signals, event loops)
              └─ a call ──▶ a thread of its own, otherwise
              └─ a cancellation: raises Cancelled in the thread of that call
"""

import faulthandler
import importlib
import json
import logging
import os
import signal
import sys
import threading
import time
import types
from collections import deque
from typing import Any, Callable, Dict, Optional

from turbulence_calls import Cancelled, ProtocolError, current, outcome, run_activity
from turbulence_reading import CAN_WAIT, LINE_LIMIT, Lines, Reading
from turbulence_values import Json, TooLarge, encode, error_message

VERSION = "1.0.0"
PROTOCOL = 1
# More than `chaos` shows of it: it masks the secrets first, and shortens then.
LOG_TEXT_LIMIT = 1024 * 1024
PARENT_INTERVAL = 1
# As long as a cancelled call is given to end.
WAKES, WAKE_INTERVAL = 50, 0.01
LEVELS = ((logging.CRITICAL, "critical"), (logging.ERROR, "error"), (logging.WARNING, "warning"), (logging.INFO, "info"))

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS, INTERNAL_ERROR = -32700, -32600, -32601, -32602, -32603


class StandIns:
    """Finds the stand-ins. Asked last of all finders, so what is installed comes first."""

    NAMES = frozenset(
        ["chaoslib", "logzero"]
        + ["chaoslib." + name for name in (
            "activity", "caching", "configuration", "control", "discovery", "discovery.discover", "exceptions", "exit", "experiment",
            "deprecation", "extension", "hypothesis", "info", "loader", "log", "notification", "provider", "provider.http", "provider.process",
            "provider.python", "rollback", "run", "secret", "settings", "types")]
    )
    PACKAGES = frozenset(["chaoslib", "chaoslib.discovery", "chaoslib.provider"])

    @classmethod
    def find_spec(cls, name: str, path: Any = None, target: Any = None) -> Any:
        root = name.partition(".")[0]
        if name not in cls.NAMES or (root != name and not getattr(sys.modules.get(root), "__stand_in__", False)):
            return None
        from importlib.machinery import ModuleSpec

        return ModuleSpec(name, cls, origin="turbulence_standins.py", is_package=name in cls.PACKAGES)

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
        level = next((name for least, name in LEVELS if record.levelno >= least), "debug")
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
        self.writing = False
        # Held by who cancels the call, and by the call where that must not happen: in the middle of a line or of an import.
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
        self._input = Lines(input_file)
        self._reading = Reading(self._input, self._take, self._ended)
        self._output = Output(output_file)
        self._process = os.getpid()
        self._parent = os.getppid()
        self._environment = dict(os.environ)
        self._encoded = encoded_environment()
        self._main = threading.get_ident()
        self._main_call: Optional[Call] = None
        self._calls: Dict[Any, Call] = {}
        self._by_thread: Dict[int, Call] = {}
        self._initialized = False
        self._controls: Any = None
        self._once = threading.Lock()

    # -- the main thread

    def serve(self) -> None:
        """Reads and carries out, until the end."""
        threading.Thread(target=self._reading.relieve, name="turbulence-reader", daemon=True).start()
        threading.Thread(target=self._watch_parent, name="turbulence-parent", daemon=True).start()
        while True:
            call = self._reading.next_call(PARENT_INTERVAL)
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

        def on_exit_signal(number: int, frame: Any) -> None:
            code = 20 if number == signal.SIGUSR1 else 30
            self.notify("exit", {"code": code, "message": "Received the exit signal: %d" % code})
            call = self._main_call
            if call is not None and not call.done and not call.params.get("background") and asks_for_exit(frame):
                # The stage waits for this call, which asked for it: as in the reference it ends there. In the background it goes on.
                raise SystemExit(code)

        def on_interrupt(*_: Any) -> None:
            call = self._main_call
            if call is not None and not call.done and not call.writing:
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
        for file in (self._input.file, self._output.file):
            os.dup2(nothing, file, inheritable=False)
        os.close(nothing)

    # -- who reads

    def _watch_parent(self) -> None:
        """Whatever somebody's code has made of our input: without `chaos` there is nothing to do."""
        while os.getppid() == self._parent:
            time.sleep(PARENT_INTERVAL)
        self._end()

    def _end(self) -> None:
        """The main thread ends the process, and cleans up first; it gets a moment for that."""
        self._reading.end(self._leave_late)

    def _leave_late(self) -> None:
        threading.Event().wait(0.2 if self._reading.main_is_busy else 2)
        self.leave()

    def _ended(self, problem: Optional[str]) -> None:
        if problem is not None:
            self._refuse(None, PARSE_ERROR, problem)
        self._end()

    def _take(self, line: bytes) -> None:
        request: Any = None
        try:
            try:
                message = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise ProtocolError(PARSE_ERROR, "not a message: %s" % error) from None
            if not isinstance(message, dict):
                raise ProtocolError(INVALID_REQUEST, "a message is an object")
            named, method, params = message.get("id"), message.get("method"), message.get("params")
            if named is not None and (type(named) is not int or named < 1 or named in self._calls):
                raise ProtocolError(INVALID_REQUEST, "an id is a positive integer that no running request has")
            request = named
            if not isinstance(method, str):
                raise ProtocolError(INVALID_REQUEST, "a request names its method")
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
        elif method == "ping":
            self._send({"jsonrpc": "2.0", "id": request, "result": None})
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
            "capabilities": ["controls", "describe", "list", "ping"] + (["unread"] if CAN_WAIT else []),
        }

    def _hand_out(self, call: Call) -> None:
        self._calls[call.request] = call
        if self._reading.hand_out(call, goes_on=bool(call.params.get("background"))):
            return
        try:
            threading.Thread(target=self._carry_out, args=(call,), name="turbulence-%s" % call.request, daemon=True).start()
        except RuntimeError as error:
            self._calls.pop(call.request, None)
            self._send({"jsonrpc": "2.0", "id": call.request, "result": outcome("crashed", error)})

    def _cancel(self, request: Any) -> None:
        call = self._calls.get(request)
        if call is not None:
            # In a thread of its own: that the call is just writing a line is no reason to stop reading.
            threading.Thread(target=self._interrupt, args=(call,), name="turbulence-cancel", daemon=True).start()

    def _interrupt(self, call: Call) -> None:
        with call.guard:
            call.cancelled = True
            if call.done or call.thread is None:
                return
            raise_in(call.thread, Cancelled)
        if call.thread != self._main or not hasattr(signal, "SIGURG"):
            return
        # More than once: a signal that comes just before the thread goes to sleep in the system does not wake it.
        for _ in range(WAKES):
            if call.done:
                return
            signal.pthread_kill(self._main, signal.SIGURG)
            time.sleep(WAKE_INTERVAL)

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
            # A child that the call forked and that came back here: this is not its conversation.
            self.leave((answer or {}).get("result", {}).get("code", 0))
        line = self._line(dict(answer or {}, jsonrpc="2.0", id=call.request))
        self._calls.pop(call.request, None)
        self._by_thread.pop(threading.get_ident(), None)
        if threading.get_ident() == self._main:
            self._main_call = None
            self._reading.free_main()
        self._tell_environment()
        self._output.send(line)

    def controls(self) -> Any:
        """The controls of this run."""
        with self._once:
            if self._controls is None:
                from turbulence_controls import Controls

                self._controls = Controls()
            return self._controls

    def _answer(self, call: Call) -> Json:
        current.guard = call.guard
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
        except (Cancelled, KeyboardInterrupt):
            raise
        except BaseException as error:
            return {"error": {"code": INTERNAL_ERROR, "message": error_message(error)}}

    def _tell_environment(self) -> None:
        """What the code set in the environment is for every later process, as if there were one process only."""
        encoded = encoded_environment()
        if encoded is not None and encoded == self._encoded:
            return
        try:
            now = dict(os.environ)
        except KeyError:
            # Another thread removes one just now; the next answer tells of it.
            return
        with self._once:
            before, self._environment, self._encoded = self._environment, now, encoded
        if now != before:
            changes = {name: now.get(name) for name in {**before, **now} if now.get(name) != before.get(name)}
            self._output.send(encode({"jsonrpc": "2.0", "method": "environment", "params": {"changes": changes}}) + b"\n")

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
        if os.getpid() != self._process:
            print(params.get("message"), file=sys.stderr)
            return
        line = encode({"jsonrpc": "2.0", "method": method, "params": params}) + b"\n"
        call = self._by_thread.get(threading.get_ident())
        if call is None:
            self._output.send(line)
        else:
            with call.guard:
                call.writing = True
                self._output.send(line)
                call.writing = False


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


def encoded_environment() -> Optional[Dict[Any, Any]]:
    """What os.environ holds, as it holds it: to decode all of it after each call would cost more than the call. None where it is something else."""
    held = getattr(os.environ, "_data", None)
    return dict(held) if type(held) is dict else None


def asks_for_exit(frame: Any) -> bool:
    """Whether that frame stands in one of the functions of chaoslib.exit."""
    while frame is not None:
        if frame.f_code.co_name in ("exit_gracefully", "exit_ungracefully"):
            return True
        frame = frame.f_back
    return False


def raise_in(thread: int, error: Optional[type]) -> None:
    """Raises in another thread, at its next step; with None takes that back."""
    try:
        import ctypes
    except ImportError:
        # A Python without it: the call goes on, and `chaos` ends the worker.
        return
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
    # A crash of an extension module then says where on the standard error, whose last lines are part of the failure.
    faulthandler.enable()
    sys.meta_path.append(StandIns())
    # What a sitecustomize has printed so far, without the end of its line perhaps, is no part of our first message.
    os.write(output_file, b"\n")
    worker = Worker(input_file, output_file)
    worker.install()
    worker.serve()
