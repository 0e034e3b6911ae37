"""The witnesses of the ledger."""

LINES = {
    # Operations
    "List the witnesses of the ledger, and how each stands": (
        "Daftar saksi buku besar dan keadaan masing-masing"
    ),
    "A witness signs that the ledger only grew. Writing never waits for it.": (
        "Saksi menandatangani bahwa buku besar hanya bertambah. Penulisan tidak pernah menunggunya."
    ),
    "Read the newest signed tree that enough witnesses have cosigned": (
        "Baca pohon bertanda tangan terbaru yang ikut ditandatangani cukup banyak saksi"
    ),
    # Schemas
    "What came of it when the witness was asked last.": "Hasilnya ketika saksi terakhir kali diminta.",
    "Why it did not cosign.": "Mengapa saksi itu tidak ikut menandatangani.",
    "How a partner's witness stands; it signs that the ledger only grew.": (
        "Keadaan saksi sebuah mitra; saksi menandatangani bahwa buku besar hanya bertambah."
    ),
    "The agency that runs it": "Lembaga yang menjalankannya",
    "Its verifier key, as tools for such logs take it": (
        "Kunci pemeriksanya, dalam bentuk yang dipakai perkakas untuk log semacam ini"
    ),
    "What came of it when it was asked last": "Hasilnya ketika terakhir kali diminta",
    "Why it did not cosign": "Mengapa saksi itu tidak ikut menandatangani",
    "How many entries it has cosigned": "Jumlah entri yang telah ikut ditandatanganinya",
    "How many signed entries it has not cosigned yet": (
        "Jumlah entri bertanda tangan yang belum ikut ditandatanganinya"
    ),
    "The time in its newest cosignature": "Waktu di tanda tangan saksi yang terbaru",
    "When it last contradicted the ledger": "Kapan terakhir kali bertentangan dengan buku besar",
    "How it contradicted the ledger then": "Bagaimana saat itu bertentangan dengan buku besar",
    "The witnesses of the ledger, and how far enough agencies have cosigned it.": (
        "Saksi buku besar, dan sejauh mana cukup banyak lembaga ikut menandatanganinya."
    ),
    "How many agencies other than the operator must have cosigned": (
        "Jumlah lembaga selain penyelenggara yang harus ikut menandatangani"
    ),
    "How many entries are signed": "Jumlah entri yang telah ditandatangani",
    "How many of them enough agencies have cosigned": (
        "Jumlah di antaranya yang ikut ditandatangani cukup banyak lembaga"
    ),
    "How a witness stands; its outage takes no worker out of service.": (
        "Keadaan sebuah saksi; gangguan padanya tidak menghentikan layanan."
    ),
    "Information only: never a reason for `degraded`": (
        "Sekadar informasi: tidak pernah menjadi alasan status `degraded`"
    ),
}
