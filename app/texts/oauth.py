"""Signing in: the OAuth endpoints, one-time codes, and the sign-in page."""

LINES = {
    # Operations
    "Get an access token": "Dapatkan token akses",
    "Grants `authorization_code` with PKCE and `refresh_token` (people), `client_credentials` "
    "(integrations), RFC 6749; `password` (people) only where the deployment allows it.": (
        "Jenis izin `authorization_code` dengan PKCE dan `refresh_token` (orang), `client_credentials` "
        "(integrasi sistem), RFC 6749; `password` (orang) hanya jika penyelenggara mengizinkannya."
    ),
    "End a token (RFC 7009)": "Akhiri token (RFC 7009)",
    "An access token counts no more within a second. A refresh token takes the access tokens of its family "
    "along.": (
        "Token akses tidak berlaku lagi dalam satu detik. Token penyegar turut mengakhiri semua token akses "
        "dalam rangkaiannya."
    ),
    "It counts no more, if it ever did": "Token itu tidak berlaku lagi, andai pernah berlaku",
    "Read what a token is worth (RFC 7662)": "Baca apakah sebuah token berlaku (RFC 7662)",
    "For integrations, about the tokens of their own agency; of any other it says that it is not active.": (
        "Untuk integrasi sistem, tentang token lembaganya sendiri; token lain dijawab tidak aktif."
    ),
    "Read the keys that verify tokens": "Baca kunci untuk memeriksa keaslian token",
    "Read where and how tokens are given (RFC 8414)": "Baca di mana dan bagaimana token diberikan (RFC 8414)",
    "Read which tokens the API takes (RFC 9728)": "Baca token mana yang diterima API (RFC 9728)",
    "Refused": "Ditolak",
    "Unknown client": "Klien tidak dikenal",
    "Get a seed for a new authenticator": "Dapatkan benih untuk autentikator baru",
    "Nothing is kept of it before you confirm it with a code.": (
        "Tidak ada yang disimpan sebelum Anda menegaskannya dengan sebuah kode."
    ),
    "Use a new authenticator from now on": "Pakai autentikator baru mulai sekarang",
    "It takes the place of the one before, of which a code is needed too.": (
        "Menggantikan autentikator sebelumnya, yang kodenya juga diperlukan."
    ),
    # Ways to sign in
    "For people: the sign-in page, then the code with PKCE": (
        "Untuk orang: halaman masuk, lalu kode dengan PKCE"
    ),
    "To try out: the account's name and its password": "Untuk mencoba: nama akun dan kata sandinya",
    "For integrations: client id is the account's name": (
        "Untuk integrasi sistem: client id adalah nama akun"
    ),
    # Schemas
    "A bearer token, and for people what renews it (RFC 6749 §5.1).": (
        "Token pembawa, dan bagi orang penyegarnya (RFC 6749 §5.1)."
    ),
    "A JWT signed with a key of the integration": "JWT yang ditandatangani dengan kunci integrasi sistem",
    "A code of the authenticator in use, where there is one": (
        "Kode dari autentikator yang sedang dipakai, jika ada"
    ),
    "A code that the new authenticator shows now": "Kode yang kini ditampilkan autentikator baru",
    "A form that names a token (RFC 7009 §2.1, RFC 7662 §2.1).": (
        "Formulir yang menyebut sebuah token (RFC 7009 §2.1, RFC 7662 §2.1)."
    ),
    "A public key (RFC 7517, RFC 8037).": "Kunci publik (RFC 7517, RFC 8037).",
    "A seed for an authenticator; it counts once it is confirmed with a code that it makes.": (
        "Benih untuk autentikator; berlaku setelah ditegaskan dengan kode yang dihasilkannya."
    ),
    "Counts once; the answer has the next one": "Berlaku sekali; jawabannya berisi yang berikutnya",
    "Fewer permissions, separated by spaces": "Izin yang lebih sedikit, dipisahkan spasi",
    "Not needed: a token shows what it is": "Tidak perlu: jenis token terlihat dari bentuknya",
    "One-time code, where the account has an authenticator": (
        "Kode sekali pakai, jika akun memiliki autentikator"
    ),
    "Sealed; send it back to confirm": "Tersegel; kirim kembali untuk menegaskan",
    "Seconds": "Detik",
    "The authenticator of an account.": "Autentikator sebuah akun.",
    "The device, never a person": "Perangkatnya, bukan nama orang",
    "The form that asks for a token (RFC 6749); each grant reads its own members, and no others.": (
        "Formulir permintaan token (RFC 6749); tiap jenis izin hanya membaca isiannya sendiri."
    ),
    "The keys with which tokens are verified.": "Kunci-kunci untuk memeriksa keaslian token.",
    "The proof that an authenticator holds the seed, and that it is the person who says so.": (
        "Bukti bahwa autentikator menyimpan benih itu, dan bahwa pemiliknya sendiri yang menyatakannya."
    ),
    "The same as `otpauth://` link, for whoever shows it as a picture": (
        "Sama, sebagai tautan `otpauth://`, bagi yang menampilkannya sebagai gambar"
    ),
    "The seed, to be typed into the authenticator (Base32)": (
        "Benih, untuk diketik ke dalam autentikator (Base32)"
    ),
    "What a token is worth at this moment (RFC 7662 §2.2); only `active` where it is worth nothing.": (
        "Nilai sebuah token pada saat ini (RFC 7662 §2.2); hanya `active` jika tidak berlaku."
    ),
    "What the new authenticator shall be called.": "Nama bagi autentikator baru.",
    "Where and how tokens are given (RFC 8414).": "Di mana dan bagaimana token diberikan (RFC 8414).",
    "Which tokens the API takes, and who gives them (RFC 9728).": (
        "Token mana yang diterima API, dan siapa yang memberikannya (RFC 9728)."
    ),
    "Why OAuth refuses (RFC 6749 §5.2).": "Alasan penolakan oleh OAuth (RFC 6749 §5.2).",
    # Examples
    "A new one in place of the old, of which a code is needed too": (
        "Yang baru menggantikan yang lama, yang kodenya juga diperlukan"
    ),
    "First put in the offer you got, a code the authenticator shows for it, and your password.": (
        "Isi dahulu benih tersegel yang Anda terima, kode yang ditampilkan autentikator, dan kata sandi Anda."
    ),
    "For a device in the safe": "Untuk perangkat di dalam brankas",
    "For the phone of the watch": "Untuk ponsel piket",
    "The first authenticator of an account": "Autentikator pertama sebuah akun",
    # Refusals
    "A member of the form is missing, too long, or cannot be read.": (
        "Ada isian formulir yang kurang, terlalu panjang, atau tidak dapat dibaca."
    ),
    "A member stands twice.": "Ada isian yang disebut dua kali.",
    "Integrations use client_credentials.": "Integrasi sistem menggunakan client_credentials.",
    "Introspection is for integrations.": "Pemeriksaan token hanya untuk integrasi sistem.",
    "Name, password or one-time code is wrong.": "Nama akun, kata sandi, atau kode sekali pakai salah.",
    "Only people have an authenticator.": "Hanya orang yang memiliki autentikator.",
    "Prove the client in one way only.": "Buktikan klien dengan satu cara saja.",
    "The client is unknown, or its proof is wrong.": "Klien tidak dikenal, atau buktinya salah.",
    "The code does not count, or no longer, or not for this request.": (
        "Kode tidak berlaku, sudah tidak berlaku, atau bukan untuk permintaan ini."
    ),
    "The page had grown old. Please try again.": "Halaman sudah kedaluwarsa. Silakan coba lagi.",
    "The refresh token does not count, or no longer.": "Token penyegar tidak berlaku, atau tidak lagi.",
    "This account needs a one-time code. Set one up on the sign-in page.": (
        "Akun ini memerlukan kode sekali pakai. Siapkan autentikator di halaman masuk."
    ),
    "This grant is for integrations.": "Jenis izin ini untuk integrasi sistem.",
    "This grant is not offered here.": "Jenis izin ini tidak tersedia di sini.",
    "This is for pages of this service only.": "Ini hanya untuk halaman layanan ini sendiri.",
    "This is no code of the new authenticator.": "Ini bukan kode dari autentikator baru.",
    "This is no code of your present authenticator.": "Ini bukan kode dari autentikator Anda saat ini.",
    "This is not your password.": "Ini bukan kata sandi Anda.",
    "This offer is not yours, or is over; ask for a new one.": (
        "Benih ini bukan milik Anda, atau waktunya sudah lewat; minta yang baru."
    ),
    # The sign-in page
    "Open in an authenticator on this device": "Buka di autentikator pada perangkat ini",
    "One-time code": "Kode sekali pakai",
    "One-time code, if you have an authenticator": "Kode sekali pakai, jika Anda memiliki autentikator",
    "Password": "Kata sandi",
    "Seed": "Benih",
    "Sign in": "Masuk",
    "Tell whoever runs the application that its id and its exact redirect address must be registered.": (
        "Beri tahu pengelola aplikasi: client id dan alamat pengalihannya harus terdaftar, persis sama."
    ),
    "This link does not come from an application that is known here.": (
        "Tautan ini tidak berasal dari aplikasi yang dikenal di sini."
    ),
    "To continue to": "Untuk melanjutkan ke",
    "You stay signed in on this device for a shift of eight hours, or until you sign out.": (
        "Anda tetap masuk di perangkat ini selama satu giliran jaga delapan jam, atau sampai Anda keluar."
    ),
    "Your role needs one-time codes. Add this seed to an authenticator, then give the code it shows.": (
        "Peran Anda memerlukan kode sekali pakai. Tambahkan benih ini ke autentikator, lalu isi kode yang "
        "ditampilkannya."
    ),
}
