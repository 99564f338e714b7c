"""What people chose to receive: a topic about an area, in the clear so that it can be asked."""

from sqlalchemy import Connection, delete, select

from storage.models import SubscriptionRow, insertion, table

SUBSCRIPTION = table(SubscriptionRow)


class Subscriptions:
    """The repository of subscriptions."""

    def add(self, db: Connection, person: int, topic: str, area: str) -> None:
        """Somebody who has it already keeps it."""
        row = {"person_id": person, "topic": topic, "area": area}
        db.execute(insertion(db.dialect, SUBSCRIPTION).on_conflict_do_nothing(), row)

    def remove(self, db: Connection, person: int, topic: str) -> int:
        """A topic about all areas, or with `""` everything; how many there were."""
        gone = delete(SUBSCRIPTION).where(SUBSCRIPTION.c.person_id == person)
        return db.execute(gone.where(SUBSCRIPTION.c.topic == topic) if topic else gone).rowcount

    def of(self, db: Connection, person: int) -> tuple[tuple[str, str], ...]:
        """Topic and area of each."""
        rows = db.execute(
            select(SUBSCRIPTION.c.topic, SUBSCRIPTION.c.area)
            .where(SUBSCRIPTION.c.person_id == person)
            .order_by(SUBSCRIPTION.c.topic, SUBSCRIPTION.c.area)
        )
        return tuple((row.topic, row.area) for row in rows)
