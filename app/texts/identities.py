"""Identities: who signs in at an agency's own identity provider, and as which account."""

LINES = {
    # Operations
    "List the subjects of identity providers that act as an account of your agency": (
        "Daftar subjek penyedia identitas yang bertindak sebagai sebuah akun lembaga Anda"
    ),
    "Have a subject of an identity provider act as an account of your agency": (
        "Kaitkan subjek penyedia identitas dengan sebuah akun lembaga Anda"
    ),
    "From then on its tokens count, if the provider is configured for your agency. They never do more than "
    "the account may.": (
        "Sejak itu tokennya berlaku, jika penyedianya dikonfigurasi untuk lembaga Anda. Token itu tidak "
        "pernah berhak lebih daripada akunnya."
    ),
    "Have a subject of an identity provider act as nobody": (
        "Putuskan kaitan subjek penyedia identitas dengan akunnya"
    ),
    "Within a second no token of it counts.": "Dalam satu detik tidak satu pun tokennya berlaku lagi.",
    # Schemas
    "A subject of an identity provider, and the account it acts as.": (
        "Subjek penyedia identitas, dan akun yang diwakilinya."
    ),
    "Identities of one account, the oldest first.": "Identitas sebuah akun, yang terlama lebih dahulu.",
    "Since when it acts as nobody": "Sejak kapan tidak lagi mewakili akun mana pun",
    "The claim that names a person there for good: `sub`, or `oid` of Entra ID": (
        "Klaim yang menyebut seseorang di sana secara tetap: `sub`, atau `oid` pada Entra ID"
    ),
    "Whoever signs in there as this subject acts as the account.": (
        "Siapa pun yang masuk di sana sebagai subjek ini bertindak sebagai akun tersebut."
    ),
    "`iss` of its tokens, letter for letter": "`iss` pada tokennya, persis huruf demi huruf",
    # Examples
    "A user of Entra ID": "Pengguna Entra ID",
    "A user of a realm of Keycloak": "Pengguna sebuah realm Keycloak",
    # Refusals
    "This identity provider does not speak for your agency.": (
        "Penyedia identitas ini tidak mewakili lembaga Anda."
    ),
    "This subject acts as an account already.": "Subjek ini sudah mewakili sebuah akun.",
    "This subject acts as nobody already.": "Subjek ini sudah tidak mewakili akun mana pun.",
}
