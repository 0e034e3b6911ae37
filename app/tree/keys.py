"""The keys of the log: the newest signs first, those in overlap sign too, retired ones stay published."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.formats.notes import SigningKey, VerifierKey

PRIVATE, RETIRED = "log-*.pem", "log-*.pub"


class LogKeys:
    """What lies in the directory of keys, read anew when it has changed."""

    def __init__(self, directory: Path, origin: str) -> None:
        self._directory = directory
        self.origin = origin
        self._names: list[str] = []
        self._looked_at = 0
        self.signing: list[SigningKey] = []
        self.published: list[VerifierKey] = []
        self.reload()
        if not self.signing:
            raise FileNotFoundError(f"No {PRIVATE} in {directory}; `python -m app migrate` makes one.")

    @property
    def present(self) -> SigningKey:
        """The key that counts now."""
        return self.signing[0]

    def reload(self) -> None:
        """See whether keys have come or gone; without any, those known so far stay."""
        changed_at = self._directory.stat().st_mtime_ns if self._directory.is_dir() else 0
        if changed_at == self._looked_at:
            return
        names = sorted((each.name for each in self._directory.glob("log-*.p[eu][mb]")), reverse=True)
        private = [each for each in names if each.endswith(".pem")]
        if names == self._names or not private:
            self._looked_at = changed_at
            return
        self.signing = [SigningKey(self.origin, self._private(each)) for each in private]
        retired = [
            VerifierKey.read((self._directory / each).read_text()) for each in names if each.endswith(".pub")
        ]
        self.published = [*(each.verifier for each in self.signing), *retired]
        self._names, self._looked_at = names, changed_at

    def _private(self, name: str) -> Ed25519PrivateKey:
        key = load_pem_private_key((self._directory / name).read_bytes(), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError(f"{name} is no Ed25519 key.")
        return key


def new_key() -> bytes:
    """A private key as it is kept."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def retire(directory: Path, origin: str) -> list[VerifierKey]:
    """Keep only the public halves of all log keys but the newest."""
    gone = []
    for path in sorted(directory.glob(PRIVATE))[:-1]:
        key = load_pem_private_key(path.read_bytes(), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError(f"{path.name} is no Ed25519 key.")
        verifier = SigningKey(origin, key).verifier
        draft = path.with_suffix(".new")
        draft.write_text(f"{verifier}\n")
        draft.replace(path.with_suffix(".pub"))
        path.unlink()
        gone.append(verifier)
    return gone
