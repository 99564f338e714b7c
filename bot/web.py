"""The web application: kiosk, health and metrics; the webhook is added by whoever serves it."""

from aiohttp import web

from bot.kiosk import Kiosk
from bot.runner import Runner
from flows.errors import Busy
from storage.database import version

COUNTED = ("turns", "repeated", "stale", "gone", "malformed", "busy", "failed", "slowed")
"""What `/metrics` tells: numbers of events, never of people."""


def application(runner: Runner, body_limit: int) -> web.Application:
    app = web.Application(client_max_size=body_limit)
    health = _Health(runner)
    app.router.add_get("/healthz", health.alive)
    app.router.add_get("/readyz", health.ready)
    app.router.add_get("/metrics", health.metrics)
    Kiosk(runner).add_to(app)
    return app


class _Health:
    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    async def alive(self, request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(self, request: web.Request) -> web.Response:
        try:
            await self._runner.database.perform(version, self._runner.database.engine)
        except Busy:
            return web.Response(status=503, text="the database is not there\n")
        return web.Response(text="ok\n")

    async def metrics(self, request: web.Request) -> web.Response:
        lines = [
            f"# TYPE desmigratif_{name}_total counter\n"
            f"desmigratif_{name}_total {self._runner.counts[name]}\n"
            for name in COUNTED
        ]
        return web.Response(text="".join((*lines, *await self._deliveries())))

    async def _deliveries(self) -> list[str]:
        """Nothing where the database is not there: the other numbers are told all the same."""
        try:
            counts = await self._runner.database.perform(self._runner.deliveries)
        except Busy:
            return []
        lines = (f'desmigratif_deliveries{{state="{state}"}} {n}\n' for state, n in counts.items())
        return ["# TYPE desmigratif_deliveries gauge\n", *lines]
