"""Keys: encrypting what is personal, and hashing ids so that they can be found but not read."""

import hmac
import os
from collections.abc import Sequence
from pathlib import Path
from weakref import WeakKeyDictionary

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.engine import Dialect
from sqlalchemy.types import Text, TypeDecorator

from flows.errors import WrongKey


class Vault:
    """One or more Fernet keys: the first encrypts, all of them decrypt and find."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Raises ValueError for a key that is not 32 bytes in URL-safe base64."""
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._hash_keys = tuple(_hash_key(key) for key in keys)

    def encrypt(self, words: str) -> str:
        return self._fernet.encrypt(words.encode()).decode()

    def decrypt(self, token: str) -> str:
        try:
            return self._fernet.decrypt(token).decode()
        except InvalidToken:
            raise WrongKey(
                "The database holds rows that this DATA_KEY cannot read. Use the key they were"
                " written with (on SQLite without DATA_KEY: the .key file beside the database)."
            ) from None

    def hashes(self, value: str) -> tuple[bytes, ...]:
        """The keyed hash under each key; new rows carry the first."""
        return tuple(hmac.digest(key, value.encode(), "sha256") for key in self._hash_keys)

    def token(self, value: str) -> str:
        """An unguessable word bound to `value`, for example a kiosk session's form token."""
        return hmac.digest(self._hash_keys[0], b"token:" + value.encode(), "sha256").hex()


def _hash_key(key: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"desmigratif ids").derive(key.encode())


def new_key() -> str:
    return Fernet.generate_key().decode()


def read_key_file(path: Path) -> str | None:
    """The key in the file; None where there is none. A file that others may read is refused."""
    try:
        if path.stat().st_mode & 0o077 and os.name == "posix":
            raise WrongKey(f"Other users may read {path}. Close it to them: chmod 600 {path}")
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def make_key_file(path: Path) -> str:
    """A new key, readable by its owner alone; of two processes at once, both get the first's."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    key = new_key()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key + "\n")
    return key


VAULTS: WeakKeyDictionary[Dialect, Vault] = WeakKeyDictionary()
"""The keys of each open database, so that no key is a global and tables stay plain classes."""


class Encrypted(TypeDecorator[str]):
    """A column that is encrypted on its way in and decrypted on its way out."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else VAULTS[dialect].encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else VAULTS[dialect].decrypt(value)
