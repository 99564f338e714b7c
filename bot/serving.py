"""The commands that stay, `run`, `web`, `poll`, `send`: each a task group that owns the signals."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

from aiohttp.web import Application, AppRunner, TCPSite

from bot.opening import bring_up_to_date, open_runner
from bot.runner import Runner
from bot.settings import Settings
from flows.errors import BadSettings, DesmigratifError

log = logging.getLogger(__name__)

DOORS_OPEN = 1
"""Seconds after which the doors have opened, and there is time for what nobody waits for."""

MINUTE = 60
BODY_LIMIT = 1024 * 1024
"""Bytes of a request: an update or a form, both far smaller."""

Service = Callable[[Runner, Settings], Coroutine[Any, Any, None]]


def run(settings: Settings) -> int:
    """Database, kiosk and, with a token, Telegram by polling."""
    bring_up_to_date(settings)
    return _serve(settings, *_everything(settings))


def rehearse(settings: Settings) -> int:
    """The same with Desa Contoh, on a database that is gone afterwards."""
    from bot.rehearsal import open_for_all, throw_away

    with throw_away(settings) as ours:
        services = dict.fromkeys((*_everything(ours), _send))  # what is invented is said to nobody
        return _serve(ours, *services, prepare=open_for_all)


def _everything(settings: Settings) -> tuple[Service, ...]:
    if not settings.telegram_bot_token:
        return (_site,)
    return (_site, _send) if settings.webhook_url else (_site, _poll, _send)


def web(settings: Settings) -> int:
    return _serve(settings, _site)


def poll(settings: Settings) -> int:
    if not settings.telegram_bot_token:
        raise BadSettings(["TELEGRAM_BOT_TOKEN: required to poll. BotFather gives it to you"])
    return _serve(settings, _poll)


def send(settings: Settings) -> int:
    if not settings.telegram_bot_token:
        raise BadSettings(["TELEGRAM_BOT_TOKEN: required to send. BotFather gives it to you"])
    return _serve(settings, _send)


def _serve(
    settings: Settings, *services: Service, prepare: Callable[[Runner], None] | None = None
) -> int:
    runner = open_runner(settings, rehearsal=prepare is not None)
    try:
        if prepare:
            prepare(runner)
        with asyncio.Runner(loop_factory=_loop_factory()) as loop:
            loop.run(_until_told(runner, settings, services))
    except ExceptionGroup as group:
        raise _plainest(group) from group
    finally:
        runner.database.close()
    return 0


def _plainest(group: ExceptionGroup[Exception]) -> Exception:
    """The error that teaches, where a service ended with one; else all that happened."""
    taught = group.subgroup(DesmigratifError)
    return taught.exceptions[0] if taught else group


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # not made for Windows
        return None
    return uvloop.new_event_loop


async def _until_told(runner: Runner, settings: Settings, services: tuple[Service, ...]) -> None:
    """All services until SIGINT or SIGTERM; the first that fails ends all."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows ends by KeyboardInterrupt instead
            loop.add_signal_handler(sign, told.set)
    services = (_sweep, _catalogs, *services)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(service(runner, settings)) for service in services]
        await told.wait()
        for task in tasks:
            task.cancel()


async def _catalogs(runner: Runner, settings: Settings) -> None:
    """Once the doors are open, in a thread: catalogs and area names, so that no turn waits."""
    await asyncio.sleep(DOORS_OPEN)
    languages = [language.code for language in runner.service.languages]
    await asyncio.to_thread(runner.catalogs.read, languages)
    await asyncio.to_thread(runner.rows.read_atlas)
    gc.freeze()  # what lives as long as the process is not looked at again and again


async def _sweep(runner: Runner, settings: Settings) -> None:
    """Every minute, in a thread: erase whoever's time has come."""
    while True:
        await asyncio.sleep(MINUTE)
        try:
            await asyncio.to_thread(runner.sweep)
        except Exception as error:  # busy, or gone: the doors must stay open for emergencies
            log.warning("nobody was forgotten this minute: error=%s", type(error).__name__)


async def _site(runner: Runner, settings: Settings) -> None:
    """The kiosk, and with WEBHOOK_URL Telegram's webhook, until cancelled."""
    from bot.web import application

    app = application(runner, BODY_LIMIT)
    async with AsyncExitStack() as stack:
        register = None
        if settings.webhook_url:
            from bot.telegram_updates import webhook

            register = await stack.enter_async_context(webhook(runner, settings, app))
        await stack.enter_async_context(_listening(app, settings))
        if register:  # the kiosk serves while Telegram is away
            await register()
        await asyncio.Event().wait()


@asynccontextmanager
async def _listening(app: Application, settings: Settings) -> AsyncGenerator[None, None]:
    site_runner = AppRunner(app, access_log=None)
    await site_runner.setup()
    try:
        await TCPSite(site_runner, settings.host, settings.port).start()
    except OSError as error:
        where = f"HOST, PORT: {settings.host}:{settings.port}"
        raise BadSettings([f"{where} cannot be used: {error.strerror}"]) from error
    print(f"Kiosk: http://{settings.host}:{settings.port}", file=sys.stderr, flush=True)
    try:
        yield
    finally:
        await site_runner.cleanup()


async def _poll(runner: Runner, settings: Settings) -> None:
    from bot.telegram_updates import poll_for_ever

    await poll_for_ever(runner, settings)


async def _send(runner: Runner, settings: Settings) -> None:
    from bot.sender.opening import send_for_ever

    await send_for_ever(runner, settings)
