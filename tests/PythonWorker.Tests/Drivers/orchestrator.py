"""As drivers of container orchestrators are written: a client of secrets or of the environment, namespaces, label selectors."""

import logging
import os
from typing import Any, Dict, List, Optional

from chaoslib.discovery.discover import discover_actions, discover_probes, initialize_discovery_result
from chaoslib.exceptions import ActivityFailed, DiscoveryFailed
from chaoslib.types import Discovery, DiscoveredActivities, DiscoveredSystemInfo, Secrets

__version__ = "0.30.0"
__all__ = ["__version__", "discover", "terminate_pods", "pods_in_phase"]
logger = logging.getLogger("chaostoolkit")


def has_local_config_file() -> bool:
    return os.path.exists(os.path.expanduser(os.environ.get("KUBECONFIG", "~/.no-such/config")))


def create_client(secrets: Secrets = None) -> Dict[str, str]:
    def lookup(name: str, default: Optional[str] = None) -> Optional[str]:
        return (secrets or {}).get(name, os.environ.get(name, default))

    if not lookup("KUBERNETES_HOST") and not has_local_config_file():
        raise ActivityFailed("no host and no configuration of the cluster")
    return {"host": lookup("KUBERNETES_HOST"), "context": lookup("KUBERNETES_CONTEXT", "default")}


def terminate_pods(label_selector: str = None, name_pattern: str = None, all: bool = False, rand: bool = False, mode: str = "fixed",
                   qty: int = 1, grace_period: int = -1, ns: str = "default", order: str = "alphabetic", secrets: Secrets = None) -> List[str]:
    client = create_client(secrets)
    if qty <= 0:
        raise ActivityFailed("Cannot terminate pods. Quantity '{}' is not positive".format(qty))
    logger.debug("Found %d pods labelled '%s' in ns %s", qty, label_selector, ns)
    return ["%s/%s/%s-%d" % (client["context"], ns, label_selector, number) for number in range(qty)]


def pods_in_phase(label_selector: str, phase: str = "Running", ns: str = "default", secrets: Secrets = None) -> bool:
    create_client(secrets)
    if phase != "Running":
        raise ActivityFailed("pod '{}' is in phase '{}' but should be '{}'".format(label_selector, "Running", phase))
    return True


def discover(discover_system: bool = True) -> Discovery:
    logger.info("Discovering capabilities of the orchestrator")
    discovery = initialize_discovery_result("chaostoolkit-orchestrator", __version__, "orchestrator")
    discovery["activities"].extend(load_exported_activities())
    if discover_system and has_local_config_file():
        discovery["system"] = explore()
    return discovery


def load_exported_activities() -> List[DiscoveredActivities]:
    activities = []
    activities.extend(discover_actions("orchestrator"))
    return activities


def explore() -> DiscoveredSystemInfo:
    raise DiscoveryFailed("there is no cluster")
