"""The keys of a deployment: made once in the data directory, or put there by whoever runs it."""

import base64
import hmac
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from jwt.algorithms import OKPAlgorithm

from app.schemas.oauth import Jwk, KeySet
from app.tree.keys import PRIVATE, LogKeys, new_key

NONCE_BYTES = 12


class TokenKeys:
    """Ed25519 keys that sign access tokens; the newest signs, all verify, so that keys can be changed."""

    def __init__(self, keys: dict[str, Ed25519PrivateKey]) -> None:
        self._keys = keys
        self.signing_id = next(reversed(keys))

    @property
    def signing_key(self) -> Ed25519PrivateKey:
        """The key that signs now."""
        return self._keys[self.signing_id]

    def find(self, key_id: str) -> Ed25519PrivateKey | None:
        """A key by its id."""
        return self._keys.get(key_id)

    def published(self) -> KeySet:
        """The public halves (RFC 7517)."""
        return KeySet(
            keys=[
                Jwk(
                    kid=key_id,
                    use="sig",
                    alg="EdDSA",
                    **{
                        name: OKPAlgorithm.to_jwk(key.public_key(), as_dict=True)[name]
                        for name in ("kty", "crv", "x")
                    },
                )
                for key_id, key in self._keys.items()
            ]
        )


class SignInKeys:
    """What keeps the secrets of signing in: each purpose has a key of its own, derived from one file."""

    def __init__(self, root: bytes) -> None:
        self._root = root

    def mac(self, purpose: str, *parts: bytes) -> bytes:
        """256 bits that only we can make of these parts."""
        return hmac.digest(hmac.digest(self._root, purpose.encode(), "sha256"), b"\0".join(parts), "sha256")

    def seal(self, content: bytes, purpose: str, *bound: bytes) -> str:
        """The content, unreadable; it opens only for the same purpose and what it is bound to."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = nonce + AESGCM(self.mac("seal")).encrypt(
            nonce, content, b"\0".join((purpose.encode(), *bound))
        )
        return base64.urlsafe_b64encode(sealed).decode()

    def unseal(self, sealed: str, purpose: str, *bound: bytes) -> bytes:
        """The content; raises ValueError where it was not sealed like this."""
        try:
            raw = base64.b64decode(sealed, altchars=b"-_", validate=True)
            aad = b"\0".join((purpose.encode(), *bound))
            return AESGCM(self.mac("seal")).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], aad)
        except (ValueError, InvalidTag):
            raise ValueError from None


def directory(data_dir: Path) -> Path:
    """Where the keys are."""
    return data_dir / "keys"


def make_keys(data_dir: Path) -> None:
    """Make what is missing; two processes at once end up with the same keys."""
    place = directory(data_dir)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not any(place.glob("token-*.pem")):
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        _write_once(place / f"token-{datetime.now(UTC):%Y%m%d}.pem", pem)
    if not any(place.glob(PRIVATE)):
        _write_once(place / f"log-{datetime.now(UTC):%Y%m%d}.pem", new_key())
    for name in ("feed.key", "identity.key", "network.key", "sign-in.key"):
        _write_once(place / name, secrets.token_bytes(32))


def _write_once(path: Path, content: bytes) -> None:
    """Write a secret file whole or not at all; an existing one stays."""
    if path.exists():
        return
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return  # another process was first; its key is as good
    finally:
        draft.unlink()


def log_keys(data_dir: Path, origin: str) -> LogKeys:
    """The keys that sign the ledger; raises FileNotFoundError where there are none."""
    return LogKeys(directory(data_dir), origin)


def add_log_key(data_dir: Path) -> Path:
    """One more log key, which sorts last and so signs from now on, before those that are there."""
    path = directory(data_dir) / f"log-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.pem"
    _write_once(path, new_key())
    return path


def token_keys(data_dir: Path) -> TokenKeys:
    """The keys that sign and verify tokens; raises FileNotFoundError where there are none."""
    keys: dict[str, Ed25519PrivateKey] = {}
    for path in sorted(directory(data_dir).glob("token-*.pem")):
        key = load_pem_private_key(path.read_bytes(), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError(f"{path.name} is no Ed25519 key.")
        keys[path.stem] = key
    if not keys:
        raise FileNotFoundError(
            f"No token-*.pem in {directory(data_dir)}; `python -m app migrate` makes them."
        )
    return TokenKeys(keys)


def sign_in_keys(data_dir: Path) -> SignInKeys:
    """The key of sessions, refresh tokens and one-time codes; raises FileNotFoundError without one."""
    path = directory(data_dir) / "sign-in.key"
    if not path.exists():
        raise FileNotFoundError(f"No {path}; `python -m app migrate` makes it.")
    return SignInKeys(path.read_bytes())


def identity_key(data_dir: Path) -> bytes:
    """The key under which national ids are hashed."""
    return (directory(data_dir) / "identity.key").read_bytes()


def network_key(data_dir: Path) -> bytes:
    """The key under which it is counted who signs in from where; with a new one the counting begins anew."""
    return (directory(data_dir) / "network.key").read_bytes()


def feed_key(data_dir: Path) -> bytes:
    """The key that seals cursors of the change feed; with a new one every partner begins with a snapshot."""
    return (directory(data_dir) / "feed.key").read_bytes()
