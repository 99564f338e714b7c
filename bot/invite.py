"""`invite`: an invitation by whoever runs the machine; how the first officers come in."""

import sys

import httpx

from bot.runner import Runner
from bot.settings import Settings
from flows.errors import BadSettings, Refused
from flows.officer.people import FITTING
from flows.rights import EVERYWHERE, Role

COUNTRY = "ID"
"""What stands for the whole country where an official code is expected."""


def invite(runner: Runner, settings: Settings, role: Role, area: str) -> int:
    """Print link and code; raises `BadSettings` for an area that is none or has no such role."""
    try:
        code = runner.invite(role, _area(runner, area))
    except Refused:
        levels = ", ".join(level for level, roles in FITTING.items() if role in roles)
        raise BadSettings(
            [f"{role} {area}: this role is for an area of this kind: {levels}"]
        ) from None
    finally:
        runner.database.close()
    if name := _bot(settings):
        print(f"https://t.me/{name}?start=invite_{code}")
    print(f"undangan {code}")
    print("One person, 24 hours. Send it to them directly, never to a group.", file=sys.stderr)
    return 0


def _area(runner: Runner, code: str) -> str:
    if code == COUNTRY:
        return EVERYWHERE
    with runner.database.look() as db:
        if runner.rows.areas.find(db, code) is None:
            raise BadSettings(
                [f"{code}: no area has this code. Expected one such as 33.07.10.2004"]
            )
    return code


def _bot(settings: Settings) -> str:
    """The bot's user name; empty without a token, or where Telegram does not answer."""
    if not settings.telegram_bot_token:
        return ""
    address = f"{settings.telegram_api_url.rstrip('/')}/bot{settings.telegram_bot_token}/getMe"
    try:
        return str(httpx.get(address, timeout=5).json()["result"]["username"])
    except (httpx.HTTPError, ValueError, KeyError):
        print("Telegram does not answer: here is the code without a link.", file=sys.stderr)
        return ""
