"""As drivers of web frameworks are written: one request with Python's own library, and the status decides."""

import http.client
import json
from typing import Any, Dict
from urllib.parse import urlsplit

from chaoslib.exceptions import FailedActivity
from chaoslib.types import Configuration, Secrets

__all__ = ["enable_chaosmonkey", "watcher_configuration", "change_assaults"]


def call_api(base_url: str, api_endpoint: str, method: str = "GET", assaults: Dict[str, Any] = None, headers: Dict[str, Any] = None, timeout: float = 5):
    place = urlsplit(base_url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=timeout)
    try:
        connection.request(method, "%s/%s" % (place.path, api_endpoint), body=json.dumps(assaults) if assaults else None, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8")
    except OSError as failure:
        raise FailedActivity("cannot reach %s: %s" % (base_url, type(failure).__name__))
    finally:
        connection.close()


def enable_chaosmonkey(base_url: str, headers: Dict[str, Any] = None, timeout: float = 5, configuration: Configuration = None, secrets: Secrets = None) -> str:
    status, text = call_api(base_url, "enable", "POST", headers=headers, timeout=timeout)
    if status != 200:
        raise FailedActivity("Enable ChaosMonkey failed: {m}".format(m=text))
    return text


def watcher_configuration(base_url: str, headers: Dict[str, Any] = None, timeout: float = 5, configuration: Configuration = None, secrets: Secrets = None) -> Dict[str, Any]:
    status, text = call_api(base_url, "watchers", headers=headers, timeout=timeout)
    if status != 200:
        raise FailedActivity("Watcher configuration failed: {m}".format(m=text))
    return json.loads(text)


def change_assaults(base_url: str, assaults_configuration: Dict[str, Any], headers: Dict[str, Any] = None, timeout: float = 5,
                    configuration: Configuration = None, secrets: Secrets = None) -> str:
    return call_api(base_url, "assaults", "POST", assaults_configuration, headers, timeout)[1]
