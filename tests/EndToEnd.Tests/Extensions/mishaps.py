"""One way each in which foreign code goes wrong."""

import os
import stat
import subprocess
import sys
import time


def hang(file="begun"):
    _note(file)
    time.sleep(1000)


def ignore(file="begun"):
    """Neither a cancellation nor a SIGTERM ends it: it is in C."""
    import ctypes
    import signal

    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _note(file)
    ctypes.PyDLL(None).sleep(1000)


def hide_input(file="begun"):
    """Whatever it reads from, it reads from a pipe of its own now, which never ends."""
    ends = os.pipe()
    for name in os.listdir("/proc/self/fd"):
        descriptor = int(name)
        try:
            if descriptor > 2 and descriptor not in ends and stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                os.dup2(ends[0], descriptor)
        except OSError:
            pass
    _note(file)
    time.sleep(1000)


def flood():
    print("o" * 1_000_000)
    print("line\n" * 10_000)
    return "printed"


def garble():
    print('{"jsonrpc": "2.0", "id": 1, "result": null}')
    os.write(1, b"garbage\n\x00\xff\n")
    sys.__stdout__.write("garbage\n")
    subprocess.run(["sh", "-c", "echo garbage; echo garbage >&2"], check=True)
    return "printed"


def garble_protocol():
    for name in os.listdir("/proc/self/fd"):
        descriptor = int(name)
        try:
            if descriptor > 2 and stat.S_ISFIFO(os.fstat(descriptor).st_mode):
                os.write(descriptor, b"garbage\n")
        except OSError:
            pass
    time.sleep(1000)


def leave(code):
    sys.exit(code)


def drop(code):
    os._exit(code)


def abort():
    os.abort()


def start_daemon(minutes=10):
    """Leaves its session, and holds every stream that it has got."""
    subprocess.Popen(["sleep", str(60 * minutes)], start_new_session=True, close_fds=False)
    return "started"


def eat():
    held = []
    for _ in range(60):
        held.append(b"x" * (32 << 20))
        time.sleep(0.02)
    time.sleep(1000)


def _note(file):
    with open(file + ".part", "w") as note:
        note.write(str(os.getpid()))
    os.rename(file + ".part", file)
