"""The parts of an incident: timeline, links and persons."""

LINES = {
    # Operations
    "Incident details": "Rincian kejadian",
    "The timeline of an incident, its links, the persons in it, and its files": (
        "Linimasa kejadian, tautannya, orang yang terkait, dan berkasnya"
    ),
    "Add a line to the timeline": "Tambah baris linimasa",
    "Add a person to an incident": "Tambah orang yang terkait dengan kejadian",
    "Correct what is known of a person": "Perbaiki apa yang diketahui tentang seseorang",
    "Link an incident to another": "Tautkan kejadian dengan kejadian lain",
    "List the links from and to an incident": "Daftar tautan dari dan ke kejadian",
    "List the persons of an incident": "Daftar orang yang terkait dengan kejadian",
    "List the timeline of an incident": "Daftar linimasa kejadian",
    "Read a person of an incident": "Baca seorang yang terkait dengan kejadian",
    "Remove a link": "Hapus tautan",
    # Schemas
    "A line for the timeline. No names of persons: they belong to the parties.": (
        "Satu baris linimasa. Jangan tulis nama orang: tempatnya pada orang yang terkait (`parties`)."
    ),
    "A line in the timeline.": "Satu baris linimasa.",
    "A person in the incident.": "Seseorang yang terkait dengan kejadian.",
    "A person in the incident; give only what the work needs.": (
        "Seseorang yang terkait dengan kejadian; isi hanya yang diperlukan untuk tugas."
    ),
    "A reference from one incident to another; shown only to those who may see both.": (
        "Tautan dari satu kejadian ke kejadian lain; hanya tampak bagi yang boleh melihat keduanya."
    ),
    "How one incident refers to another.": "Hubungan satu kejadian dengan kejadian lain.",
    "Links from and to an incident.": "Tautan dari dan ke kejadian.",
    "NIK; kept only as a keyed hash and its last four digits": (
        "NIK; hanya disimpan sebagai hash berkunci dan empat angka terakhirnya"
    ),
    "Notes, oldest first.": "Baris linimasa, yang terlama lebih dahulu.",
    "Persons, in the order they were added.": "Orang yang terkait, menurut urutan ditambahkan.",
    "This incident refers to another one that you may see.": (
        "Kejadian ini merujuk ke kejadian lain yang boleh Anda lihat."
    ),
    "What a person is in an incident.": "Kedudukan seseorang dalam kejadian.",
    "What shall change of a person's entry; what is left out stays.": (
        "Apa yang diubah dari data seseorang; yang tidak disebut tetap."
    ),
    # Examples
    "A patrol has arrived": "Patroli sudah tiba",
    "Replacements are on their way": "Logistik pengganti sudah berangkat",
    "Another agency acknowledges": "Lembaga lain menyatakan sudah menerima",
    "Two agencies recorded the same event": "Dua lembaga mencatat peristiwa yang sama",
    "It was caused by another incident": "Diakibatkan oleh kejadian lain",
    "A witness": "Seorang saksi",
    "A reporter, with a national id": "Seorang pelapor, dengan NIK",
    "The witness is in fact the reported person": "Saksi ternyata adalah terlapor",
    "The contact has changed": "Kontaknya berubah",
    # Refusals
    "Read the links again: this one has another version now.": (
        "Baca lagi daftar tautan: tautan ini sekarang versinya lain."
    ),
    "Read the person's entry again: it has another version now.": (
        "Baca lagi data orang ini: sekarang versinya lain."
    ),
    "This link exists already.": "Tautan ini sudah ada.",
}
