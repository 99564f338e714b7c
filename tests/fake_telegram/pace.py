"""How fast Telegram lets a bot send."""

import math
from collections import defaultdict, deque


class Pace:
    """30 messages a second for the bot; into one chat three at once, then one a second."""

    def __init__(self, rate: int = 30) -> None:
        self._rate = rate
        self._sent: deque[float] = deque()
        self._booked: defaultdict[int, float] = defaultdict(float)

    def seconds_to_wait(self, chat_id: int, new: bool, now: float) -> int:
        """0 counts the message as sent; an edit (not `new`) counts for the bot alone."""
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        for_bot = self._sent[0] + 1 - now if len(self._sent) >= self._rate else 0.0
        for_chat = self._booked[chat_id] - now - 2 if new else 0.0
        if (wait := max(for_bot, for_chat)) > 0:
            return math.ceil(wait)
        self._sent.append(now)
        if new:
            self._booked[chat_id] = max(self._booked[chat_id], now) + 1
        return 0
