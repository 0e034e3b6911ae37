"""Regions, agencies, jurisdictions and vocabularies."""

LINES = {
    # Operations
    "Reference": "Rujukan",
    "Who covers a place, regions, agencies, and every code": (
        "Siapa yang membawahi suatu tempat, wilayah, lembaga, dan semua kode"
    ),
    "List agencies": "Daftar lembaga",
    "List every code with its Indonesian and English label": (
        "Daftar semua kode dengan label bahasa Indonesia dan Inggris"
    ),
    "List regions": "Daftar wilayah",
    "List the units of an agency": "Daftar satuan suatu lembaga",
    "One list for each service, each entry with its source and confidence. Unknown stays null.": (
        "Satu daftar untuk tiap bidang layanan, tiap baris dengan sumber dan tingkat keyakinannya. "
        "Yang tidak diketahui tetap null."
    ),
    "Provinces, or what lies directly under `parent`, or what `text` finds by name.": (
        "Provinsi, atau yang langsung di bawah `parent`, atau yang namanya cocok dengan `text`."
    ),
    "Read a region": "Baca wilayah",
    "Read an agency": "Baca lembaga",
    "Read who covers a place": "Baca siapa yang membawahi suatu tempat",
    "The day it shall hold for; today, if left out": "Hari yang dimaksud; hari ini, jika tidak diisi",
    # Schemas
    "A code and its labels.": "Sebuah kode dan labelnya.",
    "A region by its Kemendagri code.": "Wilayah menurut kode Kemendagri.",
    "A unit of an agency.": "Satuan suatu lembaga.",
    "Agencies in the order of their codes.": "Lembaga menurut urutan kodenya.",
    "An agency of the partnership, or the host.": "Lembaga mitra, atau pengelola layanan.",
    "Every code with its Indonesian and English label.": (
        "Semua kode dengan label bahasa Indonesia dan Inggris."
    ),
    "Null where nobody has confirmed one; see `reason`": (
        "Null jika belum ada yang memastikan; lihat `reason`"
    ),
    "Regions in the order of their codes.": "Wilayah menurut urutan kodenya.",
    "The group of a kind": "Kelompok dari suatu jenis",
    "The region for which it was laid down": "Wilayah tempat hal itu ditetapkan",
    "Units in the order of their codes.": "Satuan menurut urutan kodenya.",
    "Who covers a place: one list for each service; an empty list says that nobody is known.": (
        "Siapa yang membawahi suatu tempat: satu daftar untuk tiap bidang layanan; daftar kosong berarti "
        "tidak ada yang diketahui."
    ),
    "Who covers the place for one service, how sure we are, and from where we know.": (
        "Siapa yang membawahi tempat itu untuk satu bidang layanan, seberapa yakin, dan dari mana diketahui."
    ),
    "Why the unit is null": "Mengapa satuannya null",
    # Refusals
    "There is no account {account}.": "Tidak ada akun {account}.",
    "There is no region {code}; GET /api/v1/regions lists them.": (
        "Tidak ada wilayah {code}; lihat GET /api/v1/regions."
    ),
    "There is no unit {code}; GET /api/v1/agencies/…/units lists them.": (
        "Tidak ada satuan {code}; lihat GET /api/v1/agencies/…/units."
    ),
    "{code} is no partner agency; GET /api/v1/agencies.": (
        "{code} bukan lembaga mitra; lihat GET /api/v1/agencies."
    ),
}
