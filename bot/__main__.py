"""`python -m bot COMMAND`: each command imports only the door it opens."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from functools import partial

from bot.logs import start_logging
from bot.settings import Settings, read_settings
from flows.errors import Busy, DesmigratifError

COMMANDS = {
    "run": "everything in one process: database, kiosk and, with a token, Telegram",
    "chat": "talk in this terminal; reads lines, so a script can play a conversation",
    "web": "kiosk, health, metrics and, with WEBHOOK_URL, the Telegram webhook",
    "poll": "Telegram by long polling",
    "migrate": "bring the database to the present version",
    "check": "settings, content, catalogs, conversations: faults stop, warnings are listed",
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = ArgumentParser("python -m bot", description="The Desmigratif bot.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, does in COMMANDS.items():
        options = commands.add_parser(name, help=does, description=does)
        if name == "check":
            options.add_argument("--links", action="store_true", help="ask the sources' addresses")
    given = parser.parse_args(arguments)
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


def _open(given: Namespace) -> Callable[[Settings], int]:
    match given.command:
        case "chat":
            return _chat
        case "migrate":
            return _migrate
        case "check":
            from bot.check import check

            return partial(check, links=given.links)
        case command:
            from bot import serving

            return {"run": serving.run, "web": serving.web, "poll": serving.poll}[command]


def _chat(settings: Settings) -> int:
    from bot import opening, terminal

    opening.bring_up_to_date(settings)
    return terminal.main(opening.open_runner(settings))


def _migrate(settings: Settings) -> int:
    from bot import opening

    opening.bring_up_to_date(settings)
    return 0


if __name__ == "__main__":
    sys.exit(main())
