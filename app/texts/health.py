"""Probes for whoever runs the service."""

LINES = {
    "For systems": "Untuk sistem",
    "Probes of the service, and what systems need to know of its tokens": (
        "Pemeriksaan keadaan layanan, dan apa yang perlu diketahui sistem tentang tokennya"
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
    "Whether the service can work; degraded where an agency's identity provider cannot be asked.": (
        "Apakah layanan siap bekerja; berstatus degraded bila penyedia identitas sebuah lembaga tidak dapat "
        "dihubungi."
    ),
    "`cached`: it cannot be asked, keys read before still count; `no_keys`: none count": (
        "`cached`: tidak dapat dihubungi, kunci yang sudah dibaca masih berlaku; `no_keys`: tidak ada kunci "
        "yang berlaku"
    ),
}
