"""Stand-ins for what chaoslib knows of a run: its activities by name, its global controls, its settings, its journal."""

import json
import logging
import os
from contextlib import contextmanager
from copy import deepcopy
from typing import Any, Dict, Iterator, List, Optional

from turbulence_calls import call, is_interrupt, load, parameter_names
from turbulence_standin_activities import get_all_activities_in_experiment, library
from turbulence_values import Json

LOGGER = logging.getLogger("chaostoolkit")
ACTIVITIES: Json = {}
GLOBAL_CONTROLS: List[Json] = []
SETTINGS: Json = {}


def cache_activities(experiment: Json) -> None:
    for activity in [*experiment.get("method", []), *(experiment.get("steady-state-hypothesis") or {}).get("probes", [])]:
        if activity.get("name"):
            ACTIVITIES[activity["name"]] = activity


def with_cache(function: Any) -> Any:
    from functools import wraps

    @wraps(function)
    def cached(experiment: Json, **more: Any) -> Any:
        if experiment:
            cache_activities(experiment)
        try:
            return function(experiment=experiment, **{name: value for name, value in more.items() if name in parameter_names(function)})
        finally:
            ACTIVITIES.clear()

    return cached


CACHING = {"cache_activities": cache_activities, "clear_cache": ACTIVITIES.clear, "lookup_activity": ACTIVITIES.get, "with_cache": with_cache}


def get_global_controls() -> List[Json]:
    return list(GLOBAL_CONTROLS)


def set_global_controls(controls: List[Json]) -> None:
    GLOBAL_CONTROLS[:] = controls


def applicable(level: str, experiment: Optional[Json], context: Any) -> List[Json]:
    """Which controls stand around a level, in the reference's order and with its duplicates."""
    if not experiment:
        return get_global_controls()
    top = experiment.get("controls") or []
    automatic = [control for control in top if control.get("automatic", True)]
    nearer = [*GLOBAL_CONTROLS, *(context.get("controls") or [])]
    if not top:
        return nearer
    if not nearer or level in ("method", "rollback"):
        return automatic
    added = [deepcopy(other) for control in nearer if "ref" in control for other in top if other["name"] == control["ref"]]
    if level == "experiment":
        return nearer + added
    before = [other for control in nearer if "ref" not in control for other in automatic if other.get("name") != control.get("name")]
    return before + nearer + added


def apply(level: str, side: str, experiment: Any, context: Any, state: Any, configuration: Any, secrets: Any) -> None:
    name = "%s_%s_control" % (side, "loading_experiment" if level == "loader" else level)
    for control in applicable(level, experiment, context):
        provider = control.get("provider") or {}
        if provider.get("type") != "python" or control.get("scope") not in (None, "", side):
            continue
        try:
            function = getattr(load(provider["module"]), name, None)
            if function is None:
                continue
            arguments = deepcopy(provider.get("arguments") or {})
            if configuration or secrets:
                arguments = library("").substitute(arguments, configuration, secrets)
            offered = {"configuration": configuration, "secrets": secrets, "state": state, "experiment": experiment,
                       "extensions": (experiment or {}).get("extensions"), "settings": SETTINGS or None}
            arguments.update((each, offered[each]) for each in parameter_names(function) if each in offered)
            call(function, dict(arguments, context=context))
        except Exception as error:
            if is_interrupt(error):
                raise
            LOGGER.debug("%s-control '%s' failed", side.title(), control.get("name"), exc_info=True)


class Control:
    state: Any = None

    def with_state(self, state: Any) -> None:
        self.state = state


@contextmanager
def controls(level: str, experiment: Any = None, context: Any = None, configuration: Any = None, secrets: Any = None) -> Iterator[Control]:
    control = Control()
    try:
        apply(level, "before", experiment, context, None, configuration, secrets)
        yield control
    finally:
        apply(level, "after", experiment, context, control.state, configuration, secrets)


CONTROL = {"Control": Control, "controls": controls, "get_global_controls": get_global_controls, "set_global_controls": set_global_controls}


class LoadedSettings:
    """Stands for the reference's context variable: `get` and `set`."""

    @staticmethod
    def get() -> Json:
        return SETTINGS

    @staticmethod
    def set(settings: Optional[Json]) -> None:
        SETTINGS.clear()
        SETTINGS.update(settings or {})


def build_settings() -> Json:
    path = os.path.abspath(os.path.expanduser("~/.chaostoolkit/settings.yaml"))

    def load_settings(settings_path: str = path) -> Optional[Json]:
        if not os.path.exists(settings_path):
            return None
        import yaml

        with open(settings_path, encoding="utf-8") as file:
            try:
                settings = yaml.safe_load(file)
            except yaml.YAMLError as error:
                LOGGER.error("Failed parsing YAML settings: %s", error)
                return None
        LoadedSettings.set(settings)
        return settings

    def save_settings(settings: Json, settings_path: str = path) -> None:
        import yaml

        LoadedSettings.set(settings)
        if os.path.dirname(settings_path):
            os.makedirs(os.path.dirname(settings_path), exist_ok=True)
        with open(settings_path, "w", encoding="utf-8") as file:
            yaml.safe_dump(settings, file, default_flow_style=False)

    return {"CHAOSTOOLKIT_CONFIG_PATH": path, "load_settings": load_settings, "save_settings": save_settings, "loaded_settings": LoadedSettings,
            "get_loaded_settings": LoadedSettings.get}


def parse_experiment_from_file(path: str) -> Any:
    ending = os.path.splitext(path)[1]
    if ending not in (".yaml", ".yml", ".json"):
        raise library("exceptions").InvalidExperiment("only files with json, yaml or yml extensions are supported")
    with open(path, encoding="utf-8") as file:
        if ending == ".json":
            return json.load(file)
        import yaml

        try:
            return yaml.safe_load(file)
        except yaml.YAMLError as error:
            raise library("exceptions").InvalidSource("Failed parsing YAML experiment: %s" % error)


def load_experiment(experiment_source: str, settings: Optional[Json] = None, verify_tls: bool = True) -> Any:
    if not os.path.exists(experiment_source):
        raise library("exceptions").InvalidSource('Path "%s" does not exist.' % experiment_source)
    return parse_experiment_from_file(experiment_source)


def initialize_run_journal(experiment: Json) -> Json:
    import platform
    from datetime import datetime, timezone

    return {"chaoslib-version": library("").__version__, "platform": platform.platform(), "node": platform.node(), "experiment": dict(experiment),
            "start": datetime.now(timezone.utc).isoformat(), "status": None, "deviated": False,
            "steady_states": {"before": None, "after": None, "during": []}, "run": [], "rollbacks": []}


DICT_ARGUMENTS = (
    "Process arguments should now be a list to keep the ordering of the arguments. Dictionary arguments are deprecated for process activities."
)
VAULT_WITHOUT_PATH = (
    "Vault secrets must now specify the `path` property. The `key` property is now a key of a Vault secret rather than the actual path. For "
    "instance: {'my-key': {'type': 'vault', 'key': 'foo'}} now becomes: {'my-key': {'type': 'vault', 'path': 'foo'}}"
)


def warn_about_moved_function(message: str) -> None:
    import warnings

    warnings.warn(message, DeprecationWarning, stacklevel=2)


def warn_about_deprecated_features(experiment: Json) -> None:
    providers = [activity.get("provider") or {} for activity in get_all_activities_in_experiment(experiment)]
    secrets = [value for scope in (experiment.get("secrets") or {}).values() for value in scope.values() if isinstance(value, dict)]
    used: Dict[str, bool] = {
        DICT_ARGUMENTS: any(each.get("type") == "process" and isinstance(each.get("arguments"), dict) for each in providers),
        VAULT_WITHOUT_PATH: any(each.get("type") == "vault" and "key" in each and "path" not in each for each in secrets),
    }
    for message in (message for message, is_used in used.items() if is_used):
        warn_about_moved_function(message)
        LOGGER.warning(message)


DEPRECATION = {
    "DeprecatedDictArgsMessage": DICT_ARGUMENTS, "DeprecatedVaultMissingPathMessage": VAULT_WITHOUT_PATH,
    "warn_about_deprecated_features": warn_about_deprecated_features, "warn_about_moved_function": warn_about_moved_function,
}


def get_extension(experiment: Json, name: str) -> Optional[Json]:
    return next((each for each in experiment.get("extensions") or [] if each.get("name") == name), None)


def has_extension(experiment: Json, name: str) -> bool:
    return get_extension(experiment, name) is not None


def remove_extension(experiment: Json, name: str) -> None:
    found = get_extension(experiment, name)
    if found is not None:
        experiment["extensions"].remove(found)


def set_extension(experiment: Json, extension: Json) -> None:
    experiment.setdefault("extensions", [])
    remove_extension(experiment, extension.get("name", ""))
    experiment["extensions"].append(extension)


def merge_extension(experiment: Json, extension: Json) -> None:
    found = get_extension(experiment, extension.get("name", ""))
    if found is None:
        experiment.setdefault("extensions", []).append(extension)
    else:
        found.update(extension)


EXTENSION = {"get_extension": get_extension, "has_extension": has_extension, "remove_extension": remove_extension,
             "set_extension": set_extension, "merge_extension": merge_extension}
