"""Logging: one line an event, nothing about people, no secrets.

Libraries log addresses, tokens and bodies at levels nobody watches; they may only warn here.
"""

import logging
import sys

LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"


def start_logging() -> None:
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format=LINE)
    logging.getLogger("bot").setLevel(logging.INFO)
    logging.getLogger("aiohttp.access").disabled = True
    logging.getLogger("aiohttp.server").addFilter(_without_address)


def _without_address(record: logging.LogRecord) -> bool:
    """aiohttp names the visitor's address in the line before a traceback."""
    record.msg, record.args = "a request failed", ()
    return True
