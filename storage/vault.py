"""Keys: encrypting what is personal, and hashing ids so that they can be found but not read."""

import hmac
import os
import re
from base64 import urlsafe_b64decode
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from weakref import WeakKeyDictionary

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.engine import Dialect
from sqlalchemy.types import Text, TypeDecorator

from flows.errors import WrongKey

KEY = re.compile(r"[A-Za-z0-9_-]{43}=")


class Vault:
    """One or more Fernet keys: the first encrypts, all of them decrypt and find."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Raises ValueError for a key that is not 32 bytes in URL-safe base64, and nothing else."""
        if not all(KEY.fullmatch(key) for key in keys):
            raise ValueError("a key is 43 letters, digits, - or _, and =")
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
    secret = urlsafe_b64decode(key)
    return HKDF(SHA256(), 32, salt=None, info=b"desmigratif ids").derive(secret)


def new_key() -> str:
    return Fernet.generate_key().decode()


def read_key_file(path: Path) -> str | None:
    """The key in the file; None where there is none. A file that others may read is refused."""
    try:
        if path.stat().st_mode & 0o077 and os.name == "posix":
            raise WrongKey(f"Other users may read {path}. Close it to them: chmod 600 {path}")
        key = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        key = ""
    if not KEY.fullmatch(key):
        raise WrongKey(
            f"{path} holds no key. Put back the key file that was made with this database."
        )
    return key


def make_key_file(path: Path) -> str:
    """A new key on disk, readable by its owner alone; of two processes at once, both get one."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(new_key() + "\n")  # made with mode 0600
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):  # somebody else's is there, whole: theirs counts
        os.link(file.name, path)
    Path(file.name).unlink()
    _sync_folder(path.parent)
    return read_key_file(path) or ""


def _sync_folder(folder: Path) -> None:
    """So that a power cut cannot leave rows without the key they were written with."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


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
