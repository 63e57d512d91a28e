"""Probes, an action and a control for the sample of random numbers."""

from chaoslib.discovery.discover import discover_actions, discover_probes, initialize_discovery_result
from chaoslib.types import Discovery

__version__ = "0.1.0"
__all__ = ["discover"]


def discover(discover_system: bool = True) -> Discovery:
    """What this extension offers; `chaos discover number_drills` calls it."""
    discovery = initialize_discovery_result("number_drills", __version__, "random-numbers")
    discovery["activities"].extend(discover_probes("number_drills.probes"))
    discovery["activities"].extend(discover_actions("number_drills.actions"))
    return discovery
