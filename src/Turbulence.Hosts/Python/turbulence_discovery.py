"""What extensions there are, and what one of them offers."""

from turbulence_calls import ProtocolError, call, exited, load, map_of, outcome, text_of
from turbulence_values import OUTPUT_DEPTH, Json, Plain, error_message


def describe(params: Json) -> Json:
    package = text_of(params, "name")
    try:
        module = load(package_module(package))
        discover = getattr(module, "discover", None)
        if not callable(discover):
            return {"end": "failed", "message": "package '%s' does not export a `discover` function" % module.__name__, "trace": []}
        return Plain(OUTPUT_DEPTH).of(call(discover, {"discover_system": bool(params.get("system"))}))
    except ProtocolError:
        raise
    except LookupError as error:
        if type(error) is LookupError:
            return {"end": "failed", "message": str(error), "trace": []}
        return outcome("failed", error)
    except ImportError as error:
        return outcome("failed", error, "could not load Python module '%s': %s" % (package, error_message(error)))
    except SystemExit as error:
        return exited(error)
    except Exception as error:
        return outcome("failed", error)


def package_module(package: str) -> str:
    """The module to import for a distribution's name, or for a module's own name."""
    from importlib import metadata, util

    try:
        distribution = metadata.distribution(package)
    except metadata.PackageNotFoundError:
        try:
            found = util.find_spec(package) is not None
        except (ImportError, ValueError):
            found = False
        if not found:
            raise LookupError("Package %s not found" % package) from None
        return package
    names = (distribution.read_text("top_level.txt") or "").split()
    files = [str(file).split("/") for file in distribution.files or []]
    names += [parts[0] for parts in files if len(parts) == 2 and parts[1] == "__init__.py"]
    names += [parts[0][:-3] for parts in files if len(parts) == 1 and parts[0].endswith(".py")]
    return next(iter(names), package.replace("-", "_"))


def list_extensions(params: Json) -> Json:
    from importlib import metadata

    found = {}
    for distribution in metadata.distributions():
        fields = distribution.metadata
        name = (fields.get("Name") or "").lower() if fields else ""
        if name.startswith("chaostoolkit-") and name != "chaostoolkit-lib" and name not in found:
            found[name] = {
                "name": fields.get("Name"),
                "version": fields.get("Version"),
                "license": fields.get("License-Expression") or fields.get("License"),
                "description": fields.get("Summary"),
            }
    return {"extensions": [found[name] for name in sorted(found)]}
