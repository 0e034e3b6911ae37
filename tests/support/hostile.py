"""Hostile tokens by families; each is made from a sound one and must open nothing."""

import base64
import json
import time
import zlib
from collections.abc import Callable
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.formats.jwk import P256_ORDER
from tests.support.forge import Forge, decoded, encoded

Family = dict[str, Callable[[Forge], str]]

OTHER_ED = Ed25519PrivateKey.generate()
OTHER_EC = ec.generate_private_key(ec.SECP256R1())
OTHER_RSA = rsa.generate_private_key(65537, 2048)
ABSENT = object()
NOW = int(time.time())
MAIL = base64.b64encode(b'{"a":">>>???"}').decode()


def headers(name: str, **cases: object) -> Family:
    return {
        f"{name} {label.replace('_', ' ')}": lambda f, value=value: f.with_header(**{name: value})
        for label, value in cases.items()
    }


def claims(name: str, **cases: object) -> Family:
    return {
        f"{name} {label.replace('_', ' ')}": lambda f, value=value: f.with_claims(**{name: value})
        for label, value in cases.items()
    }


UNSIGNED: Family = {
    **{f"alg {each or 'empty'} unsigned": lambda f, each=each: f.with_signature("", alg=each)
       for each in ("none", "None", "NONE", "nOnE", "noNE", "none ", "")},
    **{f"alg {each} under the old signature": lambda f, each=each: f.with_signature(f.parts[2], alg=each)
       for each in ("none", "None", "HS256", "ES256", "RS256", "EdDSA ")},
    "alg missing": lambda f: f.without_header("alg"),
    **headers("alg", null=None, number=0, list=["EdDSA"], object={"alg": "EdDSA"}, in_small_letters="eddsa",
              in_capitals="EDDSA", Ed25519="Ed25519", Ed448="Ed448", with_a_NUL="EdDSA\0",
              HS256="HS256", dir="dir"),
}  # fmt: skip

SECRETS: dict[str, Callable[[Forge], bytes]] = {
    "the raw public key": lambda f: f.raw,
    "the PEM of the public key": lambda f: f.pem,
    "the PEM without its last line break": lambda f: f.pem.rstrip(),
    "the DER of the public key": lambda f: f.public(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
    "the public key as in SSH": lambda f: f.public(Encoding.OpenSSH, PublicFormat.OpenSSH),
    "the public JWK": lambda f: json.dumps(f.jwk).encode(),
    "x of the public JWK": lambda f: f.jwk["x"].encode(),
    "the key id": lambda f: f.header["kid"].encode(),
    "an empty secret": lambda _: b"",
    "the word secret": lambda _: b"secret",
}
CONFUSED: Family = {
    f"HS{size} with {name}": lambda f, secret=secret, size=size: f.by_secret(secret(f), size)
    for name, secret in SECRETS.items() for size in (256, 512)
}  # fmt: skip

OTHER_KEYS: Family = {
    "signature of another key": lambda f: f.by(OTHER_ED, "EdDSA"),
    "ES256 of another key": lambda f: f.by(OTHER_EC, "ES256"),
    "RS256 of another key": lambda f: f.by(OTHER_RSA, "RS256"),
    "PS256 of another key": lambda f: f.by(OTHER_RSA, "PS256"),
    "a signature of P-256 called EdDSA": lambda f: f.with_signature(
        decoded(f.by(OTHER_EC, "ES256").rpartition(".")[2])),
    "ES256 of two zeros": lambda f: f.with_signature(bytes(64), alg="ES256"),
    "ES256 of the order of the group": lambda f: f.with_signature(2 * P256_ORDER.to_bytes(32), alg="ES256"),
    "ES256 in DER": lambda f: f.with_signature(encode_dss_signature(1, 1), alg="ES256"),
    "another key with its own JWK": lambda f: f.by(
        OTHER_ED, "EdDSA", jwk={"kty": "OKP", "crv": "Ed25519", "x": encoded(
            OTHER_ED.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))}),
    "another deployment": lambda f: Forge(f.token, OTHER_ED).with_claims(iss="https://elsewhere.test"),
}  # fmt: skip

SIGNATURES: Family = {
    "signature cut off": lambda f: f.with_signature(""),
    **{f"signature of {size} bytes": lambda f, size=size: f.with_signature(f.signature[:size])
       for size in (1, 32, 63)},
    "signature with a byte more": lambda f: f.with_signature(f.signature + b"\0"),
    "signature with a byte before": lambda f: f.with_signature(b"\0" + f.signature),
    "signature twice": lambda f: f.with_signature(f.signature * 2),
    "signature of zeros": lambda f: f.with_signature(bytes(64)),
    "signature of ones": lambda f: f.with_signature(b"\xff" * 64),
    "signature of the neutral point": lambda f: f.with_signature(b"\1" + bytes(63)),
    "signature malleable": Forge.malleable,
    "signature with a bit turned": lambda f: f.with_signature(bytes([f.signature[0] ^ 1]) + f.signature[1:]),
    "signature reversed": lambda f: f.with_signature(f.signature[::-1]),
    "signature spelt otherwise": Forge.other_spelling,
    "signature in hexadecimal": lambda f: f.with_signature(f.signature.hex()),
    "signature padded": lambda f: f.token + "==",
    "signature with a line break": lambda f: f.token + "\n",
    "signature in DER": lambda f: f.with_signature(encode_dss_signature(
        int.from_bytes(f.signature[:32]), int.from_bytes(f.signature[32:]))),
    "signature over the claims alone": lambda f: f.with_signature(f.key.sign(f.parts[1].encode())),
    "signature over the decoded parts": lambda f: f.with_signature(
        f.key.sign(decoded(f.parts[0]) + b"." + decoded(f.parts[1]))),
    "signature of another token": lambda f: f.with_signature(f.with_claims(jti="x").rpartition(".")[2]),
    "claims changed": lambda f: f"{f.parts[0]}.{encoded({**f.claims, 'sub': str(uuid4())})}.{f.parts[2]}",
    "header spaced out": lambda f: f"{encoded(json.dumps(f.header, indent=1).encode())}.{f.parts[1]}."
                                   f"{f.parts[2]}",
}  # fmt: skip

KEY_IDS: Family = {
    "kid missing": lambda f: f.without_header("kid"),
    "kid with a NUL": lambda f: f.with_header(kid=f.header["kid"] + "\0"),
    "kid with a space": lambda f: f.with_header(kid=f.header["kid"] + " "),
    "kid with a line break": lambda f: f.with_header(kid=f.header["kid"] + "\n"),
    "kid with its suffix": lambda f: f.with_header(kid=f.header["kid"] + ".pem"),
    "kid in capitals": lambda f: f.with_header(kid=f.header["kid"].upper()),
    "kid in a list": lambda f: f.with_header(kid=[f.header["kid"]]),
    "kid as a path to the key": lambda f: f.with_header(kid="../keys/" + f.header["kid"]),
    **headers("kid", unknown="token-19700101", empty="", null=None, number=1, list=[], object={}, true=True,
              as_a_path="../identity", as_the_empty_device="/dev/null", as_an_address="https://evil.test/key",
              as_SQL="x' UNION SELECT 'secret' -- ", as_a_command="|id", as_a_pattern="*",
              of_a_hundred_characters="k" * 100, oversize="k" * 5000, not_ASCII="t\u043eken", lone="\ud800"),
}  # fmt: skip

HEADERS: Family = {
    "typ missing": lambda f: f.without_header("typ"),
    **headers("typ", of_an_ID_token="JWT", in_capitals="AT+JWT", as_a_media_type="application/at+jwt",
              of_a_refresh_token="rt+jwt", of_a_logout_token="logout+jwt", of_a_proof="dpop+jwt",
              of_an_event="secevent+jwt", of_an_introspection="token-introspection+jwt", null=None,
              list=["at+jwt"], with_a_space="at+jwt ", empty=""),
    "an embedded key": lambda f: f.with_header(jwk=f.jwk),
    **headers("jku", elsewhere="https://siaga.test/keys", of_a_file="file:///dev/null", empty=""),
    **headers("x5u", elsewhere="https://siaga.test/certificate"),
    **headers("x5c", of_anybody=["MIIB"], empty=[]),
    **headers("x5t", of_anybody="A" * 27),
    **headers("crit", of_an_unknown_word=["siaga"], empty=[], of_exp=["exp"]),
    **headers("b64", false=False, true=True),
    **headers("zip", deflate="DEF"),
    **headers("cty", JWT="JWT"),
    **headers("enc", A256GCM="A256GCM"),
    **headers("p2c", huge=2_147_483_647),
    **headers("iss", in_the_header="siaga"),
    **headers("more", unknown=1),
    "unencoded claims": lambda f: f.with_header(b64=False, crit=["b64"]),
    "compressed claims": lambda f: f.sign({**f.header, "zip": "DEF"}, zlib.compress(b" " * 10**6)),
    **{f"{name} twice": lambda f, name=name: f.twice(0, name) for name in ("alg", "kid", "typ")},
    "alg twice, once escaped": lambda f: f.sign(
        b'{"\\u0061lg":"EdDSA",' + json.dumps(f.header)[1:].encode(), f.claims),
    "header in UTF-16": lambda f: f.sign(json.dumps(f.header).encode("utf-16-le"), f.claims),
    "header with a mark of its bytes": lambda f: f.sign(
        b"\xef\xbb\xbf" + json.dumps(f.header).encode(), f.claims),
    "header with something after it": lambda f: f.sign(json.dumps(f.header).encode() + b"{}", f.claims),
    "header with a comment": lambda f: f.sign(json.dumps(f.header).encode() + b"/**/", f.claims),
    "header in single quotes": lambda f: f.sign(repr(f.header).encode(), f.claims),
    "header as a list": lambda f: f.sign([f.header], f.claims),
    "header as a text": lambda f: f.sign(json.dumps(json.dumps(f.header)).encode(), f.claims),
    "header empty": lambda f: f.sign({}, f.claims),
    **{f"header {each}": lambda f, each=each: f.sign(each.encode(), f.claims)
       for each in ("null", "true", "0", "NaN", '""', "[]")},
    "header deeply nested": lambda f: f.sign(b"[" * 2500, f.claims),
    "header with a deep member": lambda f: f.sign(
        b'{"alg":' + b"[" * 1200 + b"]" * 1200 + b"}", f.claims),
}  # fmt: skip

NAMES = ("aud", "agency", "client_id", "exp", "iat", "iss", "jti", "scope", "sub")
CLAIMS: Family = {
    **{f"{name} missing": lambda f, name=name: f.without_claim(name) for name in NAMES},
    **{f"{name} null": lambda f, name=name: f.with_claims(**{name: None}) for name in NAMES},
    **{f"{name} as a number": lambda f, name=name: f.with_claims(**{name: 1})
       for name in NAMES if name not in {"exp", "iat"}},
    **{f"{name} in a list": lambda f, name=name: f.with_claims(**{name: [f.claims[name]]}) for name in NAMES},
    **{f"{name} as an object": lambda f, name=name: f.with_claims(**{name: {name: f.claims[name]}})
       for name in NAMES},
    **{f"{name} twice": lambda f, name=name: f.twice(1, name) for name in NAMES},
    **claims("aud", of_another="other", of_another_case="SIAGA", cut_short="siag", with_more="siaga2",
             with_a_space="siaga ", empty="", with_a_NUL="siaga\0", one_of_two=["siaga", "other"], none=[]),
    **claims("iss", of_another="https://elsewhere.test", empty="", only_a_scheme="http://"),
    "iss with a slash more": lambda f: f.with_claims(iss=f.claims["iss"] + "/"),
    "iss in capitals": lambda f: f.with_claims(iss=f.claims["iss"].upper()),
    "iss with a user": lambda f: f.with_claims(iss=f.claims["iss"].replace("://", "://x@")),
    **claims("sub", of_nobody=str(uuid4()), of_the_system=str(UUID(int=0)), is_no_id="operator.polda-banten",
             empty="", as_SQL="' OR '1'='1", with_a_NUL="\0"),
    "sub in capitals": lambda f: f.with_claims(sub=f.claims["sub"].upper()),
    "sub without hyphens": lambda f: f.with_claims(sub=f.claims["sub"].replace("-", "")),
    "sub in braces": lambda f: f.with_claims(sub=f"{{{f.claims['sub']}}}"),
    "sub as a URN": lambda f: f.with_claims(sub=f"urn:uuid:{f.claims['sub']}"),
    "sub with a space": lambda f: f.with_claims(sub=f.claims["sub"] + " "),
    **claims("agency", of_another="kpu-banten", empty=""),
}  # fmt: skip

TIMES: Family = {
    "expired": lambda f: f.with_claims(iat=f.claims["iat"] - 900, exp=int(time.time()) - 60),
    "issued in the future": lambda f: f.with_claims(iat=int(time.time()) + 600, exp=int(time.time()) + 900),
    "issued in milliseconds": lambda f: f.with_claims(iat=f.claims["iat"] * 1000, exp=f.claims["exp"] * 1000),
    "ends when it begins": lambda f: f.with_claims(exp=f.claims["iat"]),
    "ends before it begins": lambda f: f.with_claims(exp=f.claims["iat"] - 1),
    "lasts too long": lambda f: f.with_claims(exp=f.claims["iat"] + 901),
    "lasts for ever": lambda f: f.with_claims(exp=2**63),
    **claims("exp", as_text="9999999999", zero=0, negative=-1, true=True, empty=""),
    "exp with a fraction": lambda f: f.with_claims(exp=f.claims["exp"] + 0.5),
    "exp as a float": lambda f: f.with_claims(exp=float(f.claims["exp"])),
    **{f"exp {each}": lambda f, each=each: f.literally("exp", each)
       for each in ("NaN", "Infinity", "1e400", "1e10", "9" * 1000, "-0", "0x7fffffff", "1_700_000_000")},
    "iat as text": lambda f: f.with_claims(iat=str(f.claims["iat"])),
    "iat as a float": lambda f: f.with_claims(iat=float(f.claims["iat"])),
    **claims("iat", true=True, ages_ago=0, before_time=-(2**63)),
    **claims("nbf", in_the_future=NOW + 86_400, as_text=str(NOW), null=None, true=True, as_a_float=1.5,
             never=2**70),
    "nbf NaN": lambda f: f.literally("nbf", "NaN"),
}  # fmt: skip

STRUCTURES: Family = {
    "no token at all": lambda _: "x",
    "null": lambda _: "null",
    "undefined": lambda _: "undefined",
    "an object of a careless script": lambda _: "[object Object]",
    "dots": lambda _: "..",
    "letters and dots": lambda _: "a.b.c",
    "one part": lambda f: f.parts[0],
    "two parts": lambda f: f"{f.parts[0]}.{f.parts[1]}",
    "four parts": lambda f: f.token + ".x",
    "a dot more": lambda f: f.token + ".",
    "a dot before": lambda f: "." + f.token,
    "five parts as of an encrypted token": lambda f: f.token + ".x.x",
    "an encrypted token": lambda f: ".".join([
        encoded({"alg": "dir", "enc": "A256GCM"}), "", encoded(bytes(12)), encoded(f.token.encode()),
        encoded(bytes(16))]),
    "a password's encryption": lambda _: ".".join([
        encoded({"alg": "PBES2-HS256+A128KW", "enc": "A128GCM", "p2c": 10**9, "p2s": "x"}),
        *[encoded(bytes(24))] * 4]),
    "no header": lambda f: f".{f.parts[1]}.{f.parts[2]}",
    "no claims": lambda f: f"{f.parts[0]}..{f.parts[2]}",
    "header padded": lambda f: f"{f.parts[0]}=.{f.parts[1]}.{f.parts[2]}",
    "claims padded": lambda f: f"{f.parts[0]}.{f.parts[1]}=.{f.parts[2]}",
    "a tab inside": lambda f: f"{f.parts[0]}\t.{f.parts[1]}.{f.parts[2]}",
    "a space inside": lambda f: f"{f.parts[0]}. {f.parts[1]}.{f.parts[2]}",
    "a line break inside": lambda f: f"{f.parts[0]}.{f.parts[1]}\r\n.{f.parts[2]}",
    "spaces around": lambda f: f"  {f.token}  ",
    "quotes around": lambda f: f'"{f.token}"',
    "a comma after": lambda f: f"{f.token},",
    "two tokens": lambda f: f"{f.token},{f.token}",
    "two words": lambda f: f"Bearer {f.token}",
    "a percent sign": lambda f: f.token.replace(".", "%2E"),
    "the alphabet of mail": lambda f: ".".join([f.parts[0], MAIL, f.parts[2]]),
    "not ASCII": lambda f: f.token + "\u00e9",
    "a NUL after": lambda f: f.token + "\0",
    "reversed": lambda f: f.token[::-1],
    "parts exchanged": lambda f: f"{f.parts[1]}.{f.parts[0]}.{f.parts[2]}",
    "its digest": Forge.digest,
    "oversize": lambda f: f.with_claims(more="x" * 5000),
    "far oversize": lambda _: "x" * 1_000_000,
    "many dots": lambda _: "." * 4000,
    "in JSON": lambda f: json.dumps({"payload": f.parts[1], "signatures": [
        {"protected": f.parts[0], "signature": f.parts[2]}]}),
    "in flat JSON": lambda f: json.dumps({"payload": f.parts[1], "protected": f.parts[0],
                                          "signature": f.parts[2]}),
    "in JSON and in parts": lambda f: f'{{"protected":"{f.token}","x":"'
                                      f'{f.parts[0]}.{f.parts[1]}.{f.parts[2]}"}}',
    "a token as claims": lambda f: f.sign(f.header, f.token.encode()),
    "a token within a token": lambda f: f.sign({**f.header, "cty": "JWT"}, f.token.encode()),
    "claims as a list": lambda f: f.sign(f.header, [f.claims]),
    "claims as a text": lambda f: f.sign(f.header, json.dumps(json.dumps(f.claims)).encode()),
    "claims empty": lambda f: f.sign(f.header, {}),
    "claims null": lambda f: f.sign(f.header, b"null"),
    "claims not JSON": lambda f: f.sign(f.header, b"\xff\xfe"),
    "claims in UTF-16": lambda f: f.sign(f.header, json.dumps(f.claims).encode("utf-16")),
    "claims deeply nested": lambda f: f.sign(f.header, b'{"a":' * 500 + b"0" + b"}" * 500),
    "claims with brackets": lambda f: f.sign(f.header, b"[" * 2700),
}  # fmt: skip


def id_token(f: Forge) -> str:
    """What an identity provider would tell a client about who signed in."""
    return f.sign(
        {**f.header, "typ": "JWT"},
        {**f.claims, "aud": f.claims["client_id"], "nonce": "n", "at_hash": "h", "auth_time": 1},
    )


OTHER_KINDS: Family = {
    "an ID token": id_token,
    "a refresh token": lambda _: encoded(bytes(range(32))),
    "a client's assertion": lambda f: f.sign(f.header, {
        **f.claims, "iss": f.claims["client_id"], "sub": f.claims["client_id"], "aud": f.claims["iss"]}),
    "a proof of possession": lambda f: f.sign({**f.header, "typ": "dpop+jwt", "jwk": f.jwk}, {
        "htm": "GET", "htu": "/api/v1/me", "jti": "1", "iat": f.claims["iat"]}),
    "a PASETO": lambda f: f"v4.public.{encoded(f.claims)}",
    "a SAML assertion": lambda _: base64.b64encode(b"<saml:Assertion/>").decode(),
    "an SD-JWT": lambda f: f.token + "~" + encoded(["salt", "sub", "x"]) + "~",
    "a certificate": lambda f: f.pem.decode().replace("\n", ""),
    "an API key": lambda _: "sk-0123456789abcdef0123456789abcdef",
}  # fmt: skip

FAMILIES = (
    UNSIGNED, CONFUSED, OTHER_KEYS, SIGNATURES, KEY_IDS, HEADERS, CLAIMS, TIMES, STRUCTURES, OTHER_KINDS,
)  # fmt: skip
HOSTILE: Family = {name: make for family in FAMILIES for name, make in family.items()}
