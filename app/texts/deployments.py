"""Deployments: request, change, step, and the strength in the field."""

LINES = {
    # Operations
    "Deployments": "Penugasan",
    "Send personnel, follow them, and see the strength of a place": (
        "Tugaskan personel, ikuti pergerakannya, dan lihat kekuatan di suatu wilayah"
    ),
    "A commitment is refused (409) where the unit has too few left at any moment of the window.": (
        "Kesanggupan ditolak (409) jika pada suatu saat dalam rentang waktunya sisa personel satuan tidak "
        "cukup."
    ),
    "At home or in command": "Sebagai asal personel atau sebagai pengendali",
    "Change a deployment": "Ubah penugasan",
    "Deploy units of your agency, and state their strength": (
        "Menugaskan satuan lembaga Anda, dan menyatakan kekuatannya"
    ),
    "How finely to tell regions apart": "Seberapa rinci wilayah dibedakan",
    "In whose window this moment lies": "Yang rentang waktunya mencakup waktu yang disebut",
    "Linked to this incident": "Yang terkait dengan kejadian ini",
    "List deployments, newest first": "Daftar penugasan, yang terbaru lebih dahulu",
    "List the history of a deployment": "Daftar riwayat penugasan",
    "Move a deployment to its next status": "Pindahkan penugasan ke status berikutnya",
    "Of the deployments that you may see, and in whose window the moment lies; statuses are as they stand "
    "now. Where `status` is neither asked for nor grouped by, those count that hold their unit.": (
        "Dari penugasan yang boleh Anda lihat dan yang rentang waktunya mencakup saat itu; status menurut "
        "keadaan sekarang. Jika `status` tidak diminta dan tidak dikelompokkan, yang dihitung adalah yang "
        "mengikat satuannya."
    ),
    "Read a deployment": "Baca penugasan",
    "Read the deployments and unit strengths your agency may know of": (
        "Membaca penugasan dan kekuatan satuan yang boleh diketahui lembaga Anda"
    ),
    "Read the strength in the field by region, agency, role and status": (
        "Baca kekuatan di lapangan menurut wilayah, lembaga, peran, dan status"
    ),
    "Request or commit a deployment of a unit of your agency": (
        "Minta atau sanggupi penugasan satuan lembaga Anda"
    ),
    "The moment; now, to the minute, if left out": "Saatnya; sekarang, per menit, jika tidak diisi",
    "Those that end after it": "Yang berakhir setelah waktu yang disebut",
    "Those that start before it": "Yang mulai sebelum waktu yang disebut",
    # Schemas
    "A page of deployments, newest first.": "Satu halaman penugasan, yang terbaru lebih dahulu.",
    "A unit of your own agency": "Satuan lembaga Anda sendiri",
    "At the level that was asked for, or coarser where only that is known": (
        "Pada jenjang yang diminta, atau lebih umum jika hanya itu yang diketahui"
    ),
    "Every number is of what you may see, and no more": (
        "Setiap angka hanya mencakup apa yang boleh Anda lihat"
    ),
    "From then on they are free again; at most 366 days after the start": (
        "Sejak saat itu personel bebas lagi; paling lama 366 hari setelah mulai"
    ),
    "How many are there now": "Jumlah yang hadir sekarang",
    "Null also where you may not see the incident": ("Null juga jika kejadiannya tidak boleh Anda lihat"),
    "Null also where you may not see the statement": ("Null juga jika pernyataannya tidak boleh Anda lihat"),
    "Null where the staff of the agency itself commands": (
        "Null jika yang mengendalikan adalah staf lembaga itu sendiri"
    ),
    "Personnel of one of your agency's units, to be sent; the unit's strength must have been stated.": (
        "Personel salah satu satuan lembaga Anda yang akan ditugaskan; kekuatan satuannya harus sudah "
        "dinyatakan."
    ),
    "Personnel of one unit, sent to a place for a time, under a command.": (
        "Personel satu satuan yang ditugaskan ke suatu tempat untuk suatu waktu, di bawah suatu kendali."
    ),
    "Strength by region, agency, role and status, of the deployments that you may see.": (
        "Kekuatan menurut wilayah, lembaga, peran, dan status, dari penugasan yang boleh Anda lihat."
    ),
    "The agency of the home unit": "Lembaga dari satuan asal",
    "The levels of Kemendagri codes.": "Jenjang kode Kemendagri.",
    "The moment in whose windows the deployments lie": "Saat yang dicakup rentang waktu penugasannya",
    "The next status of a deployment, and why.": "Status penugasan berikutnya, dan alasannya.",
    "The place in words": "Tempat dengan kata-kata",
    "The status that they have now": "Statusnya sekarang",
    "The sum of all items": "Jumlah dari semua butir",
    "Under whose command the personnel act while they are deployed.": (
        "Di bawah kendali siapa personel bertindak selama bertugas."
    ),
    "What it is for": "Untuk apa",
    "What one group adds up to; what was not grouped by is null.": (
        "Jumlah satu kelompok; yang tidak dikelompokkan bernilai null."
    ),
    "What the personnel are sent for.": "Untuk apa personel ditugaskan.",
    "What the sums can be grouped by.": "Dasar pengelompokan jumlahnya.",
    "Where a deployment stands.": "Kedudukan penugasan saat ini.",
    "Which statuses were counted": "Status yang dihitung",
    "Which unit commands; the home unit, if neither unit nor agency is named": (
        "Satuan pengendali; satuan asal, jika satuan dan lembaga tidak disebut"
    ),
    "Whose personnel they are": "Lembaga asal personel",
    "Whose staff commands, where none of its units does; must pass the marking": (
        "Lembaga yang stafnya mengendalikan, jika bukan salah satu satuannya; harus tercakup dalam penandaan"
    ),
    "`committed` binds the personnel at once": "`committed` langsung mengikat personel",
    # Examples
    "Guard polling stations, known to KPU": "Pengamanan TPS, diketahui KPU",
    "A patrol for an incident": "Patroli untuk sebuah kejadian",
    "Brimob under the control of a Polresta (BKO), committed at once": (
        "Brimob di bawah kendali operasi Polresta (BKO), langsung disanggupi"
    ),
    "The military assists the police": "Perbantuan TNI kepada Polri",
    "Fewer, and at another place": "Lebih sedikit, dan di tempat lain",
    "A day longer": "Satu hari lebih lama",
    "Bawaslu shall know of it too": "Bawaslu juga perlu tahu",
    "The unit commits: from now on it is bound": "Satuan menyanggupi: sejak ini personelnya terikat",
    "The personnel gather": "Personel disiapkan",
    "They are on their way": "Personel dalam perjalanan",
    "They have arrived, 38 of them": "Personel tiba di lokasi, 38 orang",
    "The unit cannot: declined": "Satuan tidak sanggup: ditolak",
    # Refusals
    "At most {limit} days after the start.": "Paling lama {limit} hari setelah mulai.",
    "More than {limit} groups: name a region, or group by less.": (
        "Lebih dari {limit} kelompok: sebutkan wilayahnya, atau kurangi dasar pengelompokannya."
    ),
    "No more can be present than are planned.": "Yang hadir tidak boleh lebih dari yang direncanakan.",
    "Nobody is present while it is {status}.": "Tidak ada yang hadir selama statusnya {status}.",
    "Of this unit {left} are left in that time.": (
        "Sisa personel satuan ini pada rentang waktu itu: {left}."
    ),
    "The end must come after the start.": "Akhirnya harus setelah mulainya.",
    "The strength of this unit has not been stated; PUT /api/v1/units/{unit}/strength states it.": (
        "Kekuatan satuan ini belum dinyatakan; nyatakan dengan PUT /api/v1/units/{unit}/strength."
    ),
    "The unit has fewer personnel than that.": "Personel satuan itu tidak sebanyak itu.",
    "The unit {unit} belongs to {agency}.": "Satuan {unit} milik {agency}.",
    "perbantuan_tni is for units of the military only.": "perbantuan_tni hanya untuk satuan TNI.",
    "{region} shares no kecamatan with the area of {agency} or of {controlling}.": (
        "{region} tidak memiliki kecamatan yang sama dengan wilayah tugas {agency} maupun {controlling}."
    ),
    "{relation} does not fit here (the command is with: {commander}); possible: {possible}.": (
        "{relation} tidak cocok di sini (pengendalinya: {commander}); yang mungkin: {possible}."
    ),
}
