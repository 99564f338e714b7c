"""When a turn fails through our fault: what the person is told, and what the log may say."""

import logging
import re
import traceback

from bot.messages import Message, Press
from flows.text import Text, t

log = logging.getLogger(__name__)


def sorry(reference: str) -> Text:
    return t(
        "Maaf, ada kesalahan di pihak kami. Data Anda aman. Nomor kejadian: {reference}.",
        reference=reference,
    )


def log_failure(
    reference: str, message: Message, place: str, revision: int, error: Exception
) -> None:
    """Place, kind of choice, revision; never words, names or numbers, nor what an error quotes."""
    choice = message.said.token.choice if isinstance(message.said, Press) else ""
    kind = re.match(r"[a-z-]{0,20}", choice)
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    log.error(
        "turn failed: reference=%s door=%s place=%s choice=%s revision=%d error=%s at %s",
        reference, message.address.door, place, kind[0] if kind else "", revision,
        type(error).__name__, " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames),
    )  # fmt: skip
