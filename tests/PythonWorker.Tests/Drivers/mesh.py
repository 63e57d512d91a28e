"""As drivers of service meshes are written: a context manager for the client, routes and faults as lists and maps."""

from contextlib import contextmanager
from typing import Any, Dict, Iterator, List

from chaoslib.exceptions import ActivityFailed
from chaoslib.types import Configuration, Secrets

__all__ = ["add_delay_fault", "remove_fault", "get_virtual_service"]


@contextmanager
def create_client(secrets: Secrets = None) -> Iterator[Dict[str, Any]]:
    client = {"context": (secrets or {}).get("KUBERNETES_CONTEXT"), "open": True}
    try:
        yield client
    finally:
        client["open"] = False


def add_delay_fault(virtual_service_name: str, fixed_delay: str, routes: List[Dict[str, str]], percentage: float = None, ns: str = "default",
                    version: str = "networking.istio.io/v1alpha3", configuration: Configuration = None, secrets: Secrets = None) -> Dict[str, Any]:
    return set_fault(virtual_service_name, routes, {"delay": {"fixedDelay": fixed_delay, "percentage": {"value": percentage or 100.0}}}, ns=ns, secrets=secrets)


def remove_fault(virtual_service_name: str, routes: List[Dict[str, str]], ns: str = "default", configuration: Configuration = None, secrets: Secrets = None) -> Dict[str, Any]:
    return set_fault(virtual_service_name, routes, None, ns=ns, secrets=secrets)


def get_virtual_service(virtual_service_name: str, ns: str = "default", configuration: Configuration = None, secrets: Secrets = None) -> Dict[str, Any]:
    with create_client(secrets) as client:
        if virtual_service_name == "missing":
            raise ActivityFailed("Virtual Service '{}' does not exist".format(virtual_service_name)) from KeyError(virtual_service_name)
        return {"metadata": {"name": virtual_service_name, "namespace": ns}, "context": client["context"]}


def set_fault(name: str, routes: List[Dict[str, str]], fault: Any, ns: str, secrets: Secrets) -> Dict[str, Any]:
    service = get_virtual_service(name, ns=ns, secrets=secrets)
    service["spec"] = {"http": [dict(route, fault=fault) for route in routes]}
    return service
