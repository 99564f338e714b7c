"""`check --links`: whether the addresses in `sources.toml` still answer."""

import asyncio
from collections.abc import Iterable

import httpx

from flows.items import Source

SECONDS = 15.0
"""For one address; a page that takes longer is as good as gone for whoever wants to read it."""

AT_ONCE = 4
"""Addresses asked at the same time: they are other people's small servers."""

BROWSER = {"User-Agent": "Mozilla/5.0 (desmigratif; link check)"}
"""Some sites refuse what does not look like a browser."""


def unanswered(sources: Iterable[Source]) -> list[str]:
    """A warning for each address that does not answer, with the sources that name it."""
    named: dict[str, list[str]] = {}
    for source in sources:
        if source.address:
            named.setdefault(source.address, []).append(source.code)
    answers = asyncio.run(_asked(tuple(named)))
    return [
        f"sources.toml: {', '.join(named[address])}: {address} {fault}: look whether it has moved"
        for address, fault in answers
        if fault
    ]


async def _asked(addresses: tuple[str, ...]) -> list[tuple[str, str]]:
    turns = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(timeout=SECONDS, follow_redirects=True, headers=BROWSER) as client:
        faults = await asyncio.gather(*(_fault(client, turns, each) for each in addresses))
    return list(zip(addresses, faults, strict=True))


async def _fault(client: httpx.AsyncClient, turns: asyncio.Semaphore, address: str) -> str:
    """What is wrong with an address; empty for one that answers."""
    async with turns:
        try:
            async with client.stream("GET", address) as answer:  # the page itself is not read
                return "" if answer.is_success else f"answers {answer.status_code}"
        except httpx.InvalidURL:
            return "is no address"
        except httpx.HTTPError as error:
            return f"does not answer ({type(error).__name__})"
