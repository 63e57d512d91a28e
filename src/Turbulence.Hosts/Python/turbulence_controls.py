"""Calls the hooks of controls, and finds out what they changed."""

import logging
import sys
import threading
from typing import Any, Dict, List, Tuple

from turbulence_calls import (
    INVALID_PARAMS, Cancelled, ProtocolError, call, exited, is_interrupt, load, map_of, outcome, parameter_names, text_of,
)
from turbulence_values import OUTPUT_DEPTH, Json, Plain, canonical

HOOKS = {"configure": "configure_control", "cleanup": "cleanup_control"}
for side in ("before", "after"):
    HOOKS[side + "_loader"] = side + "_loading_experiment_control"
    for level in ("experiment", "hypothesis", "method", "rollback", "activity"):
        HOOKS["%s_%s" % (side, level)] = "%s_%s_control" % (side, level)

KEPT = ("experiment", "configuration", "secrets", "settings")
CHANGEABLE = ("context", "state", "experiment", "configuration", "secrets")
OFFERED = ("state", "experiment", "extensions", "configuration", "secrets", "settings")


class Registry:
    """Stands for the reference's event registry: handlers may be given to it, and are never called."""

    def __init__(self) -> None:
        self.handlers: List[Any] = []

    def register(self, handler: Any) -> None:
        self.handlers.append(handler)
        logging.getLogger("turbulence").warning("the event handler %s was registered, but will not be called", type(handler).__name__)


class Controls:
    """Calls the hooks. Keeps one live object for each that they share, so that a control sees the same one in every hook of the run."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._live: Json = {}
        self._known: Dict[str, str] = {}
        self._contexts: Json = {}
        self._globals: List[Json] = []
        self._told: Dict[str, Any] = {}

    def configure(self, params: Json) -> Json:
        try:
            module = load(text_of(map_of(params, "provider"), "module"))
        except SystemExit as error:
            return dict(exited(error), hooks={})
        except Exception as error:
            return dict(outcome("crashed", error), hooks={})
        hooks = {}
        for hook, name in HOOKS.items():
            function = getattr(module, name, None)
            if callable(function) and hook != "configure":
                names = parameter_names(function)
                wanted = {"experiment" if each == "extensions" else each for each in names if each in OFFERED}
                hooks[hook] = sorted(wanted | {"context"}) if hook != "cleanup" else []
        if params.get("loadedSettings") is not None:
            self._live["loadedSettings"] = params["loadedSettings"]
        result = self.hook(dict(params, hook="configure"))
        if params.get("global") and result["end"] != "failed" and isinstance(params.get("control"), dict):
            self._globals.append(dict(params["control"], name=params.get("name")))
        return dict(result, hooks=hooks)

    def cleanup(self, params: Json) -> Json:
        return self.hook(dict(params, hook="cleanup"))

    def hook(self, params: Json) -> Json:
        hook = text_of(params, "hook")
        if hook not in HOOKS:
            raise ProtocolError(INVALID_PARAMS, "there is no hook '%s'" % hook)
        try:
            function = getattr(load(text_of(map_of(params, "provider"), "module")), HOOKS[hook], None)
        except SystemExit as error:
            return exited(error)
        except ProtocolError:
            raise
        except Exception as error:
            return outcome("crashed", error)
        if function is None:
            if hook == "configure":
                # What came with it is for the library's modules, and for the hooks that there are.
                with self._lock:
                    self._take(params)
            return {"end": "succeeded"}
        with self._lock:
            objects, known = self._take(params)
            self._tell_library()
        result = self._call(hook, function, objects, dict(map_of(params, "arguments")))
        with self._lock:
            changes = self._changes(objects, known)
        return dict(result, changes=changes) if changes else result

    @staticmethod
    def _call(hook: str, function: Any, objects: Json, arguments: Json) -> Json:
        names = parameter_names(function)
        if hook == "configure":
            objects = dict(objects, event_registry=Registry())
            given = dict(arguments)
            given.update((name, objects[name]) for name in names if name in KEPT or name == "event_registry")
        elif hook == "cleanup":
            given = {}
        else:
            given = dict(arguments, context=objects["context"])
            given.update((name, objects[name]) for name in names if name in OFFERED)
        try:
            call(function, given)
            return {"end": "succeeded"}
        except SystemExit as error:
            return exited(error)
        except Cancelled as error:
            return outcome("failed", error, "the hook was cancelled")
        except BaseException as error:
            return outcome("interrupted", error, str(error)) if is_interrupt(error) else outcome("failed", error)

    def _take(self, params: Json) -> Tuple[Json, Dict[str, str]]:
        """The live objects for one hook, brought up to date, and what `chaos` knows of each that is of this hook only."""
        for name in KEPT:
            if params.get(name) is not None:
                sent = canonical(params[name])
                # What a control changed since (in a thread of its own) stays, unless `chaos` has news.
                if sent != self._known.get(name):
                    self._live[name] = merged(self._live.get(name), params[name])
                    self._known[name] = sent
        objects = {name: self._live.get(name) for name in KEPT}
        objects["context"] = self._context(params)
        objects["state"] = params.get("state")
        experiment = objects["experiment"]
        objects["extensions"] = experiment.get("extensions") if isinstance(experiment, dict) else None
        return objects, {name: canonical(objects[name]) for name in ("context", "state")}

    def _tell_library(self) -> None:
        """What chaoslib's modules know of a run in the reference they know here, too: its activities, settings and global controls."""
        experiment, settings = self._live.get("experiment"), self._live.get("loadedSettings")
        for name, function, value, change in (
            ("chaoslib.caching", "cache_activities", experiment, id(experiment)),
            ("chaoslib.settings", "loaded_settings", settings, id(settings)),
            ("chaoslib.control", "set_global_controls", self._globals, len(self._globals)),
        ):
            module = sys.modules.get(name)
            told = getattr(module, function, None)
            if told is not None and value and self._told.get(name) != change:
                self._told[name] = change
                getattr(told, "set", told)(value)

    def _context(self, params: Json) -> Any:
        pointer, sent = params.get("contextPointer"), params.get("context")
        if pointer is None:
            return sent
        found, target = resolve(self._live.get("experiment"), pointer)
        if found and sent is not None and params.get("experiment") is None and canonical(sent) != canonical(target):
            target = merged(target, sent)
            self._known["experiment"] = canonical(self._live["experiment"])
        if found:
            return target
        self._contexts[pointer] = merged(self._contexts.get(pointer), sent)
        return self._contexts[pointer]

    def _changes(self, objects: Json, known: Dict[str, str]) -> Json:
        changes = {}
        for name in CHANGEABLE:
            before = known.get(name, self._known.get(name))
            if before is None:
                continue
            after = canonical(objects[name])
            if after != before:
                changes[name] = Plain(OUTPUT_DEPTH, exact=True).of(objects[name])
                if name in KEPT:
                    self._known[name] = after
        return changes


def merged(old: Any, new: Any) -> Any:
    """The old object with the content of the new one: who holds the old one, or a part of it, sees the new content."""
    if old is new:
        return old
    if type(old) is dict and type(new) is dict:
        for key in [key for key in old if key not in new]:
            del old[key]
        for key, value in new.items():
            old[key] = merged(old.get(key), value)
        return old
    if type(old) is list and type(new) is list:
        old[:] = [merged(old[at], value) if at < len(old) else value for at, value in enumerate(new)]
        return old
    return new


def resolve(document: Any, pointer: str) -> Tuple[bool, Any]:
    """What a JSON pointer (RFC 6901) names."""
    if document is None:
        return False, None
    try:
        for step in pointer.split("/")[1:]:
            step = step.replace("~1", "/").replace("~0", "~")
            document = document[int(step)] if isinstance(document, list) else document[step]
        return True, document
    except (KeyError, IndexError, ValueError, TypeError):
        return False, None
