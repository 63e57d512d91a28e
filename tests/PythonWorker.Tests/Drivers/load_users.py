"""As drivers of load generators that run beside a method are written: a control that starts them and puts their result into the journal."""

import threading
import time
from typing import Any, Dict, List

from chaoslib.types import Activity, Configuration, Experiment, Hypothesis, Journal, Run, Secrets, Settings

workers: List[threading.Thread] = []
seen: List[str] = []


def configure_control(configuration: Configuration = None, secrets: Secrets = None, settings: Settings = None, experiment: Experiment = None,
                      host: str = "http://localhost", users: int = 1, **kwargs: Any) -> None:
    seen.append("configure %s %d" % (host, users))


def before_method_control(context: Experiment, configuration: Configuration = None, secrets: Secrets = None, **kwargs: Any) -> None:
    for _ in range(kwargs.get("users", 1)):
        worker = threading.Thread(target=time.sleep, args=(0.01,), daemon=True)
        worker.start()
        workers.append(worker)


def after_method_control(context: Experiment, state: List[Run], configuration: Configuration = None, secrets: Secrets = None, **kwargs: Any) -> None:
    for worker in workers:
        worker.join()
    state.append({"activity": {"name": "load", "type": "action", "provider": {"type": "python"}}, "status": "succeeded", "output": {"users": len(workers)}})


def after_activity_control(context: Activity, state: Run, configuration: Configuration = None, secrets: Secrets = None, **kwargs: Any) -> None:
    state["load"] = {"users": len(workers)}


def after_experiment_control(context: Experiment, state: Journal, configuration: Configuration = None, secrets: Secrets = None, **kwargs: Any) -> None:
    state["load"] = {"seen": seen, "users": len(workers)}


def cleanup_control() -> None:
    workers.clear()
