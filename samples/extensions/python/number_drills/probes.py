"""Probes that look at who draws the numbers, and how many different ones come."""

import re
from collections import Counter
from typing import Dict
from urllib.error import HTTPError
from urllib.request import urlopen

from chaoslib.exceptions import ActivityFailed
from chaoslib.types import Configuration
from logzero import logger

__all__ = ["answered_by", "numbers_seen"]

ANSWER = re.compile(r"response from service: (\w+) \(\d+\): (\d+)\s*")


def answered_by(count: int = 20, configuration: Configuration = None) -> Dict[str, int]:
    """How many of some requests each server answered."""
    servers = Counter(server for server, _ in _draw(10, count, configuration))
    logger.info("%d requests were answered by %s", count, ", ".join(sorted(servers)))
    return dict(servers)


def numbers_seen(highest: int = 10, count: int = 100, configuration: Configuration = None) -> set:
    """The different numbers that come, of many draws from 0 to the highest."""
    return {number for _, number in _draw(highest, count, configuration)}


def _draw(highest, count, configuration):
    address = "%s/index/%d" % ((configuration or {}).get("require_rand", "http://localhost:8001"), highest)
    for _ in range(count):
        try:
            with urlopen(address, timeout=5) as response:
                text = response.read().decode()
        except (HTTPError, OSError) as error:
            raise ActivityFailed("%s: %s" % (address, error)) from error
        answer = ANSWER.fullmatch(text)
        if not answer:
            raise ActivityFailed("%s: expected a number, got %r" % (address, text))
        yield answer.group(1), int(answer.group(2))
