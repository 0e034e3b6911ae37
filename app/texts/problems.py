"""Problems: their titles, their form, and refusals that belong to no single subject."""

LINES = {
    # Titles
    "Authentication is needed": "Anda perlu masuk terlebih dahulu",
    "If-Match is needed": "If-Match diperlukan",
    "Not found": "Tidak ditemukan",
    "Problem": "Masalah",
    "The body did not come in time": "Isi permintaan tidak tiba pada waktunya",
    "The body is too large": "Isi permintaan terlalu besar",
    "The body has a media type that is not taken here": (
        "Jenis isi permintaan (media type) itu tidak diterima di sini"
    ),
    "The idempotency key was used for another request": (
        "Kunci idempotensi sudah dipakai untuk permintaan lain"
    ),
    "The lifecycle has no such step": "Langkah itu tidak ada dalam alur penanganan",
    "The place is outside your area": "Tempatnya di luar wilayah tugas Anda",
    "The present state does not allow it": "Keadaan saat ini tidak membolehkannya",
    "The record has changed meanwhile": "Catatan sudah berubah sementara itu",
    "The record is about your own agency": "Catatan ini menyangkut lembaga Anda sendiri",
    "The request is not valid": "Permintaan tidak sah",
    "The service cannot answer now": "Layanan belum dapat menjawab sekarang",
    "The service failed": "Layanan mengalami kegagalan",
    "This account may not do that": "Akun ini tidak berwenang melakukannya",
    "Too many requests": "Terlalu banyak permintaan",
    "This method is not offered here": "Metode ini tidak tersedia di sini",
    # Schemas
    "A refusal, as `application/problem+json`.": "Sebuah penolakan, sebagai `application/problem+json`.",
    "A stable code for programs": "Kode tetap untuk program",
    "Each field that is wrong": "Tiap isian yang salah",
    "One thing wrong in a request.": "Satu hal yang salah dalam permintaan.",
    "Stable for each kind of problem": "Tetap untuk tiap jenis masalah",
    "What to do": "Apa yang perlu dilakukan",
    "What to do about it": "Apa yang perlu diperbaiki",
    "Where: a JSON pointer into the body, or the name of a parameter": (
        "Letaknya: JSON pointer ke dalam isi permintaan, atau nama parameter"
    ),
    # Headers
    "Seconds after which to try again": "Jumlah detik sebelum mencoba lagi",
    "The quotas of the token, and of all tokens of the account: requests, and seconds": (
        "Kuota token ini dan kuota semua token milik akun: jumlah permintaan dan detik"
    ),
    "What is left of the quota, as the answering worker counts, and seconds until more": (
        "Sisa kuota menurut hitungan proses yang menjawab, dan jumlah detik hingga kuota berikutnya"
    ),
    # Requests
    "1 to 200 visible ASCII characters.": "1 sampai 200 karakter ASCII yang tampak.",
    "A request with this Idempotency-Key is still being worked on.": (
        "Permintaan dengan Idempotency-Key ini masih dikerjakan."
    ),
    "At most {limit} bytes.": "Paling banyak {limit} byte.",
    "One field is not valid.": "Satu isian tidak sah.",
    "Others change this at the same moment; try again.": (
        "Pihak lain mengubahnya pada saat yang sama; coba lagi."
    ),
    "Read the record again: it has another version now.": "Baca lagi catatannya: sekarang versinya lain.",
    "Send If-Match with the ETag of the record as you read it.": (
        "Kirim If-Match dengan ETag catatan sebagaimana Anda membacanya."
    ),
    "Send the body as application/json.": "Kirim isi permintaan sebagai application/json.",
    "The body is no form that can be read.": "Isi permintaan bukan formulir yang dapat dibaca.",
    "The body is not valid JSON in UTF-8, or names a member twice.": (
        "Isi permintaan bukan JSON yang sah dalam UTF-8, atau menyebut satu isian dua kali."
    ),
    "The database did not answer; try again with the same key.": (
        "Basis data tidak menjawab; coba lagi dengan kunci yang sama."
    ),
    "The database does not answer; try again.": "Basis data tidak menjawab; coba lagi.",
    "There is no such parameter here.": "Parameter itu tidak ada di sini.",
    "This is no cursor of ours; begin without one.": "Cursor ini tidak dikenal; mulailah tanpa cursor.",
    "This parameter has one value.": "Parameter ini hanya bernilai satu.",
    "Use a new Idempotency-Key for another request.": "Gunakan Idempotency-Key baru untuk permintaan lain.",
    "Wait {seconds} s before you go on.": "Tunggu {seconds} detik sebelum melanjutkan.",
    "{count} thing(s) to correct; see errors.": "Ada {count} hal yang perlu diperbaiki; lihat errors.",
    # Rules that every kind of record shares
    "CLEAR may leave the partnership, so only 'biasa' fits it.": (
        "CLEAR boleh keluar dari kemitraan, jadi hanya 'biasa' yang cocok."
    ),
    "Name your own account too, or you lose sight of it.": (
        "Sebutkan juga akun Anda sendiri, agar Anda tetap dapat melihatnya."
    ),
    "Only RED names accounts: leave recipients empty.": "Hanya RED yang menyebut akun: kosongkan recipients.",
    "RED goes to named accounts: leave audience empty.": "RED ditujukan kepada akun: kosongkan audience.",
    "RED needs at least two accounts, you among them.": (
        "RED memerlukan paling sedikit dua akun, termasuk akun Anda."
    ),
    "There is no such {kind}.": "Tidak ada {kind} seperti itu.",
    "This label reaches every partner: leave it empty.": (
        "Label ini menjangkau semua mitra: kosongkan saja."
    ),
    "Your agency is {stands} of this record; that does not allow: {act}.": (
        "Kedudukan lembaga Anda pada catatan ini: {stands}; itu tidak membolehkan: {act}."
    ),
    "{agency} does not pass the marking; widen it first.": (
        "{agency} tidak tercakup dalam penandaan; perluas dahulu."
    ),
    "{status} cannot become {to}; possible: {possible}.": (
        "{status} tidak dapat menjadi {to}; yang mungkin: {possible}."
    ),
    "{region} shares no kecamatan with the area of {agency}.": (
        "{region} tidak memiliki kecamatan yang sama dengan wilayah tugas {agency}."
    ),
    # Fields
    "control characters are not allowed": "karakter kontrol tidak diperbolehkan",
    "sangat_rahasia needs state-approved cryptography and is not kept here": (
        "sangat_rahasia memerlukan kriptografi yang disetujui negara dan tidak disimpan di sini"
    ),
    "the same value stands twice": "nilai yang sama disebut dua kali",
    "the time is out of range": "waktunya di luar jangkauan",
    "the time must lie between 1970 and 2200": "waktunya harus antara tahun 1970 dan 2200",
    "unknown {what}; GET /api/v1/vocabularies lists them": (
        "{what} tidak dikenal; lihat GET /api/v1/vocabularies"
    ),
    "write the day as 2024-11-27": "tulis harinya seperti 2024-11-27",
    "write the time as RFC 3339 has it, with an offset": (
        "tulis waktunya menurut RFC 3339, lengkap dengan selisih zona waktu"
    ),
}
