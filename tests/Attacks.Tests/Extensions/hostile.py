"""One way each in which foreign code works against its host."""

import os
import signal
import sys
import threading
import time


def close_streams():
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()
    for descriptor in (0, 1, 2):
        try:
            os.close(descriptor)
        except OSError:
            pass
    return "closed"


def end_oneself(number):
    os.kill(os.getpid(), number)
    time.sleep(1000)


def end_group():
    os.killpg(0, signal.SIGTERM)
    time.sleep(1000)


def after_the_answer(attack):
    """Lets it go out first, so that it is the next one who meets what follows."""
    write = os.write

    def answer(descriptor, line):
        written = write(descriptor, line)
        attack()
        return written

    os.write = answer
    return "answered"


def stop_afterwards():
    return after_the_answer(lambda: os.kill(os.getpid(), signal.SIGSTOP))


def seize_afterwards():
    import ctypes

    return after_the_answer(lambda: ctypes.PyDLL(None).sleep(1000))


def sleep_afterwards():
    # Long enough for somebody else to read meanwhile.
    time.sleep(0.1)
    return after_the_answer(lambda: time.sleep(1000))


def huge(size):
    return "x" * size


def huge_exception(size):
    raise RuntimeError("y" * size)


def deep(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def threads(count):
    for _ in range(count):
        threading.Thread(target=time.sleep, args=(1000,), daemon=False).start()
    return "started"


def children(count):
    for _ in range(count):
        if os.fork() == 0:
            time.sleep(1000)
            os._exit(0)
    return "started"


def no_json():
    return {"a": object(), ("b", 1): {1, 2}, "c": float("nan"), "d": b"\xff"}
