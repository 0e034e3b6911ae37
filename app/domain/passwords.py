"""Which passwords are refused: too short or long, or made of words that anyone here would try first.

No rules of composition: they make passwords hard to remember and easy to guess (NIST SP 800-63B, 5.1.1.2).
"""

import re
from enum import StrEnum

SHORTEST, LONGEST = 15, 128
LEAST_OF_ITS_OWN = 8  # what must be left of a password without the words below
FEWEST_DISTINCT = 5

# Digests of a word nobody knows: an account that has no password yet takes as long to refuse as any other.
NO_PASSWORD = (
    "$argon2id$v=19$m=19456,t=2,p=1$bm8gcGFzc3dvcmQgeWV0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"  # noqa: S105
)

# A list of our own: the words most common in Indonesian and English passwords, and runs on a keyboard.
COMMON = (
    "password", "passw0rd", "katasandi", "sandi", "rahasia", "admin", "administrator", "welcome", "letmein",
    "iloveyou", "sayang", "cinta", "bismillah", "alhamdulillah", "indonesia", "merdeka", "garuda",
    "bhayangkara", "jakarta", "bandung", "qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm", "zxcvbn",
    "1q2w3e4r5t", "1q2w3e4r", "q1w2e3r4", "abcdefgh", "abcdef", "abcd", "abc", "changeme", "default",
    "pancasila", "secret", "dragon", "monkey", "sunshine", "princess", "football", "superman", "batman",
    "master", "login", "guest",
    "test", "hello", "user", "root", "kamu", "aku", "anak", "persib", "persija", "1234567890", "123456789",
    "12345678", "1234567", "123456", "12345", "1234", "123", "0987654321", "987654321", "87654321", "654321",
)  # fmt: skip
# What this service is about; the words of the account's own name come on top.
CONTEXT = (
    "siaga", "polda", "polres", "polri", "polisi", "kepolisian", "kpu", "bawaslu", "tni", "kodam", "kodim",
    "korem", "bnpt", "pemprov", "pemkab", "pemkot", "banten", "tangerang", "serang", "cilegon", "lebak",
    "pandeglang", "pilkada", "pemilu", "operator", "commander", "komandan", "liaison", "auditor",
    "integration",
)  # fmt: skip


class Weakness(StrEnum):
    """Why a password is refused."""

    COMMON = "common"
    LONG = "long"
    SHORT = "short"


def weakness(password: str, account: str) -> Weakness | None:
    """Why this account may not have this password; None where it may."""
    if len(password) < SHORTEST:
        return Weakness.SHORT
    if len(password) > LONGEST:
        return Weakness.LONG
    left = password.casefold()
    words = {*COMMON, *CONTEXT, *re.split(r"[.\-]", account.casefold())} - {""}
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    own = re.sub(r"(19|20)\d\d|[\W_]", "", left)
    return Weakness.COMMON if len(own) < LEAST_OF_ITS_OWN or len(set(own)) < FEWEST_DISTINCT else None
