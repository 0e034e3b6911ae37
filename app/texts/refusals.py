"""What administration refuses, and why."""

LINES = {
    "A second administrator of your agency has not approved this reset yet.": (
        "Administrator kedua lembaga Anda belum menyetujui penyetelan ulang ini."
    ),
    "A system has keys and secrets, no password.": "Sistem memiliki kunci dan rahasia, bukan kata sandi.",
    "A system is made at /api/v1/integrations.": "Sistem dibuat di /api/v1/integrations.",
    "Accounts of the host are made at /api/v1/accounts.": "Akun pengelola layanan dibuat di "
    "/api/v1/accounts.",
    "An administrator's account has no end: suspend it.": (
        "Akun administrator tidak memiliki batas waktu: bekukan saja."
    ),
    "It is revoked already.": "Sudah dicabut.",
    "No account of your agency may be cleared so high.": (
        "Tidak satu pun akun lembaga Anda boleh diberi izin setinggi itu."
    ),
    "No account of your agency may be {role}.": "Tidak satu pun akun lembaga Anda boleh menjadi {role}.",
    "No integration may hold {scope}.": "Tidak satu pun integrasi boleh memegang {scope}.",
    "No reset of this account waits for a decision.": (
        "Tidak ada penyetelan ulang akun ini yang menunggu keputusan."
    ),
    "Nobody decides over their own account: ask another administrator of your agency.": (
        "Tidak seorang pun memutuskan akunnya sendiri: minta administrator lain di lembaga Anda."
    ),
    "Only an administrator of the host does that.": "Hanya administrator pengelola layanan yang "
    "melakukannya.",
    "Say who in your agency appointed you, and by what order.": (
        "Sebutkan siapa di lembaga Anda yang menunjuk Anda, dan berdasarkan perintah apa."
    ),
    "That is no unit of your agency.": "Itu bukan satuan lembaga Anda.",
    "That is not your password.": "Itu bukan kata sandi Anda.",
    "That is over already.": "Waktu itu sudah lewat.",
    "The code {code} is taken.": "Kode {code} sudah dipakai.",
    "The host does not leave.": "Pengelola layanan tidak keluar.",
    "The roles admin, integration and privacy stand alone.": (
        "Peran admin, integration, dan privacy tidak digabungkan dengan peran lain."
    ),
    "The one-time code is wrong, and the reset is over: ask for another.": (
        "Kode sekali pakai salah, dan penyetelan ulang berakhir: minta yang baru."
    ),
    "There is an account {account} already.": "Akun {account} sudah ada.",
    "This account does not wait for a confirmation.": "Akun ini tidak menunggu kepastian.",
    "This account is awake: its credentials were not reset.": (
        "Akun ini tidak menunggu: kredensialnya tidak pernah disetel ulang."
    ),
    "This account is in use.": "Akun ini aktif.",
    "This account is suspended already.": "Akun ini sudah dibekukan.",
    "This account may not be used from {address}.": "Akun ini tidak boleh dipakai dari {address}.",
    "This agency has left already.": "Lembaga ini sudah keluar.",
    "This agency is a partner.": "Lembaga ini mitra.",
    "This code does not count for this account, or no longer: ask your administrator for another.": (
        "Kode ini tidak berlaku untuk akun ini, atau tidak lagi: minta kode lain dari administrator Anda."
    ),
    "This does not prove that you hold the key.": "Ini tidak membuktikan bahwa Anda memegang kuncinya.",
    "This is the last administrator of {agency}.": "Ini administrator terakhir {agency}.",
    "Two keys or secrets count already: revoke one first.": (
        "Dua kunci atau rahasia sudah berlaku: cabut satu dahulu."
    ),
    "With the agency's code the name would be too long.": (
        "Bersama kode lembaga, namanya akan terlalu panjang."
    ),
    "You asked for it: another administrator of your agency decides.": (
        "Anda yang memintanya: administrator lain di lembaga Anda yang memutuskan."
    ),
    "Your own account has changed; sign in again.": "Akun Anda sendiri telah berubah; masuklah lagi.",
    "a password has at least 15 characters; several words make a good one": (
        "kata sandi paling sedikit 15 karakter; beberapa kata sudah bagus"
    ),
    "a public key comes with its proof, a secret with neither": (
        "kunci publik disertai buktinya, rahasia tidak disertai keduanya"
    ),
    "kty, crv and y do not go together": "kty, crv, dan y tidak saling cocok",
    "there is one host, and it does not join": "pengelola layanan hanya satu, dan tidak bergabung",
    "this is no sound key: a point of small order, or not in its canonical form": (
        "ini bukan kunci yang sah: titik berorde kecil, atau tidak dalam bentuk bakunya"
    ),
    "this password is made of words or numbers that anyone here would try first": (
        "kata sandi ini tersusun dari kata atau angka yang pertama dicoba siapa pun di sini"
    ),
    "write a network as 10.20.0.0/16 or 2001:db8::/32": (
        "tulis jaringan seperti 10.20.0.0/16 atau 2001:db8::/32"
    ),
}
