"""The ledger, and the history of a record, which is read from it."""

LINES = {
    # Operations
    "Ledger": "Buku besar",
    "Every accepted change, in order": "Semua perubahan yang diterima, menurut urutannya",
    "List entries of the ledger, oldest first": "Daftar entri buku besar, yang terlama lebih dahulu",
    "Only entries about this record": "Hanya entri tentang catatan ini",
    "Position of the change in the ledger": "Posisi perubahan di buku besar",
    "Read how many entries the ledger holds": "Baca jumlah entri di buku besar",
    "What you may see, and the metadata of every entry of your own agency.": (
        "Apa yang boleh Anda lihat, dan metadata semua entri lembaga Anda sendiri."
    ),
    # Schemas
    "A record, or a part of it, as it stood after one entry of the ledger.": (
        "Sebuah catatan, atau bagiannya, sebagaimana adanya setelah satu entri buku besar."
    ),
    "Entries of the ledger, oldest first.": "Entri buku besar, yang terlama lebih dahulu.",
    "How many entries the ledger holds.": "Jumlah entri di buku besar.",
    "The account, for auditors of the same agency": "Akunnya, bagi auditor dari lembaga yang sama",
    "The account, for readers of the same agency": "Akunnya, bagi pembaca dari lembaga yang sama",
    "The history of a record, oldest first.": "Riwayat sebuah catatan, yang terlama lebih dahulu.",
    "The metadata of an entry; what it says is in the history of its record.": (
        "Metadata sebuah entri; isinya ada di riwayat catatannya."
    ),
    "The whole subject after the entry; null where not for you": (
        "Keadaan lengkap setelah entri itu; null jika bukan untuk Anda"
    ),
    "Who acted": "Siapa yang bertindak",
}
