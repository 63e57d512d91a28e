"""Reading the messages of `chaos`, by whoever has nothing else to do: to wake a thread for a call would cost more than the call.

    main thread      ── reads ── carries a call out ── reads ── carries out what takes longer ─┐         ┌── reads ── carries out ──
    reader's thread  ── sleeps ── looks now and then whether it is needed, after a call ───────┴─ reads ─┴─ looks ── sleeps
"""

import os
import select
import threading
from collections import deque
from queue import Empty, SimpleQueue
from typing import Any, Callable, List, Optional

LINE_LIMIT = 64 * 1024 * 1024
# How soon a call that goes on is cancelled, or another one begun beside it; and how often is looked before the next call has to wake who looks.
LOOK_INTERVAL, LOOKS = 0.005, 20


class LineTooLong(Exception):
    """What comes is no line any more."""


class Lines:
    """The lines of a file. One reader at a time; another one may wait beside it.

    What nobody has the time to read stays in the file, where `chaos` sees that it was not begun: it is taken out only once there is a
    thread that has the interpreter, and not by one that waits in the system first and for the interpreter then.
    """

    def __init__(self, file: int) -> None:
        self.file = file
        self._ready: "deque[bytes]" = deque()
        self._pieces: List[bytes] = []
        self._size = 0
        # Two, since one lets nobody else wait meanwhile.
        self._poll, self._poll_beside = poll_of(file), poll_of(file)

    def __bool__(self) -> bool:
        """Whether one has been taken out already."""
        return bool(self._ready)

    def wait_beside(self) -> None:
        """Waits for something to read, the end included, which somebody else may read then."""
        if self._poll_beside is not None and not self._ready:
            self._poll_beside.poll()

    def next(self, seconds: float) -> Optional[bytes]:
        """The next one; None where there was none within that time. Raises EOFError at the end."""
        while not self._ready:
            if self._size > LINE_LIMIT:
                raise LineTooLong
            if self._poll is not None and not self._poll.poll(seconds * 1000):
                return None
            self._read()
        return self._ready.popleft()

    def _read(self) -> None:
        try:
            piece = os.read(self.file, 1 << 16)
        except OSError:
            # Somebody's code has closed it: nobody can tell us anything any more.
            piece = b""
        if not piece:
            raise EOFError
        *lines, rest = piece.split(b"\n")
        for line in lines:
            self._pieces.append(line)
            self._ready.append(b"".join(self._pieces))
            self._pieces, self._size = [], 0
        if rest:
            self._pieces.append(rest)
            self._size += len(rest)


class Reading:
    """Who reads the lines, and whether the main thread is free.

    The main thread reads while it is free, and nobody else does: what it cannot take stays unread. The reader's thread reads while the
    main thread carries out what takes its time. take: takes a line, and hands on what is to be carried out. ended: hears of the end, and
    what was wrong with the last line.
    """

    def __init__(self, lines: Lines, take: Callable[[bytes], None], ended: Callable[[Optional[str]], None]) -> None:
        self._lines = lines
        self._take = take
        self._ended = ended
        self._main = threading.get_ident()
        self._turn = threading.Lock()
        self._bell: "SimpleQueue[None]" = SimpleQueue()
        self._handed: "SimpleQueue[Any]" = SimpleQueue()
        self._begun = 0
        self._asleep = False
        self._relieved = False
        self._is_taking = False
        self._leave: Optional[Callable[[], None]] = None
        self.main_is_busy = False

    def next_call(self, interval: float) -> Any:
        """On the main thread: its next call; None at the end. At each interval it looks for itself whether that has come."""
        while True:
            with self._turn:
                reads = not self._is_taking and self._handed.empty()
            if reads:
                self._take_next(interval)
                continue
            call = self._handed.get()
            if call is NOTHING:
                continue
            while call is not None and self._lines:
                # They came with it, and are for other threads.
                self._take_next(0)
            return call

    def free_main(self) -> None:
        """The main thread has carried its call out, and reads next."""
        with self._turn:
            self.main_is_busy = self._relieved = False

    def hand_out(self, call: Any, goes_on: bool) -> bool:
        """Hands a call to the main thread, if that is free. Where the call goes on beside others, these must not wait for a look."""
        with self._turn:
            if self.main_is_busy:
                return False
            self.main_is_busy = True
            self._begun += 1
            self._handed.put(call)
            self._relieved = goes_on
            rings = self._asleep or goes_on
            self._asleep = False
        if rings:
            self._bell.put(None)
        return True

    def end(self, leave: Callable[[], None]) -> None:
        """There is no next call: the main thread hears of it, and another one leaves in case that does not."""
        self._handed.put(None)
        if threading.get_ident() == self._main:
            self._leave = leave
            self._bell.put(None)
        else:
            leave()

    def relieve(self) -> None:
        """The reader's thread."""
        begun, quiet = 0, 0
        while True:
            with self._turn:
                quiet = quiet + 1 if begun == self._begun else 0
                begun = self._begun
                asleep = self._asleep = quiet > LOOKS
            self._wait(None if asleep else LOOK_INTERVAL)
            with self._turn:
                # The same call as before: it takes its time.
                self._relieved = self._relieved or self.main_is_busy and begun == self._begun
            while self._relieved and self._take_beside():
                pass

    def _take_beside(self) -> bool:
        self._lines.wait_beside()
        with self._turn:
            if not self._relieved:
                return False
            self._is_taking = True
        self._take_next(0)
        with self._turn:
            self._is_taking = False
            if not self.main_is_busy:
                # It may wait for what was taken, and that was not for it.
                self._handed.put(NOTHING)
        return True

    def _wait(self, seconds: Optional[float]) -> None:
        try:
            self._bell.get(timeout=seconds)
        except Empty:
            return
        if self._leave is not None:
            self._leave()

    def _take_next(self, seconds: float) -> None:
        try:
            line = self._lines.next(seconds)
        except EOFError:
            self._ended(None)
        except LineTooLong:
            self._ended("a line may have %d bytes at most" % LINE_LIMIT)
        else:
            if line is not None:
                self._take(line)


def poll_of(file: int) -> Any:
    if not CAN_WAIT:
        return None
    poll = select.poll()
    poll.register(file, select.POLLIN)
    return poll


NOTHING = object()
# Where it cannot be waited for a pipe, what comes is taken out at once.
CAN_WAIT = hasattr(select, "poll")
