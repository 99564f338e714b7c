"""What writing and sending a notice share: the row as it was seen, and what makes it a draft again.

A notice changes only from what was seen: an effect names the version that its screen showed, and
the row is written only if it is still that one.
"""

from collections.abc import Sequence, Set
from dataclasses import replace

from sqlalchemy import Connection

from bot.asking import Asking
from bot.clock import DAY
from bot.notice_nudges import nudge
from bot.work import GONE, Work
from flows.errors import Refused
from flows.notices.kept import DRAFT_DAYS, Stage
from flows.notices.message import Nudge
from flows.text import t
from storage import offices
from storage.notices import Kept, Notices

CHANGED = t("Pengumuman ini baru saja berubah. Lihat lagi sebelum melanjutkan.")


class NoticeDesk(Work):
    @property
    def notices(self) -> Notices:
        return self.rows.notices

    def as_seen(
        self,
        area: str,
        notice: int,
        asking: Asking,
        stages: Set[Stage],
        version: int | None = None,
    ) -> Kept:
        """The notice, held until the turn ends; refuses one that is not as it was seen."""
        kept = self.notices.find(asking.db, notice, hold=True)
        if kept is None or kept.area != area:
            raise Refused(GONE)
        if kept.stage not in stages or version not in (None, kept.version):
            raise Refused(CHANGED)
        return kept

    def save(self, old: Kept, new: Kept, db: Connection) -> None:
        if not self.notices.save(db, old, new):
            raise Refused(CHANGED)

    def tell(self, db: Connection, kind: Nudge, kept: Kept, whom: Sequence[offices.Kept]) -> None:
        nudge(self.rows.outbox, db, kind, kept.id, whom, self.clock.now())

    def drafts(self, asking: Asking) -> tuple[Kept, ...]:
        return self.notices.drafts(asking.db, [office.id for office in self.held(asking)])

    def add_numbered(self, db: Connection, kept: Kept) -> None:
        """Under a number that is free: nobody can guess which ones are taken."""
        while not self.notices.add(db, replace(kept, number=self.clock.number())):
            continue

    def drafted(self, old: Kept) -> Kept:
        """The same as a draft that nobody has seen: whatever was agreed to is void."""
        now = self.clock.now()
        return replace(
            old, stage="draft", version=old.version + 1, approved_by=0, go_at=0, topics=(),
            changed_at=now, forget_at=now + DRAFT_DAYS * DAY,
        )  # fmt: skip
