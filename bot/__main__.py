"""`python -m bot COMMAND`: each command imports only the door it opens."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from functools import partial

from bot.logs import start_logging
from bot.settings import Settings, read_settings
from flows.errors import Busy, DesmigratifError
from flows.rights import Role

COMMANDS = {
    "run": "everything in one process: database, kiosk and, with a token, Telegram",
    "chat": "talk in this terminal; reads lines, so a script can play a conversation",
    "web": "kiosk, health, metrics and, with WEBHOOK_URL, the Telegram webhook",
    "poll": "Telegram by long polling",
    "send": "the sender: notices and reminders, from the outbox to people's phones",
    "migrate": "bring the database to the present version",
    "check": "settings, content, catalogs, conversations: faults stop, warnings are listed",
    "invite": "print a one-time invitation for a role in an area",
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = ArgumentParser("python -m bot", description="The Desmigratif bot.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, does in COMMANDS.items():
        options = commands.add_parser(name, help=does, description=does)
        _options(name, options)
    given = parser.parse_args(arguments)
    if getattr(given, "role", None) and given.command == "chat" and not given.demo:
        parser.error("--as plays a role in Desa Contoh: add --demo")
    start_logging()
    try:
        return _open(given)(read_settings())
    except Busy:
        print(
            "The database is busy or not there. Try again, or check DATABASE_URL.", file=sys.stderr
        )
        return 1
    except DesmigratifError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:  # whoever read what we write has gone
        sys.stderr.close()
        return 0


def _options(name: str, options: ArgumentParser) -> None:
    if name == "check":
        options.add_argument("--links", action="store_true", help="ask the sources' addresses")
    if name in ("run", "chat"):
        rehearse = "on a throw-away database with Desa Contoh and its invented people"
        options.add_argument("--demo", action="store_true", help=rehearse)
    if name == "chat":
        roles = ("worker", "officer", "head", "coordinator")
        options.add_argument("--as", dest="role", choices=roles, help="with --demo: who you are")
    if name == "invite":
        options.add_argument("role", choices=("officer", "head", "coordinator", "admin"))
        options.add_argument("area", metavar="AREA_CODE", help="such as 33.07.10.2004, or 33.07")


def _open(given: Namespace) -> Callable[[Settings], int]:
    match given.command:
        case "chat":
            return partial(_chat, demo=given.demo, role=given.role or "worker")
        case "invite":
            return partial(_invite, role=given.role, area=given.area)
        case "migrate":
            return _migrate
        case "check":
            from bot.check import check

            return partial(check, links=given.links)
        case command:
            from bot import serving

            run = serving.rehearse if command == "run" and given.demo else serving.run
            return {"run": run, "web": serving.web, "poll": serving.poll, "send": serving.send}[
                command
            ]


def _chat(settings: Settings, *, demo: bool, role: Role) -> int:
    from bot import opening, terminal

    if demo:
        return _play(settings, role)
    opening.bring_up_to_date(settings)
    return terminal.main(opening.open_runner(settings))


def _play(settings: Settings, role: Role) -> int:
    from bot import opening, rehearsal, terminal

    with rehearsal.throw_away(settings) as ours:
        runner = opening.open_runner(ours, rehearsal=True)
        rehearsal.fill(runner, terminal.HERE, role)
        return terminal.main(runner, partial(rehearsal.meanwhile, runner, role))


def _invite(settings: Settings, *, role: Role, area: str) -> int:
    from bot import invite, opening

    opening.bring_up_to_date(settings)
    return invite.invite(opening.open_runner(settings), settings, role, area)


def _migrate(settings: Settings) -> int:
    from bot import opening

    opening.bring_up_to_date(settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
