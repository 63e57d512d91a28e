"""Actions on the services of the sample."""

import os
import signal
import time

from chaoslib.exceptions import ActivityFailed

__all__ = ["stop"]


def stop(pid_file: str) -> int:
    """Asks the process that a PID file names to end, and waits until it has removed the file."""
    try:
        with open(pid_file) as file:
            process = int(file.read())
        os.kill(process, signal.SIGTERM)
    except (OSError, ValueError) as error:
        raise ActivityFailed("%s: %s" % (pid_file, error)) from error
    while os.path.exists(pid_file):
        time.sleep(0.02)
    return process
