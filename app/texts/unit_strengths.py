"""The strength of units."""

LINES = {
    # Operations
    "List the strength of units": "Daftar kekuatan satuan",
    "List what was stated of the strength of a unit": "Daftar pernyataan kekuatan suatu satuan",
    "Of a unit of your own agency, in place of what was stated before; never less than is committed at one "
    "time.": (
        "Dari satuan lembaga Anda sendiri, menggantikan pernyataan sebelumnya; tidak boleh kurang dari yang "
        "sudah disanggupi pada waktu yang sama."
    ),
    "Read the strength of a unit": "Baca kekuatan suatu satuan",
    "State the strength of a unit": "Nyatakan kekuatan suatu satuan",
    # Schemas
    "A page of unit strengths, those first stated first.": (
        "Satu halaman kekuatan satuan, yang pertama dinyatakan lebih dahulu."
    ),
    "From where the number is known": "Dari mana angkanya diketahui",
    "How many personnel a unit has, as its agency states it.": (
        "Jumlah personel suatu satuan, menurut pernyataan lembaganya."
    ),
    "How many personnel a unit has; the whole statement, in place of the one before.": (
        "Jumlah personel suatu satuan; pernyataan lengkap, menggantikan yang sebelumnya."
    ),
    "The day for which it was counted": "Hari penghitungannya",
    "Where the unit is based": "Wilayah kedudukan satuan",
    # Examples
    "A Polres, counted from its roster": "Sebuah Polres, menurut daftar personelnya",
    "A Polresta, for the partners named": "Sebuah Polresta, untuk mitra yang disebut",
    "The reserve of the Polda": "Cadangan Polda",
    "A Kodim, known to the Polda": "Sebuah Kodim, diketahui Polda",
    # Refusals
    "Only the agency of a unit states its strength.": (
        "Hanya lembaga pemilik satuan yang menyatakan kekuatannya."
    ),
    "Read the strength again: it has another version now.": (
        "Baca lagi kekuatannya: sekarang versinya lain."
    ),
    "{bound} of this unit are committed at one time; it cannot have fewer.": (
        "{bound} personel satuan ini sudah disanggupi pada waktu yang sama; kekuatannya tidak boleh kurang."
    ),
}
