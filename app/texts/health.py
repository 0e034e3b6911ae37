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
}
