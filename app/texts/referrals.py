"""Referrals of violations, and the times that the service keeps."""

LINES = {
    # Operations
    "List the referrals of an incident": "Daftar rujukan suatu kejadian",
    "Move a referral to its next status": "Pindahkan rujukan ke status berikutnya",
    "Read a referral and the clock that runs": "Baca rujukan dan tenggat yang berjalan",
    "Read the times that the service keeps": "Baca batas waktu yang dijaga layanan",
    "Refer a violation to the competent authority": "Rujuk pelanggaran ke lembaga yang berwenang",
    "Referrals": "Rujukan",
    "The clock of the status before stops, and that of the next one starts. By agencies that take part, and "
    "by those whom the running clock binds.": (
        "Tenggat status sebelumnya berhenti, dan tenggat status berikutnya mulai berjalan. Oleh lembaga yang "
        "ikut menangani, dan oleh yang terikat tenggat yang berjalan."
    ),
    "Violations of election law, and the clocks that the law sets": (
        "Pelanggaran hukum pemilihan, dan tenggat menurut undang-undang"
    ),
    "Who that is follows from the kind of violation; an election crime goes to Sentra Gakkumdu.": (
        "Siapa yang berwenang mengikuti jenis pelanggarannya; tindak pidana pemilihan ke Sentra Gakkumdu."
    ),
    "Within what time agencies acknowledge, who is told if they do not, which clocks the law sets to "
    "referrals, and who is competent for which violation.": (
        "Dalam berapa lama lembaga mengonfirmasi, siapa yang diberi tahu jika tidak, tenggat apa yang "
        "ditetapkan undang-undang bagi rujukan, dan siapa yang berwenang atas pelanggaran mana."
    ),
    # Schemas
    "A clock that the law sets to a referral in a status.": (
        "Tenggat yang ditetapkan undang-undang bagi rujukan dalam suatu status."
    ),
    "A severity, or a threat level": "Tingkat keparahan, atau tingkat ancaman",
    "A violation of election law in an incident, for the authority that is competent.": (
        "Pelanggaran hukum pemilihan dalam suatu kejadian, bagi lembaga yang berwenang."
    ),
    "A violation on its way to a decision; the service follows its clocks, it is not the case file.": (
        "Pelanggaran yang sedang diproses; layanan mengikuti tenggatnya, bukan berkas perkaranya."
    ),
    "Calendar days after a violation became known": "Hari kalender sejak pelanggaran diketahui",
    "Defaults of this service, no law's": "Nilai bawaan layanan ini, bukan dari undang-undang",
    "Every time that the service keeps, and by what it is kept.": (
        "Setiap batas waktu yang dijaga layanan, dan dasarnya."
    ),
    "How long a record gives at the longest.": "Waktu terlama yang diberikan suatu catatan.",
    "How sure the competence is": "Seberapa pasti kewenangannya",
    "How sure the length and the unit are": "Seberapa pasti lama dan satuannya",
    "How sure we are of a fact of the field.": "Seberapa pasti suatu fakta lapangan.",
    "In what a term is counted.": "Satuan hitungan tenggat.",
    "In which days are counted": "Zona waktu hitungan hari",
    "It counts on from where that clock began": "Dihitung terus sejak tenggat itu mulai",
    "Null where no time is set": "Null jika tidak ada tenggat",
    "Referrals, oldest first.": "Rujukan, yang terlama lebih dahulu.",
    "So many times the allowed time has passed": "Sekian kali waktu yang diberikan sudah lewat",
    "That are no working days; empty: only weekends are left out": (
        "Yang bukan hari kerja; jika kosong, hanya akhir pekan yang dilewati"
    ),
    "That of the status which it goes with": "Sama dengan nama statusnya",
    "The clock that runs: whom the law gives how long.": (
        "Tenggat yang berjalan: siapa yang diberi waktu berapa lama oleh undang-undang."
    ),
    "The day (WIB) on which it became known": "Hari (WIB) saat diketahui",
    "The next status of a referral, and why.": "Status rujukan berikutnya, beserta alasannya.",
    "The system has noted that the time has passed": "Sistem sudah mencatat bahwa waktunya lewat",
    "What a violation is, as Bawaslu sorts reports; disputes beside them.": (
        "Jenis pelanggaran menurut pembagian laporan Bawaslu; ditambah sengketa."
    ),
    "What is alleged; no names of persons": "Apa yang diduga; tanpa nama orang",
    "When Bawaslu received it: the first clock runs from here; now, if left out": (
        "Kapan diterima Bawaslu: tenggat pertama berjalan dari sini; sekarang, jika tidak diisi"
    ),
    "When it came to this status": "Kapan sampai pada status ini",
    "When that was; now, if left out": "Kapan terjadinya; sekarang, jika tidak diisi",
    "Where a referral stands; each step ends the clock of the one before.": (
        "Keadaan rujukan; setiap langkah mengakhiri tenggat sebelumnya."
    ),
    "Which referred it": "Yang merujuk",
    "Who is competent for a kind of violation.": "Siapa yang berwenang atas suatu jenis pelanggaran.",
    "Who is competent for this kind": "Siapa yang berwenang atas jenis ini",
    "Who is told of a silence.": "Siapa yang diberi tahu jika tidak ada jawaban.",
    "Whom a clock binds.": "Siapa yang terikat tenggat.",
    "Within 7 days after it became known; null where nobody said when that was": (
        "Dalam 7 hari sejak diketahui; null jika waktunya tidak disebut"
    ),
    "Working days leave out Saturdays and Sundays, not national holidays": (
        "Hari kerja tidak menghitung Sabtu dan Minggu; libur nasional tetap terhitung"
    ),
    # Examples
    "A member of a polling committee, for DKPP": "Seorang anggota panitia pemungutan suara, untuk DKPP",
    "An election crime, for Sentra Gakkumdu": "Tindak pidana pemilihan, untuk Sentra Gakkumdu",
    "The study finds a crime": "Kajian menemukan tindak pidana",
    "There is nothing to it": "Tidak terbukti",
    # Refusals
    "A referral of this kind is open already.": "Rujukan sejenis sudah terbuka.",
    "It was received before anybody knew of it.": "Diterima sebelum diketahui siapa pun.",
    "The step before was later than this.": "Langkah sebelumnya lebih akhir daripada ini.",
}
