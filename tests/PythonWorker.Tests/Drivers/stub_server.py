"""As drivers of stub servers are written: where the server is stands in a map of the configuration, and its answers are lists."""

from typing import Any, Dict, List, Mapping, Optional

from chaoslib.types import Configuration
from logzero import logger

__all__ = ["add_mappings", "global_fixed_delay", "server_running"]


class ConfigurationError(Exception):
    pass


def check_configuration(c: Configuration = None) -> Dict[str, Any]:
    if c is None:
        raise ConfigurationError("Configuration is empty")
    if "stubs" not in c:
        raise ConfigurationError("Stub server configuration not present")
    for key in ("host", "port"):
        if key not in c["stubs"] and "url" not in c["stubs"]:
            raise ConfigurationError("Stub server configuration has no %s" % key)
    return c["stubs"]


def add_mappings(mappings: List[Any], configuration: Configuration = None) -> List[Any]:
    place = check_configuration(configuration)
    logger.debug("%d mappings to %s", len(mappings), place)
    return [{"id": number, "request": each} for number, each in enumerate(mappings)]


def global_fixed_delay(fixedDelay: int = 0, configuration: Configuration = None) -> int:
    check_configuration(configuration)
    return 1 if fixedDelay > 0 else -1


def server_running(configuration: Optional[Mapping[str, Any]] = None) -> int:
    check_configuration(configuration)
    return 1
