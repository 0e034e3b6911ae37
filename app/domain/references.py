"""Human references such as I-7K3Q-F2W: a type letter, six random Crockford characters and a check character.

No sequence: it would tell how many records there are that one may not see.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
BASE = len(ALPHABET)


def check_character(body: str) -> str:
    """The Luhn mod 32 character over `body`: finds every single wrong character and almost every swap."""
    total = 0
    for index, character in enumerate(reversed(body)):
        value = ALPHABET.index(character) * (2 if index % 2 == 0 else 1)
        total += value // BASE + value % BASE
    return ALPHABET[-total % BASE]


def make_reference(letter: str) -> str:
    """A new reference; the database keeps it unique."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"{letter}-{body[:4]}-{body[4:]}{check_character(body)}"


def is_reference(text: str) -> bool:
    """Whether the text is shaped like a reference and its check character is right."""
    parts = text.split("-")
    if [len(part) for part in parts] != [1, 4, 3]:
        return False
    body = parts[1] + parts[2]
    return all(character in ALPHABET for character in body) and check_character(body[:6]) == body[6]
