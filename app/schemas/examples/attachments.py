"""Examples for attachments and their custody."""

from app.schemas.examples.example import OWN_FILE, Example

FILES = {
    "guard_log": Example(
        "The log of the guard",
        "operator.polda-banten",
        {
            "file": "06.10 Segel gudang utuh. 06.25 Petugas PPK tiba (fiktif).",
            "note": "Catatan piket gudang, halaman 3 (fiktif).",
        },
        needs=(OWN_FILE,),
    ),
    "list_of_boxes": Example(
        "A table of the boxes and their seals",
        "operator.polda-banten",
        {
            "file": "kotak,segel,keadaan\nK-01,utuh,kering\nK-02,utuh,lembap\n",
            "note": "Daftar kotak suara yang diperiksa (fiktif).",
        },
        needs=(OWN_FILE,),
    ),
}
CUSTODY = {
    "examined": Example(
        "It was examined",
        "operator.polda-banten",
        {
            "kind": "examined",
            "purpose": "Dicocokkan dengan berita acara gudang (fiktif).",
            "place": "Ruang barang bukti (fiktif)",
        },
    ),
    "handed_over": Example(
        "It is handed over to KPU",
        "operator.polda-banten",
        {
            "kind": "handed_over",
            "to": "kpu-banten",
            "purpose": "Untuk pemeriksaan segel oleh KPU (fiktif).",
            "place": "Kantor KPU Provinsi Banten (fiktif)",
        },
    ),
    "received": Example(
        "KPU has received it",
        "operator.kpu-banten",
        {"kind": "received", "purpose": "Diterima lengkap dengan berita acara (fiktif)."},
        after=("add_custody.handed_over",),
    ),
}
EXAMPLES = {"add_attachment": FILES, "add_custody": CUSTODY}
