"""What a delivery says, in the language of its reader at this moment, as Telegram takes it."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, cast

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.runner import Runner
from bot.screens import Button, Reply, render
from bot.sender.speaker import Ready
from bot.telegram_markup import html, keyboard
from flows.notices import message
from flows.notices.message import Letter, Nudge
from storage.notices import Kept
from storage.outbox import Claimed
from storage.outbox_audience import COPY

log = logging.getLogger(__name__)

REMEMBERED = 256
"""Letters: a notice in every language, what became of it, and the nudges."""

PLACE = "letter"

Unsaid = Literal["over", "failed"]
"""There is nothing to say any more, or we could not put it into words."""


class Letters:
    """Each letter is made once for as long as its notice stays what it is."""

    def __init__(self, runner: Runner) -> None:
        self._runner, self._rows = runner, runner.rows
        self._made: dict[tuple[object, ...], Ready] = {}

    def all(self, db: Connection, claimed: Sequence[Claimed]) -> list[Ready | Unsaid]:
        """What to say, or why nothing is said; each notice is read once."""
        copies = {it.about for it in claimed if it.kind == COPY}
        notices = {about: self._rows.notices.find(db, about) for about in copies}
        return [self._one(db, it, notices.get(it.about)) for it in claimed]

    def _one(self, db: Connection, claimed: Claimed, kept: Kept | None) -> Ready | Unsaid:
        if claimed.kind == COPY and not _holds(claimed, kept):
            return "over"
        try:
            return self._kept(db, claimed, kept)
        except SQLAlchemyError:
            raise
        except Exception as error:  # one letter of ours that fails must not hold up the others
            log.error("a letter failed: kind=%s error=%s", claimed.kind, type(error).__name__)
            return "failed"

    def _kept(self, db: Connection, claimed: Claimed, kept: Kept | None) -> Ready:
        which = (kept.id, kept.version, kept.changed_at) if kept else claimed.kind
        key = (which, claimed.task, claimed.language)
        if key not in self._made:
            if len(self._made) >= REMEMBERED:
                self._made.clear()
            self._made[key] = self._render(self._letter(db, claimed, kept), claimed.language)
        return self._made[key]

    def _letter(self, db: Connection, claimed: Claimed, kept: Kept | None) -> Letter:
        if kept is None:
            return message.nudge(cast(Nudge, claimed.kind))
        notice = self._rows.about_notices.notice(kept, db)
        if claimed.task == "send":
            return message.letter(notice, self._runner.service.library)
        return message.changed(notice, claimed.task)

    def _render(self, letter: Letter, language: str) -> Ready:
        catalogs = self._runner.catalogs
        screen = render(Reply(letter.screen, language, 0, PLACE), catalogs)
        ways = tuple(
            Button(catalogs.say(way.label, language), f"@{way.entry}") for way in letter.ways
        )
        screen = replace(screen, buttons=ways, navigation=())
        return Ready(html(screen), keyboard(screen))


def _holds(claimed: Claimed, kept: Kept | None) -> bool:
    """What was stopped a moment ago is not sent any more."""
    return kept is not None and (claimed.task != "send" or kept.stage == "sending")
