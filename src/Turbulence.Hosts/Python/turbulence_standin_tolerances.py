"""A stand-in for chaoslib.hypothesis: what a tolerance may be, and whether a value is within it."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Optional

from turbulence_standin_activities import ensure_activity_is_valid, invalid, library, run_activity
from turbulence_values import Json

WRONG_TYPE = (
    "hypothesis probe tolerance must either be an integer, a string, a boolean or a pair of values for boundaries. It can also be a "
    "dictionary which is a probe activity definition that takes an argument called `value` with the value of the probe itself to be validated"
)


def ensure_hypothesis_tolerance_is_valid(tolerance: Any) -> None:
    if not isinstance(tolerance, (bool, int, list, str, dict)):
        raise invalid(WRONG_TYPE)
    if not isinstance(tolerance, dict):
        return
    kind = tolerance.get("type")
    check = {"probe": ensure_activity_is_valid, "regex": check_regex, "jsonpath": check_jsonpath, "range": check_range}.get(kind)
    if check is None:
        raise invalid("hypothesis probe tolerance type '%s' is unsupported" % kind)
    check(tolerance)


def ensure_hypothesis_is_valid(experiment: Json) -> None:
    hypothesis = experiment.get("steady-state-hypothesis")
    if hypothesis is None:
        return
    if not hypothesis.get("title"):
        raise library("exceptions").InvalidExperiment("hypothesis requires a title")
    for probe in hypothesis.get("probes") or []:
        ensure_activity_is_valid(probe)
        if "tolerance" not in probe:
            raise invalid("hypothesis probe must have a tolerance entry")
        ensure_hypothesis_tolerance_is_valid(probe["tolerance"])


def check_regex(tolerance: Json) -> None:
    if "pattern" not in tolerance:
        raise invalid("hypothesis regex probe tolerance must have a `pattern` key")
    try:
        re.compile(tolerance["pattern"])
    except TypeError:
        raise invalid("hypothesis probe tolerance pattern %s has an invalid type" % tolerance["pattern"])
    except re.error as error:
        raise invalid("hypothesis probe tolerance pattern %s seems invalid: %s" % (error.pattern, error.msg))


def check_jsonpath(tolerance: Json) -> None:
    path = jsonpath()
    if "path" not in tolerance:
        raise invalid("hypothesis jsonpath probe tolerance must have a `path` key")
    text = tolerance["path"]
    if isinstance(text, str) and not text.strip():
        raise invalid("hypothesis probe tolerance JSON path cannot be empty")
    try:
        path.parse_str(text.strip())
    except ValueError:
        raise invalid("hypothesis probe tolerance JSON path %s is invalid" % text)


def check_range(tolerance: Json) -> None:
    bounds = tolerance.get("range")
    for wrong, text in (
        ("range" not in tolerance, "hypothesis range probe tolerance must have a `range` key"),
        (not isinstance(bounds, list), "hypothesis range must be a sequence"),
        (isinstance(bounds, list) and len(bounds) != 2, "hypothesis range sequence must be made of two values"),
    ):
        if wrong:
            raise invalid(text)
    for bound, side in zip(bounds or (), ("lower", "upper")):
        if not isinstance(bound, (int, float, Decimal)):
            raise invalid("hypothesis range %s boundary must be a number" % side)


def jsonpath() -> Any:
    try:
        from jsonpath2.path import Path
    except ImportError:
        raise invalid("Install the `jsonpath2` package to use a JSON path tolerance: `pip install chaostoolkit-lib[jsonpath]`.")
    return Path


def within_tolerance(tolerance: Any, value: Any, configuration: Optional[Json] = None, secrets: Optional[Json] = None) -> Optional[bool]:
    status = isinstance(value, dict) and "status" in value
    if isinstance(tolerance, (bool, str)):
        return bool(value == tolerance)
    if isinstance(tolerance, int):
        return bool((value["status"] if status else value) == tolerance)
    if isinstance(tolerance, list):
        if status:
            return value["status"] in tolerance
        return bool(tolerance[0] <= value <= tolerance[1]) if len(tolerance) == 2 else value in tolerance
    kinds = {"probe": within_probe, "regex": within_regex, "jsonpath": within_jsonpath, "range": within_range}
    check = kinds.get(tolerance.get("type")) if isinstance(tolerance, dict) else None
    return None if check is None else check(tolerance, value, configuration, secrets)


def targeted(tolerance: Json, value: Any) -> Any:
    return value.get(tolerance["target"], value) if tolerance.get("target") else value


def within_probe(tolerance: Json, value: Any, configuration: Optional[Json], secrets: Optional[Json]) -> bool:
    tolerance["provider"]["arguments"]["value"] = value
    try:
        return bool(run_activity(tolerance, configuration, secrets))
    except library("exceptions").ActivityFailed:
        return False


def within_regex(tolerance: Json, value: Any, configuration: Optional[Json], secrets: Optional[Json]) -> bool:
    pattern = library("").substitute(tolerance.get("pattern"), configuration, secrets)
    return re.search(pattern, targeted(tolerance, value)) is not None


def within_jsonpath(tolerance: Json, value: Any, configuration: Optional[Json], secrets: Optional[Json]) -> bool:
    import json

    substitute = library("").substitute
    path = jsonpath().parse_str(substitute(tolerance.get("path"), configuration, secrets))
    value = targeted(tolerance, value)
    if isinstance(value, bytes):
        value = value.decode("utf-8")
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            pass
    values = [match.current_value for match in path.match(value)]
    if "expect" in tolerance:
        expected = substitute(tolerance["expect"], configuration, secrets)
        return bool(values == (expected if isinstance(expected, list) else [expected]))
    return bool(values) if tolerance.get("count") is None else len(values) == tolerance["count"]


def within_range(tolerance: Json, value: Any, configuration: Optional[Json], secrets: Optional[Json]) -> bool:
    try:
        number = Decimal(targeted(tolerance, value))
    except InvalidOperation:
        return False
    low, high = tolerance["range"]
    return Decimal(low) <= number <= Decimal(high)


HYPOTHESIS = {
    "ensure_hypothesis_is_valid": ensure_hypothesis_is_valid, "within_tolerance": within_tolerance,
    "ensure_hypothesis_tolerance_is_valid": ensure_hypothesis_tolerance_is_valid,
}
