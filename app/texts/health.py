"""Probes for whoever runs the service."""

LINES = {
    "For systems": "Untuk sistem",
    "Probes of the service, and what systems need to know of its tokens": (
        "Pemeriksaan keadaan layanan, dan apa yang perlu diketahui sistem tentang tokennya"
    ),
    "Tell that the process runs": "Beri tahu bahwa proses berjalan",
    "Tell whether the service can work": "Beri tahu apakah layanan siap bekerja",
    "Gauges": "Angka ukur",
    "Read the state of the service as gauges": "Baca keadaan layanan sebagai angka ukur",
    "In the text format of Prometheus: how far the ledger is signed and why not further, the "
    "state of identity providers, of witnesses and of relays.": (
        "Dalam format teks Prometheus: sejauh mana buku besar ditandatangani dan mengapa tidak lebih jauh, "
        "keadaan penyedia identitas, para saksi, dan penerusan pesan."
    ),
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
    "How the relay to an agency's message server stands; its outage takes no worker out of service.": (
        "Keadaan penerusan ke peladen pesan sebuah lembaga; gangguannya tidak menghentikan layanan."
    ),
    "How the relay to an agency stands.": "Keadaan penerusan pesan ke sebuah lembaga.",
    "Entries of the ledger that the relay has not looked at yet": (
        "Jumlah entri buku besar yang belum diperiksa penerusan"
    ),
    "`behind`: the newest entries wait for their signature; `refused`: nothing is signed": (
        "`behind`: entri terbaru menunggu tanda tangan; `refused`: tidak ada yang ditandatangani"
    ),
    "`cached`: it cannot be asked, keys read before still count; `no_keys`: none count": (
        "`cached`: tidak dapat dihubungi, kunci yang sudah dibaca masih berlaku; `no_keys`: tidak ada kunci "
        "yang berlaku"
    ),
}
