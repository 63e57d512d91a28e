"""As drivers of clouds are written: a client of configuration, secrets and the environment, answers as a library gives them."""

import os
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any, Dict, List, Union

from chaoslib.exceptions import FailedActivity
from chaoslib.types import Configuration, Secrets
from logzero import logger

__all__ = ["stop_instances", "describe", "count"]
Answer = Dict[str, Any]


def get_client(service: str, configuration: Configuration = None, secrets: Secrets = None) -> Dict[str, Any]:
    configuration = configuration or {}
    region = configuration.get("region") or os.getenv("CLOUD_REGION") or os.getenv("CLOUD_DEFAULT_REGION")
    if not region:
        logger.debug("The configuration key `region` is not set, and neither is the environment variable")
        raise FailedActivity("no region is given for {}".format(service))
    return {"service": service, "region": region, "key": (secrets or {}).get("access_key_id"), "profile": configuration.get("profile_name")}


def stop_instances(instance_ids: List[str] = None, az: str = None, filters: List[Dict[str, Any]] = None, force: bool = False,
                   configuration: Configuration = None, secrets: Secrets = None) -> List[Answer]:
    if not az and not instance_ids and not filters:
        raise FailedActivity("To stop instances, you must specify either the instance ids, an AZ to pick random instances from, or a set of filters.")
    client = get_client("compute", configuration, secrets)
    return [{"Id": each, "Region": client["region"], "Forced": force} for each in instance_ids or []]


def describe(configuration: Configuration = None, secrets: Secrets = None) -> Answer:
    return {"Since": datetime(2024, 5, 6, 7, 8, 9, tzinfo=timezone.utc), "Price": Decimal("0.10"), "Tags": ("a", "b"), "Key": (secrets or {}).get("access_key_id")}


def count(filters: List[Dict[str, Any]], configuration: Configuration = None, secrets: Secrets = None) -> Union[int, None]:
    return len(filters)
