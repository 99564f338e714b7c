"""What a visitor's form says, and how the page after it can repeat what was remarked."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.failures import sorry
from bot.messages import FILE_READ, Press, Said, SentFile, Words
from bot.screens import Reply
from bot.stepping import NO_FILES, NOT_UNDERSTOOD, STALE
from bot.tokens import Token
from flows.engine import GONE, NOT_HERE
from flows.text import Text, t

BODY_LIMIT = 16 * 1024
"""Bytes of a form, or of one field beside a file; ours have a few hundred."""

FIELDS = 8
"""Parts of a form with a file; ours has two."""

REMARKS: dict[str, Text] = {
    "not-understood": NOT_UNDERSTOOD,
    "old": STALE,
    "not-here": NOT_HERE,
    "gone": GONE,
    "no-files": NO_FILES,
    "erased": t("Semua data Anda sudah dihapus dari layanan ini."),
}
"""What a turn may say on its way through a redirect: a closed set, so that nobody can add to it."""

MALFORMED = (ValueError, LookupError, web.RequestPayloadError, HttpProcessingError)
"""What a body raises that is no form."""


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form, and its file where it has one that we take."""

    fields: dict[str, str]
    file: SentFile | None = None

    @property
    def token(self) -> str:
        return self.fields.get("token", "")

    @property
    def said(self) -> Said:
        """A file, a button, an entry at the top of the page, or typed words."""
        if self.file is not None:
            return self.file
        at = self.fields.get("at", "")
        if token := self.fields.get("say", ""):
            return Press(Token.parse(token), at)
        if entry := self.fields.get("open", ""):
            return Words.heard(f"@{entry}")
        return Words.heard(self.fields.get("words", ""), at)


async def read_form(request: web.Request, ours: Callable[[str], bool]) -> Form:
    """The form; of a body that is none, or far too large for ours, nothing.

    Our own page names the session's token before the file, and without it no file is read.
    """
    try:
        if request.content_type == "multipart/form-data":
            return await _with_file(request, ours)
        if (request.content_length or 0) > BODY_LIMIT:
            raise web.HTTPRequestEntityTooLarge(BODY_LIMIT, request.content_length or 0)
        form = await request.post()
    except MALFORMED:
        return Form({})
    return Form({name: value for name, value in form.items() if isinstance(value, str)})


async def _with_file(request: web.Request, ours: Callable[[str], bool]) -> Form:
    """Part by part as it comes, so that no more is read than is looked at."""
    fields: dict[str, str] = {}
    parts = await request.multipart()
    for _ in range(FIELDS):
        part = await parts.next()
        if not isinstance(part, BodyPartReader):
            break
        if part.filename is None:
            fields[part.name or ""] = (await _read(part, BODY_LIMIT)).decode("utf-8", "replace")
        elif part.name == "file" and ours(fields.get("token", "")):
            return Form(fields, SentFile(await _read(part, FILE_READ)))
        else:
            break
    return Form(fields)


async def _read(part: BodyPartReader, most: int) -> bytes:
    content = bytearray()
    while len(content) < most and not part.at_eof():
        content += await part.read_chunk()
    return bytes(content[:most])


def ending(reply: Reply) -> str | None:
    """The address's ending that lets the next page say what this reply remarked.

    None for what no address may say: such a page is shown at once.
    """
    if reply.place == "forgotten":
        return "?said=erased"
    if reply.remark is None:
        return ""
    for code, text in REMARKS.items():
        if text == reply.remark:
            return f"?said={code}"
    reference = dict(reply.remark.values).get("reference")
    return f"?said=failed.{reference}" if reference else None


def remark_of(code: str) -> Text | None:
    failed = re.fullmatch(r"failed\.([2-9A-Z]{6})", code)
    return sorry(failed[1]) if failed else REMARKS.get(code)
