"""Checks activities and controls without calling them."""

import types
from typing import Any, List

from turbulence_calls import Cancelled, load, map_of, shortened
from turbulence_values import Json, error_message


def problem(message: str, *path: str, severity: str = "error") -> Json:
    return {"severity": severity, "path": list(path), "message": shortened(message)}


def validate(params: Json) -> Json:
    return {
        "activities": [validate_activity(activity) for activity in params.get("activities") or []],
        "controls": [validate_control(control) for control in params.get("controls") or []],
    }


def validate_activity(activity: Json) -> List[Json]:
    provider = map_of(activity, "provider")
    name, module, func = activity.get("name"), provider.get("module"), provider.get("func")
    problems = []
    if not isinstance(module, str) or not module:
        problems.append(problem("a Python activity must have a module path", "provider", "module"))
    if not isinstance(func, str) or not func:
        problems.append(problem("a Python activity must have a function name", "provider", "func"))
    if problems:
        return problems
    try:
        loaded = load(module)
    except ImportError as error:
        text = "could not find Python module '%s' in activity '%s'" % (module, name)
        missing = error.name or ""
        if not (isinstance(error, ModuleNotFoundError) and (module + ".").startswith(missing + ".")):
            text += ": " + error_message(error)
        return [problem(text, "provider", "module")]
    except Cancelled:
        raise
    except BaseException as error:
        text = "could not import Python module '%s' in activity '%s': %s" % (module, name, error_message(error))
        return [problem(text, "provider", "module")]
    function = getattr(loaded, func, None)
    if not isinstance(function, (types.FunctionType, types.BuiltinFunctionType)):
        text = "The python module '%s' does not expose a function called '%s' in %s '%s'"
        return [problem(text % (module, func, activity.get("type"), name) + meant(loaded, func), "provider", "func")]
    return validate_arguments(function, func, provider.get("arguments"))


def meant(module: Any, func: str) -> str:
    from difflib import get_close_matches

    names = [name for name, value in vars(module).items() if isinstance(value, (types.FunctionType, types.BuiltinFunctionType)) and name != func]
    near = get_close_matches(func, names, 1, 0.75)
    return "; did you mean '%s'?" % near[0] if near else ""


def validate_arguments(function: Any, func: str, arguments: Any) -> List[Json]:
    import inspect

    if arguments is not None and not isinstance(arguments, dict):
        return [problem("the arguments of a Python activity must be a map", "provider", "arguments")]
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    arguments = arguments or {}
    named = [p for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    known = {p.name for p in named}
    supplied = {"configuration", "secrets"} | (known & set(arguments))
    required = [p.name for p in parameters if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    problems = [
        problem("required argument '%s' is missing from activity '%s'" % (name, func), "provider", "arguments")
        for name in required
        if name not in supplied
    ]
    if not any(p.kind == p.VAR_KEYWORD for p in parameters):
        problems += [
            problem("argument '%s' is not part of the function signature in activity '%s'" % (name, func), "provider", "arguments", name)
            for name in arguments
            if name not in known
        ]
    return problems


def validate_control(control: Json) -> List[Json]:
    name, module = control.get("name"), map_of(control, "provider").get("module")
    if not isinstance(module, str) or not module:
        return [problem("Control '%s' must have a module path" % name, "provider", "module")]
    try:
        loaded = load(module)
    except Cancelled:
        raise
    except BaseException as error:
        text = "Could not find Python module '%s' in control '%s'. Did you install the Python module? " % (module, name)
        text += "The experiment will carry on running nonetheless."
        if not (isinstance(error, ModuleNotFoundError) and (module + ".").startswith((error.name or "") + ".")):
            text += " (%s)" % error_message(error)
        return [problem(text, "provider", "module", severity="warning")]
    own = getattr(loaded, "validate_control", None)
    if own is None:
        return []
    try:
        own(control)
    except Cancelled:
        raise
    except BaseException as error:
        # What the library's own exceptions say is for people, and is a whole sentence.
        return [problem(str(error) if type(error).__module__ == "chaoslib.exceptions" and str(error) else error_message(error))]
    return []
