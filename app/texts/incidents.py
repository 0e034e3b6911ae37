"""Incidents: reporting, following, steps, hand-over and conflict of interest."""

LINES = {
    # Operations
    "Incidents": "Kejadian",
    "Report and follow what happened, step by step, and hand it over": (
        "Laporkan dan ikuti apa yang terjadi, langkah demi langkah, serta serah terimakan"
    ),
    "A merge patch (RFC 7396): members that are left out stay as they are.": (
        "Perubahan sebagian (RFC 7396): isian yang tidak disebut tetap seperti semula."
    ),
    "Change an incident": "Ubah kejadian",
    "In title, description or site": "Di dalam judul, uraian, atau tempat",
    "Led by your agency, or assigned to it": "Dipimpin oleh lembaga Anda, atau ditugaskan kepadanya",
    "List incidents, newest first": "Daftar kejadian, yang terbaru lebih dahulu",
    "List the history of an incident": "Daftar riwayat kejadian",
    "Move an incident to its next status": "Pindahkan kejadian ke status berikutnya",
    "Name an agency whose people's conduct is alleged": (
        "Sebutkan lembaga yang perilaku orangnya dipersoalkan"
    ),
    "Offer an incident to another agency, accept, decline or withdraw": (
        "Tawarkan kejadian kepada lembaga lain, terima, tolak, atau tarik kembali"
    ),
    "Read an incident": "Baca kejadian",
    "Read who might take part, and which records may tell of the same event": (
        "Baca siapa yang dapat dilibatkan, dan catatan mana yang mungkin tentang peristiwa yang sama"
    ),
    "Report an incident": "Laporkan kejadian",
    "Take an agency off the list of those accused; oversight only": (
        "Cabut lembaga dari daftar yang dipersoalkan; hanya oleh lembaga pengawas"
    ),
    "This region and all within": "Wilayah ini dan semua di dalamnya",
    # Schemas
    "A GeoJSON point (RFC 7946): longitude first, then latitude, WGS 84.": (
        "Titik GeoJSON (RFC 7946): bujur dahulu, lalu lintang, WGS 84."
    ),
    "A new incident. No names of persons here: they belong to the parties.": (
        "Kejadian baru. Jangan tulis nama orang di sini: tempatnya pada orang yang terkait (`parties`)."
    ),
    "A page of incidents, newest first.": "Satu halaman kejadian, yang terbaru lebih dahulu.",
    "Among the records you may see": "Di antara catatan yang boleh Anda lihat",
    "An agency that covers the place, for one service.": (
        "Lembaga yang membawahi tempat itu, untuk satu bidang layanan."
    ),
    "An agency whose people's conduct is alleged.": "Lembaga yang perilaku orangnya dipersoalkan.",
    "Credibility of the information, second half of the Admiralty grading.": (
        "Keterpercayaan informasi, bagian kedua dari penilaian Admiralty."
    ),
    "Follows from the kind": "Mengikuti jenis kejadian",
    "How ownership moves from one agency to another.": (
        "Cara kepemilikan berpindah dari satu lembaga ke lembaga lain."
    ),
    "How we know, graded by the Admiralty scale.": "Dari mana diketahui, dinilai dengan skala Admiralty.",
    "One move in handing an incident over to another agency.": (
        "Satu tindakan dalam serah terima kejadian kepada lembaga lain."
    ),
    "Reliability of the source, first half of the Admiralty grading.": (
        "Keandalan sumber, bagian pertama dari penilaian Admiralty."
    ),
    "Severity of the Common Alerting Protocol 1.2 (OASIS), in lower case.": (
        "Tingkat keparahan menurut Common Alerting Protocol 1.2 (OASIS), dengan huruf kecil."
    ),
    "Something that happened, as one agency recorded it.": (
        "Sesuatu yang terjadi, sebagaimana dicatat oleh satu lembaga."
    ),
    "The agency to which ownership is offered": "Lembaga yang ditawari kepemilikan",
    "The new owner; only with `offer`": "Pemilik baru; hanya pada `offer`",
    "The next status of an incident, and why.": "Status kejadian berikutnya, dan alasannya.",
    "The other incident; only with `duplicate`": "Kejadian yang lain; hanya pada `duplicate`",
    "The place in words: a polling station, an office": "Tempat dengan kata-kata: sebuah TPS, sebuah kantor",
    "The way by which word of it came.": "Saluran masuknya kabar.",
    "What shall change; what is left out stays (RFC 7396). Status moves by steps, not here.": (
        "Apa yang diubah; yang tidak disebut tetap (RFC 7396). Status berpindah lewat langkah, bukan di sini."
    ),
    "When word of it came; now, if left out": "Kapan kabar diterima; sekarang, jika tidak diisi",
    "Where an incident stands.": "Kedudukan kejadian saat ini.",
    "Who leads; must pass the marking": "Siapa yang memimpin penanganan; harus tercakup dalam penandaan",
    "Who might lead or take part, and which other records may tell of the same event; nothing is changed.": (
        "Siapa yang dapat memimpin atau dilibatkan, dan catatan lain yang mungkin tentang peristiwa "
        "yang sama; tidak ada yang diubah."
    ),
    "Who takes part; must pass the marking": "Siapa yang ditugasi; harus tercakup dalam penandaan",
    "Whose people's conduct is alleged": "Lembaga yang perilaku orangnya dipersoalkan",
    # Examples
    "Damp ballot boxes in a PPK warehouse": "Kotak suara lembap di gudang PPK",
    "Money politics in the quiet period": "Politik uang pada masa tenang",
    "A hoax that polling stations close early": "Hoaks bahwa TPS tutup lebih awal",
    "Supporters clash where two Polda meet": "Bentrok pendukung di perbatasan dua Polda",
    "A count is rejected; only four accounts may know": (
        "Hasil penghitungan ditolak; hanya empat akun yang boleh tahu"
    ),
    "It has grown worse": "Keadaannya memburuk",
    "KPU shall know of it and leads": "KPU perlu tahu dan memimpin penanganan",
    "The place is now known exactly": "Tempatnya kini diketahui dengan tepat",
    "A patrol has seen it: verified": "Sudah dilihat patroli: terverifikasi",
    "Officers are on their way": "Petugas sudah bergerak",
    "It was no true report": "Laporannya ternyata tidak benar",
    "Another report tells of the same": "Laporan lain menyebut peristiwa yang sama",
    "Offer it to KPU": "Tawarkan kepada KPU",
    "KPU accepts": "KPU menerima",
    "KPU declines": "KPU menolak",
    "Take the offer back": "Tarik kembali tawaran",
    "Staff of a KPU warehouse are named": "Petugas gudang KPU disebut dalam laporan",
    "A civil servant's neutrality is in question": "Netralitas ASN dipersoalkan",
    # Refusals
    "A record about its own owner cannot be RED: oversight must see it.": (
        "Catatan tentang pemiliknya sendiri tidak boleh RED: lembaga pengawas harus dapat melihatnya."
    ),
    "An agency that is accused cannot lead.": "Lembaga yang dipersoalkan tidak dapat memimpin penanganan.",
    "An agency that is accused cannot take it over.": (
        "Lembaga yang dipersoalkan tidak dapat mengambil alih kejadian ini."
    ),
    "An incident does not refer to itself.": "Kejadian tidak merujuk ke dirinya sendiri.",
    "It cannot have happened after it was reported.": "Kejadian tidak mungkin terjadi setelah dilaporkan.",
    "Only the oversight agency may take a name off.": "Hanya lembaga pengawas yang boleh mencabut nama.",
    "The body names nothing to change.": "Isi permintaan tidak menyebut apa pun yang diubah.",
    "There is no offer to withdraw.": "Tidak ada tawaran yang dapat ditarik kembali.",
    "There is no such incident.": "Tidak ada kejadian seperti itu.",
    "This agency owns the incident already.": "Lembaga ini sudah menjadi pemilik kejadian.",
    "This incident is not offered to your agency.": "Kejadian ini tidak ditawarkan kepada lembaga Anda.",
    "This time is still to come.": "Waktu ini belum terjadi.",
    "Your agency is named in about_agencies of this record; {overseer} decides on this.": (
        "Lembaga Anda disebut dalam about_agencies catatan ini; yang memutuskan adalah {overseer}."
    ),
    "duplicate_of goes with `duplicate`, and only with it": (
        "duplicate_of harus diisi pada `duplicate`, dan hanya di sana"
    ),
    "to goes with `offer`, and only with it": "to harus diisi pada `offer`, dan hanya di sana",
    "{agency} is named already.": "{agency} sudah disebut.",
}
