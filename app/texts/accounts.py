"""Signing in, and the caller's own account."""

LINES = {
    # Operations
    "Account": "Akun",
    "Sign in, and see what your account may do": "Masuk, dan lihat apa yang boleh dilakukan akun Anda",
    "Get an access token": "Dapatkan token akses",
    "Grants `password` (posts) and `client_credentials` (integrations), RFC 6749.": (
        "Jenis izin `password` (untuk pos) dan `client_credentials` (untuk integrasi sistem), RFC 6749."
    ),
    "Read the keys that verify tokens": "Baca kunci untuk memeriksa keaslian token",
    "Read your own account and what it may do": "Baca akun Anda sendiri dan apa yang boleh dilakukannya",
    "Refused": "Ditolak",
    "Too many wrong tries": "Terlalu banyak percobaan yang salah",
    "Unknown client": "Klien tidak dikenal",
    # Ways to sign in, and permissions
    "For officers: the account's name and its password": "Untuk petugas: nama akun dan kata sandinya",
    "For integrations: client id is the account's name": (
        "Untuk integrasi sistem: client id adalah nama akun"
    ),
    "Add and change the persons of an incident": "Menambah dan mengubah orang yang terkait dengan kejadian",
    "Read regions, agencies, jurisdictions and vocabularies": (
        "Membaca wilayah, lembaga, wilayah hukum, dan daftar kode"
    ),
    "Read the incidents your agency may know of": "Membaca kejadian yang boleh diketahui lembaga Anda",
    "Read the ledger of your agency": "Membaca buku besar lembaga Anda",
    "Read the persons of an incident": "Membaca orang yang terkait dengan kejadian",
    "Report and change incidents": "Melaporkan dan mengubah kejadian",
    # Schemas
    "A bearer token (RFC 6749 §5.1).": "Token pembawa (RFC 6749 §5.1).",
    "A public key (RFC 7517, RFC 8037).": "Kunci publik (RFC 7517, RFC 8037).",
    "Fewer permissions, separated by spaces": "Izin yang lebih sedikit, dipisahkan spasi",
    "Region codes that your agency, or your unit, covers today": (
        "Kode wilayah yang hari ini menjadi wilayah tugas lembaga atau satuan Anda"
    ),
    "Seconds": "Detik",
    "The form that asks for a token (RFC 6749 §4.3.2, §4.4.2); members it does not know are passed over.": (
        "Formulir permintaan token (RFC 6749 §4.3.2, §4.4.2); isian yang tidak dikenal diabaikan."
    ),
    "The keys with which tokens are verified.": "Kunci-kunci untuk memeriksa keaslian token.",
    "Who you are to the service.": "Siapa Anda bagi layanan ini.",
    "Why no token was given (RFC 6749 §5.2).": "Alasan token tidak diberikan (RFC 6749 §5.2).",
    "`live`, or the code of an exercise": "`live`, atau kode sebuah latihan",
    # Refusals
    "Client id or secret is wrong.": "Client id atau rahasianya salah.",
    "Get a token at /oauth2/token and send it as `Authorization: Bearer …`.": (
        "Minta token di /oauth2/token, lalu kirimkan sebagai `Authorization: Bearer …`."
    ),
    "Name or password is wrong.": "Nama akun atau kata sandi salah.",
    "This needs the permission {scope}.": "Tindakan ini memerlukan izin {scope}.",
    "Too many sign in at this moment; try again.": "Terlalu banyak yang masuk pada saat ini; coba lagi.",
    "Too many wrong tries; wait as long as Retry-After says.": (
        "Terlalu banyak percobaan yang salah; tunggu selama yang disebut dalam Retry-After."
    ),
    "Use password or client_credentials.": "Gunakan password atau client_credentials.",
}
