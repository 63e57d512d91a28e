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
TYPES: Json = {}
NEEDS_CHAOSLIB = {
    "chaoslib.activity": ("run_activities",),
    "chaoslib.control": (
        "cleanup_controls", "cleanup_global_controls", "initialize_controls", "initialize_global_controls", "load_global_controls",
        "validate_controls",
    ),
    "chaoslib.experiment": ("apply_activities", "apply_rollbacks", "ensure_experiment_is_valid", "load_experiment", "run_experiment"),
    "chaoslib.hypothesis": ("run_steady_state_hypothesis",),
    "chaoslib.loader": ("parse_experiment_from_http",),
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
    loading = "ControlPythonFunctionLoadingError"
    kinds[loading] = type(loading, (Exception,), {"__module__": "chaoslib.exceptions"})
    return dict(kinds, FailedActivity=kinds["ActivityFailed"], __all__=[*kinds, "FailedActivity"])


def build_types() -> Json:
    if TYPES:
        return dict(TYPES)
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
        "DEFAULT": "default", "CONTINUOUS": "continuous", "SKIP": "skip"})
    built["Schedule"] = Schedule
    built["Dry"].from_string = staticmethod(lambda value: built["Dry"](value) if value else None)
    built["Strategy"].from_string = staticmethod(lambda value: built["Strategy"]("continuous" if value == "continuously" else value))
    for name in ("ConfigVars", "SecretVars"):
        built[name] = Dict[str, Any]
    TYPES.update(built, __all__=list(built))
    return dict(TYPES)


class Schedule:
    """How often the hypothesis is looked at meanwhile, and whether a miss ends the run."""

    def __init__(self, continuous_hypothesis_frequency: float = 1.0, fail_fast: bool = False, fail_fast_ratio: float = 0) -> None:
        self.continuous_hypothesis_frequency = continuous_hypothesis_frequency
        self.fail_fast = fail_fast
        self.fail_fast_ratio = fail_fast_ratio


def build_chaoslib() -> Json:
    shared = build_types()
    shared.pop("__all__")
    return dict(shared, __version__=STAND_IN_VERSION, substitute=substitute, decode_bytes=decode_bytes, experiment_hash=experiment_hash,
                canonical_json=canonical_json, convert_to_type=convert_to_type, convert_vars=convert_vars, merge_vars=merge_vars,
                PayloadEncoder=PayloadEncoder)


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


def canonical_json(experiment: Json) -> bytes:
    return json.dumps(experiment, sort_keys=True, indent=None, skipkeys=True).encode("utf-8")


def experiment_hash(experiment: Json, hash_algo: Optional[str] = None) -> str:
    import hashlib

    text = canonical_json(experiment)
    if hash_algo is None:
        return hashlib.blake2b(text, digest_size=12).hexdigest()
    if hash_algo not in hashlib.algorithms_available:
        raise ValueError("Unsupported hashlib algorithm: '%s'" % hash_algo)
    return hashlib.new(hash_algo, text).hexdigest()


class PayloadEncoder(json.JSONEncoder):
    """Writes times, ids, decimals and exceptions as texts."""

    def default(self, o: Any) -> Any:
        import datetime
        import decimal
        import uuid

        if isinstance(o, datetime.date):
            return o.isoformat()
        if isinstance(o, (uuid.UUID, decimal.Decimal)):
            return str(o)
        if isinstance(o, Exception):
            return "An exception was raised: %s('%s')" % (type(o).__name__, o)
        return super().default(o)


def convert_to_type(type: Optional[str], val: Any) -> Any:
    if type in (None, "str", "string"):
        return val
    if type in ("int", "integer"):
        return int(val)
    if type in ("float", "number"):
        return float(val)
    if type == "bytes":
        return val.encode("utf-8")
    if type == "bool":
        return val if isinstance(val, bool) else val.lower() not in ("false", "0", "no")
    if type == "json":
        return json.loads(val) if isinstance(val, str) and val else val
    raise ValueError("variable type can only be: bool, str, int, float, bytes or json")


def convert_vars(value: List[str]) -> Json:
    """`name[:type]=value` of each text."""
    converted: Json = {}
    for each in value:
        try:
            name, text = each.split("=", 1)
        except (AttributeError, TypeError):
            raise ValueError("var needs to be in the format name[:type]=value")
        name, _, kind = name.rpartition(":") if ":" in name else (name, "", None)
        try:
            converted[name] = convert_to_type(kind, text)
        except (TypeError, UnicodeEncodeError):
            raise ValueError("var cannot convert value to required type")
    return converted


def merge_vars(var: Optional[Json] = None, var_files: Optional[List[str]] = None) -> Tuple[Json, Json]:
    """The configuration and the secrets of all files, and `var` over the configuration; a file of another kind sets the environment."""
    logger = logging.getLogger("chaostoolkit-lib")
    configuration: Json = {}
    secrets: Json = {}
    for path in var_files or []:
        if not os.path.isfile(path):
            logger.error("Cannot read var file '%s'", path)
            continue
        with open(path, encoding="utf-8") as file:
            content = file.read()
        try:
            found = parsed(content, os.path.splitext(path)[1])
        except ValueError as error:
            logger.error("Failed to parse variable file '%s': %s", path, error)
            continue
        if found:
            configuration.update(found.get("configuration", {}))
            secrets.update(found.get("secrets", {}))
            continue
        for line in (line.strip() for line in content.splitlines()):
            if line and not line.startswith("#"):
                name, value = line.split("=", 1)
                os.environ[name] = value
    configuration.update(var or {})
    return configuration, secrets


def parsed(content: str, ending: str) -> Any:
    """What a file of variables holds; None where it is of no format that has a map."""
    if ending == ".json":
        return json.loads(content) if content else None
    if ending not in (".yaml", ".yml"):
        return None
    yaml = importlib.import_module("yaml")
    try:
        return yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None


def environment_value(definition: Json) -> Any:
    key = definition["key"]
    if key not in os.environ and "default" not in definition:
        raise exceptions().InvalidExperiment("Configuration makes reference to an environment key that does not exist: %s" % key)
    return convert_to_type(definition.get("env_var_type"), os.environ.get(key, definition.get("default")))


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


def build_exit() -> Json:
    def exit_gracefully() -> None:
        os.kill(os.getpid(), signal.SIGUSR1)

    def exit_ungracefully() -> None:
        os.kill(os.getpid(), signal.SIGUSR2)

    return {"exit_gracefully": exit_gracefully, "exit_ungracefully": exit_ungracefully}


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
            "Schedule": kinds["Schedule"], "Strategy": kinds["Strategy"], "initialize_run_journal": run_part("initialize_run_journal")}


def run_part(name: str) -> Any:
    return getattr(importlib.import_module("turbulence_standin_run"), name)


def build_activity() -> Json:
    return importlib.import_module("turbulence_standin_activities").ACTIVITY


def build_provider(name: str) -> Callable[[], Json]:
    return lambda: importlib.import_module("turbulence_standin_activities").PROVIDERS[name]


def build_experiment() -> Json:
    def initialize_run_journal(experiment: Json) -> Json:
        text = "The 'initialize_run_journal' function has now moved to the 'chaoslib.run' package"
        run_part("warn_about_moved_function")(text)
        return run_part("initialize_run_journal")(experiment)

    return {"initialize_run_journal": initialize_run_journal}


def build_notification() -> Json:
    import enum

    root = enum.Enum("FlowEvent", {})
    built: Json = {"FlowEvent": root}
    for kind, word in (("Discover", "discovery"), ("Init", "init"), ("Run", "run"), ("Validate", "validate")):
        ends = ["Started", "Failed", "Completed"] + ["Deviated"] * (kind == "Run")
        name = kind + "FlowEvent"
        built[name] = root(name, {kind + end: "%s-%s" % (word, end.lower()) for end in ends})
    return built


def build_info() -> Json:
    from collections import namedtuple

    kind = namedtuple("ExtensionInfo", ["name", "version", "summary", "license", "author", "url"])

    def list_extensions() -> List[Any]:
        from importlib import metadata

        found: Json = {}
        for distribution in metadata.distributions():
            fields = distribution.metadata
            name = fields["Name"] or ""
            if name.startswith("chaostoolkit-") and name != "chaostoolkit-lib" and name not in found:
                found[name] = kind(name, *(fields[each] for each in ("Version", "Summary", "License", "Author", "Home-page")))
        return list(found.values())

    return {"ExtensionInfo": kind, "list_extensions": list_extensions}


def build_log() -> Json:
    def configure_logger(*_: Any, **__: Any) -> None:
        """How lines look and where they go is for `chaos` to say."""

    return {"configure_logger": configure_logger}


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
    return dict(levels, **silent, logger=logger, setup_logger=setup_logger, setup_default_logger=setup_logger,
                LogFormatter=logging.Formatter)


BUILDERS: Dict[str, Callable[[], Json]] = {
    "chaoslib": build_chaoslib,
    "chaoslib.activity": build_activity,
    "chaoslib.caching": lambda: run_part("CACHING"),
    "chaoslib.configuration": lambda: {"load_configuration": load_configuration, "load_dynamic_configuration": refusal(
        "chaoslib.configuration", "load_dynamic_configuration")},
    "chaoslib.control": lambda: run_part("CONTROL"),
    "chaoslib.deprecation": lambda: run_part("DEPRECATION"),
    "chaoslib.discovery": build_discovery,
    "chaoslib.discovery.discover": build_discover,
    "chaoslib.exceptions": build_exceptions,
    "chaoslib.exit": build_exit,
    "chaoslib.experiment": build_experiment,
    "chaoslib.extension": lambda: run_part("EXTENSION"),
    "chaoslib.hypothesis": lambda: importlib.import_module("turbulence_standin_tolerances").HYPOTHESIS,
    "chaoslib.info": build_info,
    "chaoslib.loader": lambda: {name: run_part(name) for name in ("load_experiment", "parse_experiment_from_file")},
    "chaoslib.log": build_log,
    "chaoslib.notification": build_notification,
    "chaoslib.run": build_run,
    "chaoslib.secret": lambda: {"load_secrets": load_secrets},
    "chaoslib.settings": lambda: run_part("build_settings")(),
    "chaoslib.types": build_types,
    "logzero": build_logzero,
}


BUILDERS.update((name, build_provider(name)) for name in ("chaoslib.provider",) + tuple(
    "chaoslib.provider." + kind for kind in ("http", "process", "python")))


def contents(name: str) -> Json:
    """What the module of that name holds."""
    there = BUILDERS[name]() if name in BUILDERS else {}
    return {**{each: refusal(name, each) for each in NEEDS_CHAOSLIB.get(name, ())}, **there}
