"""What many subjects share: the service itself, preconditions, markings, lists and fields."""

LINES = {
    "Sistem Informasi AntarlembaGA: Polda, KPU, Bawaslu, TNI and local government share incidents, threat "
    "levels and deployments through one auditable data store. What you may not see answers 404, as if it "
    "did not exist.": (
        "Sistem Informasi AntarlembaGA: Polda, KPU, Bawaslu, TNI, dan pemerintah daerah berbagi data "
        "kejadian, tingkat ancaman, dan penugasan melalui satu penyimpanan data yang dapat diaudit. Apa yang "
        "tidak boleh Anda lihat dijawab 404, seolah-olah tidak ada."
    ),
    "Successful Response": "Berhasil",
    "You have this version already": "Anda sudah memegang versi ini",
    # Preconditions and idempotency
    "Any text of your own; the same key again gives the same answer, once": (
        "Teks apa pun dari Anda; kunci yang sama memberi jawaban yang sama dan hanya berlaku satu kali"
    ),
    "The `ETag` that was read": "`ETag` yang telah dibaca",
    "The `ETag` that was read, if it matters": "`ETag` yang telah dibaca, jika penting",
    # Markings
    "Accounts, only with RED, at least two": "Akun, hanya pada RED, paling sedikit dua",
    "Agencies, only with AMBER or AMBER+STRICT": "Lembaga, hanya pada AMBER atau AMBER+STRICT",
    "Document classes in rising order; `sangat_rahasia` is refused, it needs state-approved cryptography.": (
        "Kelas dokumen dari yang terendah; `sangat_rahasia` ditolak karena memerlukan kriptografi yang "
        "disetujui negara."
    ),
    "TLP 2.0; the default reaches the owner only": "TLP 2.0; bawaannya hanya untuk pemilik",
    "The Traffic Light Protocol 2.0; the labels are not translated.": (
        "Traffic Light Protocol 2.0; labelnya tidak diterjemahkan."
    ),
    # Lists and fields
    "Give it as `cursor` to get the page that follows": (
        "Kirimkan sebagai `cursor` untuk mendapatkan halaman berikutnya"
    ),
    "How many items, at most 200": "Jumlah butir, paling banyak 200",
    "Kemendagri code with dots": "Kode Kemendagri dengan titik",
    "`next` of the page before": "`next` dari halaman sebelumnya",
    # Examples
    "Send it as `{account}`.": "Kirimkan sebagai `{account}`.",
    "Put `{value}` into `{parameter}`.": "Isi `{parameter}` dengan `{value}`.",
    "First send the example “{example}” of “{operation}”.": (
        "Kirim dahulu contoh “{example}” dari “{operation}”."
    ),
    "First put the id of an incident in.": "Ganti dahulu id-nya dengan id sebuah kejadian.",
    "First put the id of another incident in.": "Ganti dahulu id-nya dengan id kejadian lain.",
}
