"""Stand-ins for what drivers import from chaoslib and logzero, for a Python that has these packages not installed.

What belongs to a whole runner is there by name, so that a
driver can be imported, and says when it is called that chaostoolkit-lib has to be installed for it.
"""

import importlib
import json
import logging
import os
import signal
import types
from typing import Any, Callable, Dict, List, Optional, Tuple

from turbulence_calls import load
from turbulence_controls import Registry
from turbulence_values import Json

STAND_IN_VERSION = "1.45.0"
NEEDS_CHAOSLIB = {
    "chaoslib.activity": ("ensure_activity_is_valid", "execute_activity", "get_all_activities_in_experiment", "run_activities", "run_activity"),
    "chaoslib.control": ("cleanup_controls", "controls", "initialize_controls", "load_global_controls", "validate_controls"),
    "chaoslib.experiment": ("ensure_experiment_is_valid", "load_experiment", "run_experiment"),
    "chaoslib.hypothesis": ("ensure_hypothesis_is_valid", "run_steady_state_hypothesis", "within_tolerance"),
    "chaoslib.loader": ("load_experiment",),
    "chaoslib.notification": ("notify", "notify_via_plugin", "notify_with_http"),
    "chaoslib.rollback": ("run_rollbacks",),
}


def refusal(module: str, name: str) -> Callable[..., Any]:
    def refused(*_: Any, **__: Any) -> Any:
        raise exceptions().ChaosException("%s.%s needs the package chaostoolkit-lib, which is not installed" % (module, name))

    refused.__name__ = name
    return refused


def exceptions() -> Any:
    return importlib.import_module("chaoslib.exceptions")


def build_exceptions() -> Json:
    root = type("ChaosException", (Exception,), {"__module__": "chaoslib.exceptions"})
    kinds = {"ChaosException": root}
    for name in ("InvalidExperiment", "InvalidActivity", "InvalidControl", "InvalidSource", "ActivityFailed", "DiscoveryFailed",
                 "InterruptExecution", "ExperimentExitedException"):
        kinds[name] = type(name, (root,), {"__module__": "chaoslib.exceptions"})
    kinds["ControlPythonFunctionLoadingError"] = type("ControlPythonFunctionLoadingError", (Exception,), {"__module__": "chaoslib.exceptions"})
    return dict(kinds, FailedActivity=kinds["ActivityFailed"], __all__=[*kinds, "FailedActivity"])


def build_types() -> Json:
    import enum
    from typing import Union

    maps = ("Action Activity Configuration Control DiscoveredSystemInfo Discovery Dry EventPayload Experiment Extension Hypothesis Journal "
            "Probe Run Secrets Settings TargetLayers")
    built: Json = {name: Dict[str, Any] for name in maps.split()}
    built["DiscoveredActivities"] = List[Dict[str, Any]]
    built["Layer"] = Any
    built["MicroservicesStatus"] = Tuple[Dict[str, Any], Dict[str, Any]]
    built["Tolerance"] = Union[int, str, bool, list, Dict[str, Any]]
    built["Dry"] = enum.Enum("Dry", {"ACTIVITIES": "activities", "ACTIONS": "actions", "PROBES": "probes", "PAUSE": "pause"})
    built["Strategy"] = enum.Enum("Strategy", {
        "BEFORE_METHOD": "before-method-only", "AFTER_METHOD": "after-method-only", "DURING_METHOD": "during-method-only",
        "DEFAULT": "default", "CONTINUOUS": "continuously", "SKIP": "skip"})
    built["Schedule"] = type("Schedule", (types.SimpleNamespace,), {"__module__": "chaoslib.types"})
    return dict(built, __all__=list(built))


def build_chaoslib() -> Json:
    shared = build_types()
    shared.pop("__all__")
    return dict(shared, __version__=STAND_IN_VERSION, substitute=substitute, decode_bytes=decode_bytes, experiment_hash=experiment_hash)


def substitute(data: Any, configuration: Optional[Json] = None, secrets: Optional[Json] = None) -> Any:
    """Replaces `${name}` and `$name`, in texts, lists and maps; a text that is one `${name}` gets the value itself."""
    import re

    values: Json = {}
    for scope in (secrets or {}).values():
        if isinstance(scope, dict):
            values = {**scope, **values}
    values.update(configuration or {})

    def replaced(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: replaced(value) for key, value in part.items()}
        if isinstance(part, (list, tuple)):
            return [replaced(value) for value in part]
        if not isinstance(part, str):
            return part
        whole = re.fullmatch(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}", part)
        if whole:
            return values.get(whole[1], part)
        pattern = r"\$(?:(\$)|\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))"
        return re.sub(pattern, lambda m: "$" if m[1] else str(values.get(m[2] or m[3], m[0])), part)

    return replaced(data)


def decode_bytes(data: bytes, default_encoding: str = "utf-8") -> str:
    return data.decode(default_encoding, "replace")


def experiment_hash(experiment: Json, hash_algo: str = "blake2b") -> str:
    import hashlib

    text = json.dumps(experiment, sort_keys=True, indent=None, skipkeys=True, default=str).encode("utf-8")
    return (hashlib.blake2b(text, digest_size=12) if hash_algo == "blake2b" else hashlib.new(hash_algo, text)).hexdigest()


def environment_value(definition: Json) -> Any:
    exceptional = exceptions().InvalidExperiment
    key = definition["key"]
    if key not in os.environ and "default" not in definition:
        raise exceptional("Configuration makes reference to an environment key that does not exist: %s" % key)
    value, kind = os.environ.get(key, definition.get("default")), definition.get("env_var_type")
    if kind in (None, "str", "string"):
        return value
    if kind in ("int", "integer"):
        return int(value)
    if kind in ("float", "number"):
        return float(value)
    if kind == "bytes":
        return value.encode("utf-8")
    if kind == "bool":
        return str(value).lower() not in ("false", "0", "no")
    if kind == "json":
        return json.loads(value) if isinstance(value, str) and value else value
    raise ValueError("variable type can only be: bool, str, int, float, bytes or json")


def load_configuration(config_info: Optional[Json], extra_vars: Optional[Json] = None) -> Json:
    extra = extra_vars or {}
    loaded = {}
    for key, value in (config_info or {}).items():
        value = extra.get(key, value)
        loaded[key] = environment_value(value) if isinstance(value, dict) and value.get("type") == "env" else value
    return loaded


def load_secrets(secrets_info: Optional[Json], configuration: Optional[Json] = None, extra_vars: Optional[Json] = None) -> Json:
    def loaded(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if value.get("type") == "env":
            return environment_value({"key": value["key"]})
        if value.get("type") == "vault":
            raise exceptions().ChaosException("Vault secrets need the package chaostoolkit-lib, which is not installed")
        return {key: loaded(part) for key, part in value.items()}

    return {scope: (extra_vars or {}).get(scope, loaded(value)) for scope, value in (secrets_info or {}).items()}


def build_settings() -> Json:
    path = os.path.expanduser("~/.chaostoolkit/settings.yaml")

    def load_settings(settings_path: str = path) -> Optional[Json]:
        if not os.path.exists(settings_path):
            return None
        yaml = importlib.import_module("yaml")
        with open(settings_path, encoding="utf-8") as file:
            return yaml.safe_load(file)

    return {"CHAOSTOOLKIT_CONFIG_PATH": path, "load_settings": load_settings, "get_loaded_settings": load_settings}


def build_exit() -> Json:
    def sender(number: str) -> Callable[[], None]:
        return lambda: os.kill(os.getpid(), getattr(signal, number))

    return {"exit_gracefully": sender("SIGUSR1"), "exit_ungracefully": sender("SIGUSR2")}


def build_run() -> Json:
    def nothing(*_: Any, **__: Any) -> None:
        """Nobody calls it."""

    names = ("started running finish interrupted signal_exit start_continuous_hypothesis continuous_hypothesis_iteration "
             "continuous_hypothesis_completed start_hypothesis_before hypothesis_before_completed start_hypothesis_after "
             "hypothesis_after_completed start_method method_completed start_rollbacks rollbacks_completed start_cooldown "
             "cooldown_completed start_activity activity_completed").split()
    handler = type("RunEventHandler", (), dict({name: nothing for name in names}, __module__="chaoslib.run"))
    kinds = build_types()
    return {"RunEventHandler": handler, "EventHandlerRegistry": Registry, "Runner": refusal("chaoslib.run", "Runner"),
            "Schedule": kinds["Schedule"], "Strategy": kinds["Strategy"]}


def build_caching() -> Json:
    def with_cache(function: Callable[..., Any]) -> Callable[..., Any]:
        return function

    return {"with_cache": with_cache, "lookup_activity": refusal("chaoslib.caching", "lookup_activity")}


def build_discovery() -> Json:
    return {name: value for name, value in build_discover().items() if name.startswith(("discover", "initialize"))}


def build_discover() -> Json:
    import inspect

    names = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "string", bytes: "byte", set: "set",
             tuple: "tuple", list: "list", dict: "mapping", None: "null"}

    def portable_type_name(annotation: Any) -> str:
        kind = getattr(annotation, "__origin__", annotation)
        try:
            return names.get(kind, "object")
        except TypeError:
            return "object"

    def argument(parameter: Any) -> Json:
        found = {"name": parameter.name}
        if parameter.default is not parameter.empty:
            found["default"] = parameter.default
        if parameter.annotation is not parameter.empty:
            found["type"] = portable_type_name(parameter.annotation)
        return found

    def discover_activities(extension_mod_name: str, activity_type: str) -> List[Json]:
        try:
            module = load(extension_mod_name)
        except ImportError:
            raise exceptions().DiscoveryFailed("could not import extension module '%s'" % extension_mod_name)
        exported = getattr(module, "__all__", None)
        if exported is None:
            logger = logging.getLogger("turbulence")
            logger.warning("'%s' does not expose the __all__ attribute; it is not able to determine what it exports", extension_mod_name)
            return []
        activities = []
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if exported and name not in exported:
                continue
            signature = inspect.signature(function)
            parameters = [p for p in signature.parameters.values() if p.kind not in (p.KEYWORD_ONLY, p.VAR_KEYWORD)]
            activity = {"type": activity_type, "name": name, "mod": module.__name__, "doc": inspect.getdoc(function),
                        "arguments": [argument(parameter) for parameter in parameters]}
            if signature.return_annotation is not signature.empty:
                activity["return_type"] = portable_type_name(signature.return_annotation)
            activities.append(activity)
        return activities

    def discover_actions(extension_mod_name: str) -> List[Json]:
        return discover_activities(extension_mod_name, "action")

    def discover_probes(extension_mod_name: str) -> List[Json]:
        return discover_activities(extension_mod_name, "probe")

    def initialize_discovery_result(extension_name: str, extension_version: str, discovery_type: str) -> Json:
        import platform
        import uuid
        from datetime import datetime, timezone

        system = platform.uname()
        return {"chaoslib_version": STAND_IN_VERSION, "id": str(uuid.uuid4()), "target": discovery_type,
                "date": datetime.now(timezone.utc).isoformat(),
                "platform": {"system": system.system, "node": system.node, "release": system.release, "version": system.version,
                             "machine": system.machine, "proc": platform.processor(), "python": platform.python_version()},
                "extension": {"name": extension_name, "version": extension_version}, "activities": [], "system": None}

    return {"discover_activities": discover_activities, "discover_actions": discover_actions, "discover_probes": discover_probes,
            "initialize_discovery_result": initialize_discovery_result, "portable_type_name": portable_type_name}


def build_logzero() -> Json:
    logger = logging.getLogger("logzero_default")
    logger.setLevel(logging.DEBUG)

    def setup_logger(name: Optional[str] = None, *_: Any, **__: Any) -> logging.Logger:
        return logging.getLogger(name or "logzero_default")

    def nothing(*_: Any, **__: Any) -> None:
        """How lines look and where they go is for `chaos` to say."""

    silent = dict.fromkeys(("loglevel", "formatter", "logfile", "json", "reset_default_logger"), nothing)
    levels = {name: getattr(logging, name) for name in ("DEBUG", "INFO", "WARNING", "WARN", "ERROR", "CRITICAL")}
    return dict(levels, **silent, logger=logger, setup_logger=setup_logger, setup_default_logger=setup_logger, LogFormatter=logging.Formatter)


BUILDERS: Dict[str, Callable[[], Json]] = {
    "chaoslib": build_chaoslib,
    "chaoslib.caching": build_caching,
    "chaoslib.configuration": lambda: {"load_configuration": load_configuration, "load_dynamic_configuration": refusal(
        "chaoslib.configuration", "load_dynamic_configuration")},
    "chaoslib.discovery": build_discovery,
    "chaoslib.discovery.discover": build_discover,
    "chaoslib.exceptions": build_exceptions,
    "chaoslib.exit": build_exit,
    "chaoslib.run": build_run,
    "chaoslib.secret": lambda: {"load_secrets": load_secrets},
    "chaoslib.settings": build_settings,
    "chaoslib.types": build_types,
    "logzero": build_logzero,
}


def contents(name: str) -> Json:
    """What the module of that name holds."""
    return BUILDERS[name]() if name in BUILDERS else {each: refusal(name, each) for each in NEEDS_CHAOSLIB[name]}
