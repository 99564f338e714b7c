"""What Telegram accepts in a call: texts, inline buttons, commands and their scopes."""

import re
from functools import lru_cache

from tests.fake_telegram.refused import Json, Refused
from tests.telegram_html import BadHtml, length, length_in_bytes, visible

# Control characters become spaces; what turns or breaks lines secretly disappears.
UNSEEN: dict[int, str | None] = {
    **dict.fromkeys(range(32), " "),
    **dict.fromkeys([13, 0x2028, 0x2029, *range(0x202A, 0x202F)]),
    10: "\n",
}
ACTION = re.compile(
    "url|callback_data|web_app|login_url|switch_inline_query(_current_chat|_chosen_chat)?"
    "|copy_text|callback_game|pay"
)
SCOPE = re.compile(
    "default|all_private_chats|all_group_chats|all_chat_administrators"
    "|chat|chat_administrators|chat_member"
)
read_html = lru_cache(maxsize=64)(visible)
"""A broadcast is read once, however many get it."""

BUTTON = "can't parse inline keyboard button:"


def read_text(params: Json, field: str = "text", most: int = 4096) -> str:
    """What a person will read of a text or caption, or `Refused`."""
    raw, mode = str(params.get(field) or ""), str(params.get("parse_mode") or "").lower()
    if mode not in ("", "html"):
        raise Refused("unsupported parse_mode")
    try:
        raw.encode()
        text = (read_html(raw) if mode else raw).translate(UNSEEN).strip()
    except UnicodeEncodeError:
        raise Refused("strings must be encoded in UTF-8") from None
    except BadHtml as bad:
        raise Refused(str(bad)) from bad
    if length(text) > most:
        raise Refused("message is too long" if field == "text" else "message caption is too long")
    if field == "text" and not text:
        raise Refused("message text is empty")
    return text


def read_markup(markup: object) -> Json:
    """Reply markup after checking every inline button."""
    if markup is None:
        return {}
    if not isinstance(markup, dict):
        raise Refused("object expected as reply markup")
    checked: Json = {str(key): value for key, value in markup.items()}  # pyright: ignore
    buttons = [button for row in checked.get("inline_keyboard", []) for button in row]
    if len(buttons) > 100:
        raise Refused("reply markup is too long")
    for button in buttons:
        _check_button(button)
    return checked


def _check_button(button: Json) -> None:
    if not str(button.get("text") or "").strip():
        raise Refused(f"{BUTTON} Text must be non-empty")
    given = [name for name, value in button.items() if value is not None]
    actions = [name for name in given if ACTION.fullmatch(name)]
    if not actions:
        raise Refused(f"{BUTTON} Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise Refused(f"{BUTTON} Exactly one action is allowed, found {', '.join(actions)}")
    if "callback_data" in actions and not 1 <= length_in_bytes(button["callback_data"]) <= 64:
        raise Refused("BUTTON_DATA_INVALID")


def read_commands(commands: list[Json]) -> list[Json]:
    if len(commands) > 100:
        raise Refused("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch("[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise Refused("BOT_COMMAND_INVALID")
        if not 1 <= length(str(command.get("description", ""))) <= 256:
            raise Refused("BOT_COMMAND_DESCRIPTION_INVALID")
    return commands


def read_scope(params: Json) -> tuple[str, int, str]:
    """Whom commands are for: kind of scope, chat (0 for all), language ("" for the rest)."""
    scope: Json = params.get("scope") or {"type": "default"}
    language = str(params.get("language_code") or "")
    if not SCOPE.fullmatch(str(scope.get("type"))):
        raise Refused("can't parse BotCommandScope: Unsupported type specified")
    if not re.fullmatch("(?:[a-z]{2})?", language):
        raise Refused("LANG_CODE_INVALID")
    return scope["type"], int(scope.get("chat_id") or 0), language
