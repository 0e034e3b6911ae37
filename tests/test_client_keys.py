"""A partner's script proves itself with a key of its own, by a new assertion at each attempt."""

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from siaga_client.clients import AsyncClient
from siaga_client.problems import Unauthenticated
from siaga_client.settings import Account
from siaga_client.signing import SigningKey, WrongKeyError

from tests.support.service import Service
from tests.test_clients import ISSUER, KEYS, integration


class Lossy(httpx.AsyncBaseTransport):
    """Hands a request on, and loses the first answer with a token."""

    def __init__(self, app):
        self.inner, self.asked = httpx.ASGITransport(app), []

    async def handle_async_request(self, request):
        answer = await self.inner.handle_async_request(request)
        if request.url.path == "/oauth2/token":
            self.asked.append(request.content)
            if len(self.asked) == 1:
                raise httpx.ReadError("lost on the way")
        return answer


def pem(key) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.mark.parametrize("algorithm", KEYS)
async def test_a_key_signs_in_and_a_lost_answer_does_no_harm(service: Service, tmp_path, algorithm: str):
    name, _ = await integration(service, algorithm)
    path = tmp_path / "key.pem"
    path.touch(mode=0o600)
    path.write_bytes(pem(KEYS[algorithm]))
    lossy = Lossy(service.app)
    async with httpx.AsyncClient(transport=lossy) as http:
        client = AsyncClient(Account(ISSUER, name, key=str(path)).session(), http)
        assert (await client.request("GET", "/api/v1/me")).json()["account"] == name
    assert len(set(lossy.asked)) == 2


async def test_a_key_that_nobody_registered_is_refused(service: Service, tmp_path):
    name, _ = await integration(service)
    path = tmp_path / "key.pem"
    path.touch(mode=0o600)
    path.write_bytes(pem(ec.generate_private_key(ec.SECP256R1())))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service.app)) as http:
        client = AsyncClient(Account(ISSUER, name, key=str(path)).session(), http)
        with pytest.raises(Unauthenticated):
            await client.request("GET", "/api/v1/me")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no key",
        pem(ec.generate_private_key(ec.SECP384R1())),
        pem(rsa.generate_private_key(65537, 2048)),
    ],
    ids=["empty", "text", "P-384", "RSA"],
)
def test_what_is_no_key_is_refused_before_anything_is_sent(content: bytes):
    with pytest.raises(WrongKeyError):
        SigningKey(content)
