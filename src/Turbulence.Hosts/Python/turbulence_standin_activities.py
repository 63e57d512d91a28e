"""Stand-ins for what chaoslib has to check and to carry out activities inside of a control, as a safeguard does."""

import importlib
import itertools
import json
import logging
import os
import sys
import time
from typing import Any, Dict, List, Optional

from turbulence_calls import load, parameter_names
from turbulence_validation import validate_activity
from turbulence_values import Json

LOGGER = logging.getLogger("chaostoolkit")


def library(name: str) -> Any:
    return importlib.import_module("chaoslib." + name if name else "chaoslib")


def invalid(text: str) -> Exception:
    return library("exceptions").InvalidActivity(text)


def validate_python_activity(activity: Json) -> None:
    for problem in validate_activity(activity):
        raise invalid(problem["message"])


def validate_process_activity(activity: Json) -> None:
    import shutil

    path = activity["provider"].get("path")
    if not path:
        raise invalid("a process activity must have a path")
    if not shutil.which(path):
        raise invalid("path '%s' cannot be found, in activity '%s'" % (path, activity["name"]))


def validate_http_activity(activity: Json) -> None:
    provider = activity["provider"]
    if not provider.get("url"):
        raise invalid("a HTTP activity must have a URL")
    if provider.get("headers") and not isinstance(provider["headers"], dict):
        raise invalid("a HTTP activities expect headers as a mapping")


VALIDATORS = {"python": validate_python_activity, "process": validate_process_activity, "http": validate_http_activity}


def ensure_activity_is_valid(activity: Json) -> None:
    if not activity:
        raise invalid("empty activity is no activity")
    if activity.get("ref") is not None:
        if not isinstance(activity["ref"], str) or not activity["ref"]:
            raise invalid("reference to activity must be non-empty strings")
        return
    provider = activity.get("provider") or {}
    for wrong, text in (
        (not activity.get("type"), "an activity must have a type"),
        (activity.get("type") not in ("probe", "action"), "'%s' is not a supported activity type" % activity.get("type")),
        (not activity.get("name"), "an activity must have a name"),
        (not provider, "an activity requires a provider"),
        (not provider.get("type"), "a provider must have a type"),
        (provider.get("type") not in VALIDATORS, "unknown provider type '%s'" % provider.get("type")),
        (activity.get("timeout") is not None and not isinstance(activity["timeout"], (int, float)), "activity timeout must be a number"),
    ):
        if wrong:
            raise invalid(text)
    for side in ("before", "after"):
        pause = (activity.get("pauses") or {}).get(side)
        if isinstance(pause, str) and not (pause.startswith("${") and pause.endswith("}")):
            text = "activity %s pause must be a number or a pattern to a variable from the configuration or secrets"
            raise invalid(text % side)
    if not isinstance(activity.get("background", False), bool):
        raise invalid("activity background must be a boolean")
    VALIDATORS[provider["type"]](activity)


def substituted(value: Any, configuration: Optional[Json], secrets: Optional[Json]) -> Any:
    return library("").substitute(value, configuration, secrets) if value and (configuration or secrets) else value


def run_python_activity(activity: Json, configuration: Optional[Json], secrets: Optional[Json]) -> Any:
    import traceback

    provider = activity["provider"]
    function = getattr(load(provider["module"]), provider["func"])
    arguments = dict(substituted(provider.get("arguments") or {}, configuration, secrets))
    names = parameter_names(function)
    if "secrets" in provider and "secrets" in names:
        arguments["secrets"] = {}
        for scope in provider["secrets"]:
            arguments["secrets"].update((secrets or {}).get(scope, {}))
    if "configuration" in names:
        arguments["configuration"] = dict(configuration or {})
    try:
        return function(**arguments)
    except Exception as error:
        text = traceback.format_exception_only(type(error), error)[0].strip()
        raise library("exceptions").ActivityFailed(text).with_traceback(sys.exc_info()[2])


def run_process_activity(activity: Json, configuration: Optional[Json], secrets: Optional[Json]) -> Json:
    import shutil
    import subprocess

    provider = activity["provider"]
    path = shutil.which(os.path.expanduser(provider["path"]))
    arguments = substituted(provider.get("arguments") or [], configuration, secrets)
    if isinstance(arguments, dict):
        arguments = list(itertools.chain.from_iterable(arguments.items()))
    shell = isinstance(arguments, str)
    command = "%s %s" % (path, arguments) if shell else [path] + [str(part) for part in arguments if part not in (None, "")]
    try:
        ended = subprocess.run(command, timeout=provider.get("timeout"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, shell=shell)
    except subprocess.TimeoutExpired:
        raise library("exceptions").ActivityFailed("process activity took too long to complete")
    decode = library("").decode_bytes
    return {"status": ended.returncode, "stdout": decode(ended.stdout), "stderr": decode(ended.stderr)}


def run_http_activity(activity: Json, configuration: Optional[Json], secrets: Optional[Json]) -> Json:
    import ssl
    from urllib import error, parse, request

    provider = activity["provider"]
    replace = library("").substitute
    url = replace(provider["url"], configuration, secrets)
    headers = {name: str(value) for name, value in (replace(provider.get("headers"), configuration, secrets) or {}).items()}
    arguments = substituted(provider.get("arguments"), configuration, secrets)
    method, body = provider.get("method", "GET").upper(), None
    if method == "GET" and arguments:
        query = arguments if isinstance(arguments, str) else parse.urlencode(arguments, doseq=True)
        url += ("&" if "?" in url else "?") + query
    elif arguments is not None and headers.get("Content-Type") == "application/json":
        body = json.dumps(arguments).encode("utf-8")
    elif arguments is not None:
        body = arguments.encode("utf-8") if isinstance(arguments, str) else parse.urlencode(arguments, doseq=True).encode("utf-8")
    limit = replace(provider.get("timeout"), configuration, secrets)
    context = ssl.create_default_context()
    if provider.get("verify_tls") is False:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    call = request.Request(url, data=body, headers=headers, method=method)
    failed = library("exceptions").ActivityFailed
    try:
        try:
            answer = request.urlopen(call, timeout=max(limit) if isinstance(limit, list) else limit, context=context)
        except error.HTTPError as other_status:
            answer = other_status
        with answer:
            text = answer.read().decode(answer.headers.get_content_charset() or "utf-8", "replace")
    except TimeoutError:
        raise failed("activity took too long to complete")
    except OSError as problem:
        if "timed out" in str(problem):
            raise failed("activity took too long to complete")
        raise failed("failed to connect to %s: %s" % (url, problem))
    is_json = answer.headers.get("Content-Type") == "application/json"
    return {"status": answer.status, "headers": dict(answer.headers.items()), "body": json.loads(text) if is_json else text}


RUNNERS = {"python": run_python_activity, "process": run_process_activity, "http": run_http_activity}


def run_activity(activity: Json, configuration: Optional[Json], secrets: Optional[Json]) -> Any:
    runner = RUNNERS.get(activity["provider"]["type"])
    return None if runner is None else runner(activity, configuration, secrets)


def execute_activity(
    experiment: Json, activity: Json, configuration: Optional[Json], secrets: Optional[Json], dry: Any = None,
    event_registry: Any = None, runs: Optional[List[Json]] = None,
) -> Json:
    import traceback
    from datetime import datetime, timezone

    if activity.get("ref"):
        named = library("caching").lookup_activity(activity["ref"])
        if not named:
            raise library("exceptions").ActivityFailed("could not find referenced activity '%s'" % activity["ref"])
        activity = named
    with library("control").controls("activity", experiment, activity, configuration, secrets) as control:
        dry = activity.get("dry", dry)
        kind = getattr(dry, "value", None)
        left_out = kind == "activities" or kind == activity["type"] + "s"
        pauses = substituted(activity.get("pauses") or {}, configuration, secrets)
        waits = kind != "pause" and not left_out
        if pauses.get("before") and waits:
            time.sleep(pauses["before"])
        start = datetime.now(timezone.utc)
        run: Json = {"activity": dict(activity), "output": None, "start": start.isoformat()}
        if runs is not None:
            runs.append(run)
        try:
            run["output"] = None if left_out else run_activity(activity, configuration, secrets)
            run["status"] = "succeeded"
        except library("exceptions").ActivityFailed as error:
            run["status"] = "failed"
            run["exception"] = traceback.format_exception(type(error), error, None)
            LOGGER.error("  => failed: %s", error)
        finally:
            end = datetime.now(timezone.utc)
            run.update(end=end.isoformat(), duration=(end - start).total_seconds())
        if pauses.get("after") and waits:
            time.sleep(pauses["after"])
        control.with_state(run)
    return run


def get_all_activities_in_experiment(experiment: Json) -> List[Json]:
    probes = (experiment.get("steady-state-hypothesis") or {}).get("probes", [])
    return [*probes, *experiment.get("method", []), *experiment.get("rollbacks", [])]


ACTIVITY: Dict[str, Any] = {
    "ensure_activity_is_valid": ensure_activity_is_valid, "execute_activity": execute_activity, "run_activity": run_activity,
    "get_all_activities_in_experiment": get_all_activities_in_experiment,
}
PROVIDERS: Dict[str, Json] = {
    "chaoslib.provider": {},
    "chaoslib.provider.python": {"run_python_activity": run_python_activity, "validate_python_activity": validate_python_activity},
    "chaoslib.provider.process": {"run_process_activity": run_process_activity, "validate_process_activity": validate_process_activity},
    "chaoslib.provider.http": {"run_http_activity": run_http_activity, "validate_http_activity": validate_http_activity},
}
