"""As drivers of load generators with scripts are written: a child process, its environment, its outcome as a boolean."""

import os
import subprocess
from typing import Dict, Optional

from chaoslib.exceptions import ActivityFailed
from logzero import logger

__all__ = ["run_script", "stress_endpoint"]


def run_script(scriptPath: str, vus: int = 1, duration: str = "1s", debug: bool = False) -> bool:
    return _run(["sh", scriptPath, str(vus), duration], {}, debug)


def stress_endpoint(endpoint: str, vus: int = 1, duration: str = "1s", log_file: Optional[str] = None, debug: bool = False) -> bool:
    return _run(["sh", "-c", "test \"$CHAOS_ENDPOINT\" = \"$0\"", endpoint], {"CHAOS_ENDPOINT": endpoint}, debug)


def _run(command, more: Dict[str, str], debug: bool) -> bool:
    environment = dict(os.environ, **more)
    logger.info("Running %s", command[0])
    pipe = None if debug else subprocess.DEVNULL
    try:
        with subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe) as child:
            return child.wait() == 0
    except OSError as failure:
        raise ActivityFailed("could not start: %s" % failure)
