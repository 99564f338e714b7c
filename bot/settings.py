"""Settings from the environment and `.env`: all checked at once, each fault with its remedy.

No secret is ever printed: a message names the setting, never its value.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from dotenv import dotenv_values

from flows.areas import level_of
from flows.errors import BadSettings
from storage.database import HOW_TO_MAKE_A_KEY
from storage.vault import KEY


@dataclass(frozen=True)
class Settings:
    """What an operator may set; the names are those of the environment, in lower case."""

    database_url: str = field(default="sqlite:///desmigratif.db", repr=False)
    telegram_bot_token: str = field(default="", repr=False)
    telegram_api_url: str = field(default="https://api.telegram.org", repr=False)
    webhook_url: str = ""
    webhook_secret: str = field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = 8080
    data_key: str = field(default="", repr=False)
    operator: str = ""
    area: str = ""
    send_rate: int = 25


NAMES = tuple(name.upper() for name in Settings.__dataclass_fields__)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The environment over `.env`; raises `BadSettings` with every fault."""
    if environment is None:
        environment = _written() | dict(os.environ)
    values = {
        name: environment[name].strip() for name in NAMES if environment.get(name, "").strip()
    }
    faults = list(_faults(values))
    if faults:
        raise BadSettings(faults)
    numbers = {name: int(values.pop(name)) for name in ("PORT", "SEND_RATE") if name in values}
    given: dict[str, Any] = {name.lower(): value for name, value in (values | numbers).items()}
    return Settings(**given)


def _written() -> dict[str, str]:
    try:
        return {name: value for name, value in dotenv_values(".env").items() if value is not None}
    except UnicodeDecodeError as error:
        raise BadSettings([".env: not plain text: save it as UTF-8"]) from error


def _faults(values: Mapping[str, str]) -> Iterator[str]:
    for name, check in CHECKS.items():
        if name in values and (fault := check(values[name])):
            yield f"{name}: {fault}"
    yield from _webhook_faults(values)
    if values.get("DATABASE_URL", "").startswith("postgres") and "DATA_KEY" not in values:
        yield f"DATA_KEY: required with PostgreSQL. {HOW_TO_MAKE_A_KEY}"


def _webhook_faults(values: Mapping[str, str]) -> Iterator[str]:
    if "WEBHOOK_URL" not in values:
        return
    if "WEBHOOK_SECRET" not in values:
        yield "WEBHOOK_SECRET: required with WEBHOOK_URL. Use 43 random letters and digits"
    if "TELEGRAM_BOT_TOKEN" not in values:
        yield "TELEGRAM_BOT_TOKEN: required with WEBHOOK_URL. BotFather gives it to you"


def _database(value: str) -> str:
    if re.match(r"sqlite:///.", value) or _is_address(value, "postgresql", "postgres"):
        return ""
    return "expected sqlite:///FILE or postgresql://USER@HOST/NAME"


def _token(value: str) -> str:
    if re.fullmatch(r"\d+:[A-Za-z0-9_-]{5,}", value):
        return ""
    return "expected digits, a colon and letters, as BotFather gave it"


def _address(value: str) -> str:
    if _is_address(value, "http", "https") and urlsplit(value).hostname and "?" not in value:
        return ""
    return "expected an address such as https://contoh.id, without spaces or a question mark"


def _is_address(value: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and parts.port != 0 and not re.search(r"\s", value)
    except ValueError:  # a port that is no number, half a bracket
        return False


def _secret(value: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9_-]{32,256}", value):
        return ""
    return "expected 32 to 256 letters, digits, _ or -"


def _port(value: str) -> str:
    whole = re.fullmatch(r"[0-9]{1,5}", value)
    return "" if whole and 0 < int(value) < 65536 else "expected 1 to 65535"


def _rate(value: str) -> str:
    whole = re.fullmatch(r"[0-9]{1,4}", value)
    return "" if whole and 0 < int(value) <= 1000 else "expected 1 to 1000 messages a second"


def _keys(value: str) -> str:
    if all(KEY.fullmatch(key.strip()) for key in value.split(",")):
        return ""
    return "expected one key, or several with commas, of 32 bytes in URL-safe base64 each"


def _operator(value: str) -> str:
    return "" if len(value) <= 80 else "expected at most 80 characters"


def _area(value: str) -> str:
    if level_of(value) == "village":
        return ""
    return "expected the official code of a village, such as 33.07.10.2004"


CHECKS: dict[str, Callable[[str], str]] = {
    "DATABASE_URL": _database,
    "TELEGRAM_BOT_TOKEN": _token,
    "TELEGRAM_API_URL": _address,
    "WEBHOOK_URL": _address,
    "WEBHOOK_SECRET": _secret,
    "PORT": _port,
    "DATA_KEY": _keys,
    "OPERATOR": _operator,
    "AREA": _area,
    "SEND_RATE": _rate,
}
"""For each setting, what is wrong with a value; an empty answer is no fault."""
