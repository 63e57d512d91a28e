"""As drivers of network proxies are written: their address stands in the configuration as text, and what goes wrong is an assertion."""

from typing import Any, Dict

from chaoslib.types import Configuration
from logzero import logger

__all__ = ["create_proxy", "disable_proxy", "create_latency_toxic", "proxy_exist"]
proxies: Dict[str, Dict[str, Any]] = {}


def api_url(configuration: Configuration = None) -> str:
    if not configuration:
        raise Exception("Configuration is missing for the proxy")
    if "proxy_url" in configuration:
        return configuration["proxy_url"]
    return "http://{}:{}".format(configuration.get("proxy_host", "127.0.0.1"), configuration.get("proxy_port", 8474))


def create_proxy(proxy_name: str, upstream_host: str, upstream_port: int, listen_host: str = "0.0.0.0", listen_port: int = 0,
                 enabled: bool = True, configuration: Configuration = None):
    proxies[proxy_name] = {"name": proxy_name, "upstream": "%s:%d" % (upstream_host, upstream_port), "enabled": enabled, "api": api_url(configuration)}
    return proxies[proxy_name]


def disable_proxy(proxy_name: str, configuration: Configuration = None):
    api_url(configuration)
    assert proxy_name in proxies, "Proxy %s was not found" % proxy_name
    proxies[proxy_name]["enabled"] = False
    logger.debug("Disabled proxy: %s", proxy_name)
    return proxies[proxy_name]


def create_latency_toxic(for_proxy: str, toxic_name: str, latency: int, jitter: int = 0, configuration: Configuration = None) -> bool:
    return for_proxy in proxies


def proxy_exist(proxy_name: str, configuration: Configuration = None) -> bool:
    return proxy_name in proxies
