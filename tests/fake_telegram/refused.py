"""How Telegram says no, and the JSON that it says everything in."""

from http import HTTPStatus
from typing import Any

Json = dict[str, Any]


class Refused(Exception):
    """Telegram's answer to a call that it does not carry out."""

    def __init__(self, reason: str = "", status: int = 400, **parameters: int) -> None:
        phrase = HTTPStatus(status).phrase
        self.status = status
        self.description = f"{phrase}: {reason}" if reason else phrase
        self.parameters = parameters
        super().__init__(self.description)

    @property
    def body(self) -> Json:
        body: Json = {"ok": False, "error_code": self.status, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})
