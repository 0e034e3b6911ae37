"""Signing in, and the caller's own account."""

LINES = {
    # Operations
    "Account": "Akun",
    "Sign in, and see what your account may do": "Masuk, dan lihat apa yang boleh dilakukan akun Anda",
    "Read your own account and what it may do": "Baca akun Anda sendiri dan apa yang boleh dilakukannya",
    "Too many wrong tries": "Terlalu banyak percobaan yang salah",
    # Ways to sign in, and permissions
    "Add and change the persons of an incident": "Menambah dan mengubah orang yang terkait dengan kejadian",
    "Read regions, agencies, jurisdictions and vocabularies": (
        "Membaca wilayah, lembaga, wilayah hukum, dan daftar kode"
    ),
    "Read the incidents your agency may know of": "Membaca kejadian yang boleh diketahui lembaga Anda",
    "Read the ledger of your agency": "Membaca buku besar lembaga Anda",
    "Read the persons of an incident": "Membaca orang yang terkait dengan kejadian",
    "Report and change incidents": "Melaporkan dan mengubah kejadian",
    # Schemas
    "Region codes that your agency, or your unit, covers today": (
        "Kode wilayah yang hari ini menjadi wilayah tugas lembaga atau satuan Anda"
    ),
    "Who you are to the service.": "Siapa Anda bagi layanan ini.",
    "`live`, or the code of an exercise": "`live`, atau kode sebuah latihan",
    # Refusals
    "Get a token at /oauth2/token and send it as `Authorization: Bearer …`.": (
        "Minta token di /oauth2/token, lalu kirimkan sebagai `Authorization: Bearer …`."
    ),
    "This needs the permission {scope}.": "Tindakan ini memerlukan izin {scope}.",
    "Too many sign in at this moment; try again.": "Terlalu banyak yang masuk pada saat ini; coba lagi.",
    "Too many wrong tries. Please wait a little, then try again.": (
        "Terlalu banyak percobaan yang salah. Silakan tunggu sebentar, lalu coba lagi."
    ),
}
