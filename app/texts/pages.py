"""The page of the documentation; its English text stands in app/static/docs.html."""

LINES = {
    # Time travel and what was erased
    "Fields that were erased, as JSON pointers; left out where none was": (
        "Isian yang telah dihapus, sebagai penunjuk JSON; tidak ada bila tidak satu pun dihapus"
    ),
    "Null where it was erased": "Null bila telah dihapus",
    "What the entry said and was erased since; left out where nothing was": (
        "Apa yang disebut entri itu dan sejak itu dihapus; tidak ada bila tidak satu pun dihapus"
    ),
    "API documentation": "Dokumentasi API",
    "Language of this page": "Bahasa halaman ini",
    "How to work on this page": "Cara memakai halaman ini",
    "Press `Authorize`. Under `person`, press `Authorize` and sign in: that lasts for a shift. To try out, "
    "`officer` takes account and password at once, for 15 minutes. Leave the scopes alone.": (
        "Tekan `Authorize` (masuk). Pada bagian `person`, tekan `Authorize` lalu masuk: berlaku selama satu "
        "giliran jaga. Untuk mencoba, `officer` langsung menerima nama akun dan kata sandi, selama 15 menit. "
        "Pilihan scope biarkan kosong."
    ),
    "Sign out": "Keluar",
    "Open an operation and choose an example. Below it stands which account it is for, and what to do "
    "first.": (
        "Buka sebuah operasi dan pilih salah satu contohnya (`Examples`). Di bawahnya tertulis akun mana "
        "yang mengirimnya dan apa yang perlu dilakukan dahulu."
    ),
    "Press `Execute`. The answer stands below, under `Server response`.": (
        "Tekan `Execute` (kirim). Jawabannya muncul di bawah, pada `Server response`."
    ),
    "`Clear` takes the answer away, `Reset` puts the example back, `Schema` explains each member.": (
        "`Clear` menghapus jawaban, `Reset` mengembalikan contoh, `Schema` menjelaskan tiap isian. "
        "Tombol-tombol ini milik perangkat lunak Swagger UI, yang hanya tersedia dalam bahasa Inggris."
    ),
    "This page needs JavaScript. The description itself is at": (
        "Halaman ini memerlukan JavaScript. Uraian API-nya ada di"
    ),
}
