"""Probes for whoever runs the service."""

LINES = {
    "For systems": "Untuk sistem",
    "Probes of the service, and the keys with which systems verify tokens": (
        "Pemeriksaan keadaan layanan, dan kunci bagi sistem untuk memeriksa keaslian token"
    ),
    "Tell that the process runs": "Beri tahu bahwa proses berjalan",
    "Tell whether the service can work": "Beri tahu apakah layanan siap bekerja",
    "The database is not migrated; run `python -m app migrate`.": (
        "Basis data belum dimigrasikan; jalankan `python -m app migrate`."
    ),
    "The state of the service.": "Keadaan layanan.",
    "Whether the keys of an agency's identity provider can be read.": (
        "Apakah kunci penyedia identitas sebuah lembaga dapat dibaca."
    ),
    "How far the ledger is signed, and why not further.": (
        "Sejauh mana buku besar ditandatangani, dan mengapa tidak lebih jauh."
    ),
    "How many entries there are": "Jumlah entri yang ada",
    "How many of them the signed tree holds": "Jumlah entri yang dimuat pohon yang ditandatangani",
    "Whether the service can work; degraded where the ledger is not signed or a provider cannot be asked.": (
        "Apakah layanan siap bekerja; berstatus degraded bila buku besar tidak ditandatangani atau sebuah "
        "penyedia identitas tidak dapat dihubungi."
    ),
    "Why nothing is signed, null else; `no_memory`, `other_origin`, `other_root` and `smaller_tree` end by "
    "`python -m app ledger accept-restore`": (
        "Mengapa tidak ada yang ditandatangani, selain itu null; `no_memory`, `other_origin`, `other_root`, "
        "dan `smaller_tree` diakhiri dengan `python -m app ledger accept-restore`"
    ),
    "Why nothing is signed.": "Mengapa tidak ada yang ditandatangani.",
    "`behind`: the newest entries wait for their signature; `refused`: nothing is signed": (
        "`behind`: entri terbaru menunggu tanda tangan; `refused`: tidak ada yang ditandatangani"
    ),
    "`cached`: it cannot be asked, keys read before still count; `no_keys`: none count": (
        "`cached`: tidak dapat dihubungi, kunci yang sudah dibaca masih berlaku; `no_keys`: tidak ada kunci "
        "yang berlaku"
    ),
}
