"""Every limit of what we show and hear, with what hitting it means."""

CHOICES = 8
"""Choices on one screen besides navigation; the engine cuts longer lists into pages."""

WORDS_HEARD = 1_000
"""Characters of a message that are looked at; the rest of a longer one is not read."""

PROSE = 700
"""Characters of running text on one screen; more and people stop reading: split by meaning."""

LABEL = 48
"""Characters of a button in any language; more is cut off on a small phone: a test refuses it."""

TELEGRAM_TEXT = 4_096
"""Characters of one Telegram message after its marks are read; Telegram refuses a longer one."""

TELEGRAM_TOKEN = 64
"""Bytes of data behind a Telegram button; Telegram refuses a longer one."""
