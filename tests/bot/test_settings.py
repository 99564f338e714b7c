"""Settings: what may be set, and that whatever cannot work is named with its remedy, unquoted."""

from pathlib import Path

import pytest

from bot.settings import NAMES, Settings, read_settings
from flows.errors import BadSettings
from tests.conftest import KEY

TOKEN = "123456789:AAExampleTokenOfNobody-_abc"
SECRET = "Secret_of-the-webhook-43-letters-and-digits"
OTHER_KEY = "b3RoZXIta2V5LW90aGVyLWtleS1vdGhlci1rZXktb3Q="

SECRETS = ("TELEGRAM_BOT_TOKEN", "WEBHOOK_SECRET", "DATA_KEY")

GOOD = {
    "DATABASE_URL": "postgresql://desa@127.0.0.1/desmigratif",
    "TELEGRAM_BOT_TOKEN": TOKEN,
    "TELEGRAM_API_URL": "http://127.0.0.1:8081",
    "WEBHOOK_URL": "https://contoh.id/bot",
    "WEBHOOK_SECRET": SECRET,
    "HOST": "0.0.0.0",
    "PORT": "80",
    "DATA_KEY": f"{KEY}, {OTHER_KEY}",
    "OPERATOR": "Desa Contoh",
    "AREA": "33.07.10.2004",
    "SEND_RATE": "1000",
}

BAD = [
    ("DATABASE_URL", "mysql://somewhere/else", "expected sqlite:///FILE or postgresql://"),
    ("AREA", "kuripan", "expected the official code of a village"),
    ("AREA", "33.07", "expected the official code of a village"),
    ("DATABASE_URL", "somewhere.db", "expected sqlite:///FILE or postgresql://"),
    ("DATABASE_URL", "sqlite:///", "expected sqlite:///FILE or postgresql://"),
    ("TELEGRAM_BOT_TOKEN", "no-digits-before:abcdef", "as BotFather gave it"),
    ("TELEGRAM_BOT_TOKEN", "123456789", "as BotFather gave it"),
    ("TELEGRAM_BOT_TOKEN", f"{TOKEN} {TOKEN}", "as BotFather gave it"),
    ("TELEGRAM_API_URL", "api.telegram.example", "an address such as https://"),
    ("TELEGRAM_API_URL", "ftp://telegram.example", "an address such as https://"),
    ("WEBHOOK_URL", "https://", "an address such as https://"),
    ("WEBHOOK_URL", "https://contoh.example/?a=1", "an address such as https://"),
    ("WEBHOOK_SECRET", "much-too-short", "32 to 256 letters, digits, _ or -"),
    ("WEBHOOK_SECRET", "spaces are no part of a secret of Telegram", "32 to 256 letters"),
    ("WEBHOOK_SECRET", "s" * 257, "32 to 256 letters"),
    ("PORT", "0", "expected 1 to 65535"),
    ("PORT", "65536", "expected 1 to 65535"),
    ("PORT", "-8080", "expected 1 to 65535"),
    ("PORT", "eighty", "expected 1 to 65535"),
    ("DATA_KEY", "too-short-a-key", "32 bytes in URL-safe base64"),
    ("DATA_KEY", "sandi-désa-yang-panjang", "32 bytes in URL-safe base64"),
    ("DATA_KEY", f"{KEY},", "32 bytes in URL-safe base64"),
    ("SEND_RATE", "0", "expected 1 to 1000 messages a second"),
    ("SEND_RATE", "1001", "expected 1 to 1000 messages a second"),
    ("SEND_RATE", "25.5", "expected 1 to 1000 messages a second"),
    ("SEND_RATE", "-25", "expected 1 to 1000 messages a second"),
    ("SEND_RATE", "many", "expected 1 to 1000 messages a second"),
    ("OPERATOR", "D" * 81, "at most 80 characters"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder we are in, with nothing set in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def faults_of(environment: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(BadSettings) as error:
        read_settings(environment)
    return error.value.faults


def test_nothing_has_to_be_set() -> None:
    found = read_settings({})
    assert found == Settings()
    assert found.database_url == "sqlite:///desmigratif.db"
    assert (found.host, found.port, found.send_rate) == ("127.0.0.1", 8080, 25)
    assert found.telegram_api_url == "https://api.telegram.org"
    unset = (found.telegram_bot_token, found.webhook_url, found.webhook_secret, found.data_key)
    assert (*unset, found.operator) == ("", "", "", "", "")


def test_everything_can_be_set() -> None:
    expected = {name.lower(): value for name, value in GOOD.items()} | {"port": 80}
    expected["send_rate"] = 1000
    assert read_settings(GOOD) == Settings(**expected)  # type: ignore[arg-type]
    assert set(GOOD) == set(NAMES)


def test_an_empty_setting_is_not_set() -> None:
    assert read_settings(dict.fromkeys(NAMES, "")) == Settings()


def test_spaces_around_a_value_do_not_count() -> None:
    assert read_settings({"PORT": " 80 ", "OPERATOR": " Desa "}) == Settings(
        port=80, operator="Desa"
    )


def test_what_is_no_setting_of_ours_is_left_alone() -> None:
    assert read_settings({"PATH": "/bin", "port": "x"}) == Settings()


@pytest.mark.parametrize(("name", "value", "remedy"), BAD)
def test_a_bad_value_is_named_with_its_remedy(name: str, value: str, remedy: str) -> None:
    (fault,) = faults_of(GOOD | {name: value})
    assert fault.startswith(f"{name}: ")
    assert remedy in fault


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, v, _ in BAD if n in SECRETS])
def test_a_secret_that_is_bad_is_not_quoted(name: str, value: str) -> None:
    (fault,) = faults_of(GOOD | {name: value})
    assert value not in fault


def test_all_faults_come_at_once() -> None:
    worst = {name: value for name, value, _ in BAD}
    told = faults_of(worst)
    assert sorted(fault.partition(":")[0] for fault in told) == sorted(worst)


def test_no_secret_is_in_a_message() -> None:
    with pytest.raises(BadSettings) as error:
        read_settings(GOOD | {"TELEGRAM_BOT_TOKEN": f"x{TOKEN}", "WEBHOOK_SECRET": f"{SECRET}!",
                              "DATA_KEY": f"{KEY}{OTHER_KEY}", "PORT": "x"})  # fmt: skip
    told = f"{error.value} {error.value!r}"
    assert [secret for secret in (TOKEN, SECRET, KEY, OTHER_KEY) if secret in told] == []


def test_no_secret_is_in_the_repr_of_settings() -> None:
    written = repr(read_settings(GOOD))
    assert [secret for secret in (TOKEN, SECRET, KEY, OTHER_KEY) if secret in written] == []
    assert "contoh.id" in written


def test_a_webhook_needs_a_secret_and_a_token() -> None:
    told = faults_of({"WEBHOOK_URL": "https://contoh.id"})
    assert [fault.partition(":")[0] for fault in told] == ["WEBHOOK_SECRET", "TELEGRAM_BOT_TOKEN"]
    assert all("required with WEBHOOK_URL" in fault for fault in told)


def test_a_token_alone_is_enough_for_polling() -> None:
    assert read_settings({"TELEGRAM_BOT_TOKEN": TOKEN}).webhook_url == ""


@pytest.mark.parametrize("address", ["postgresql://desa@127.0.0.1/d", "postgres://127.0.0.1/d"])
def test_postgresql_needs_a_key(address: str) -> None:
    (fault,) = faults_of({"DATABASE_URL": address})
    assert fault.startswith("DATA_KEY: required with PostgreSQL. Make one")


def test_the_file_is_read(folder: Path) -> None:
    (folder / ".env").write_text(f'PORT=81\nOPERATOR="Desa Contoh"\n# no\nDATA_KEY={KEY}\nEMPTY\n')
    assert read_settings() == Settings(port=81, operator="Desa Contoh", data_key=KEY)


def test_the_environment_wins_over_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("PORT=81\nHOST=0.0.0.0\n")
    monkeypatch.setenv("PORT", "82")
    assert read_settings() == Settings(host="0.0.0.0", port=82)


def test_without_a_file_the_environment_is_enough(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPERATOR", "Desa Contoh")
    assert read_settings() == Settings(operator="Desa Contoh")


def test_a_fault_in_the_file_is_a_fault(folder: Path) -> None:
    (folder / ".env").write_text("PORT=many\n")
    with pytest.raises(BadSettings, match="PORT: expected 1 to 65535"):
        read_settings()
