"""Elections: their rounds, stages and days."""

LINES = {
    # Operations
    "Elections": "Pemilihan",
    "Which elections a place has, in which round, and at which stage": (
        "Pemilihan apa yang diadakan di suatu tempat, putaran keberapa, dan pada tahapan mana"
    ),
    "1: the first round": "1: putaran pertama",
    "A kelurahan inherits those of its kecamatan, regency or city, and province. Of each election one round "
    "counts: the newest that was decided, of two the one for the smaller region.": (
        "Kelurahan mengikuti pemilihan kecamatan, kabupaten atau kota, dan provinsinya. Dari tiap pemilihan "
        "satu putaran yang berlaku: yang terakhir diputuskan, dan dari dua yang wilayahnya lebih kecil."
    ),
    "A merge patch (RFC 7396): members that are left out stay as they are. `stages` replaces all.": (
        "Merge patch (RFC 7396): anggota yang tidak disebut tetap seperti semula. `stages` "
        "mengganti semuanya."
    ),
    "Change a round of an election, or its stages": "Ubah putaran pemilihan, atau tahapannya",
    "Enter an election, or declare a re-vote": "Catat pemilihan, atau tetapkan pemungutan suara ulang",
    "Held for this region, one above or one within": (
        "Diadakan untuk wilayah ini, wilayah di atasnya, atau di dalamnya"
    ),
    "Keep the calendar of elections; only for the election commission": (
        "Mengelola kalender pemilihan; hanya untuk KPU"
    ),
    "List elections and their rounds, newest first": (
        "Daftar pemilihan dan putarannya, yang terbaru lebih dahulu"
    ),
    "List the history of a round of an election": "Daftar riwayat putaran pemilihan",
    "Of the election commission (KPU) only. A re-vote is a round of its own: it names the round that it "
    "follows, its kind and the decision, and counts from the day of that decision.": (
        "Hanya untuk KPU. Pemungutan suara ulang adalah putaran tersendiri: ia menyebut putaran yang "
        "diikutinya, jenisnya, dan putusannya, dan berlaku sejak hari putusan itu."
    ),
    "Read a round of an election": "Baca putaran pemilihan",
    "Read which elections a place has ahead, and at which stage they are": (
        "Baca pemilihan yang akan diadakan di suatu tempat, dan tahapannya"
    ),
    "The moment, whose day in WIB counts; now, if left out": (
        "Waktunya, yang harinya dalam WIB dipakai; sekarang, jika tidak diisi"
    ),
    # Schemas
    "1, or one more than that of the round it follows": (
        "1, atau satu lebih dari putaran yang mendahuluinya"
    ),
    "A page of elections, newest first.": "Satu halaman pemilihan, yang terbaru lebih dahulu.",
    "A round that counts at a place on a day.": "Putaran yang berlaku di suatu tempat pada suatu hari.",
    "A stage of an election with its days in WIB, both ends included. A day that is not known is null.": (
        "Tahapan pemilihan dengan harinya dalam WIB, hari pertama dan terakhir termasuk. Hari yang tidak "
        "diketahui bernilai null."
    ),
    "An election of a region, or a later round of one: then with what it follows and by which decision.": (
        "Pemilihan suatu wilayah, atau putaran lanjutannya: dengan putaran yang mendahului dan putusannya."
    ),
    "Calendar days in WIB; 0 on the day itself, negative after it, null where none is known": (
        "Hari kalender dalam WIB; 0 pada harinya, negatif sesudahnya, null jika tidak diketahui"
    ),
    "Of the election; a later round keeps it": "Tahun pemilihan; putaran lanjutan tetap memakainya",
    "One round of an election in a region, with the stages whose days are known.": (
        "Satu putaran pemilihan di suatu wilayah, dengan tahapan yang harinya diketahui."
    ),
    "The day in WIB": "Harinya dalam WIB",
    "The day of that decision; it counts from then": "Hari putusan itu; berlaku sejak saat itu",
    "The day of voting in WIB; null where it is not known": (
        "Hari pemungutan suara dalam WIB; null jika tidak diketahui"
    ),
    "The earlier round": "Putaran sebelumnya",
    "The earlier round, where votes are cast again": (
        "Putaran sebelumnya, jika pemungutan suara diadakan lagi"
    ),
    "The region above for which it is held; null: for itself": (
        "Wilayah di atasnya yang mengadakan; null: wilayah itu sendiri"
    ),
    "The regulation or decision that sets the calendar": "Peraturan atau keputusan yang menetapkan jadwal",
    "The stages of an election, in the order of its calendar; a deployment uses those it needs.": (
        "Tahapan pemilihan, menurut urutan jadwalnya; dipakai yang diperlukan saja."
    ),
    "Those whose days are known; each once": "Yang harinya diketahui; masing-masing satu kali",
    "To the next vote that is known; null where none is": (
        "Sampai pemungutan suara berikutnya yang diketahui; null jika tidak ada"
    ),
    "Voting on voting day, else the furthest that runs; null where none is known to run": (
        "Pemungutan suara pada harinya, selain itu tahapan terjauh yang berlangsung; null jika tidak "
        "diketahui ada yang berlangsung"
    ),
    "What is elected.": "Apa yang dipilih.",
    "What is held for a place on a day: coming votes first, the next one before all others.": (
        "Pemilihan di suatu tempat pada suatu hari: yang akan datang lebih dahulu, "
        "yang terdekat paling depan."
    ),
    "What says so, where it is not the election's": "Sumbernya, jika bukan sumber pemilihan itu",
    "What shall change; what is left out stays (RFC 7396). `stages` replaces all of them.": (
        "Yang akan diubah; yang tidak disebut tetap (RFC 7396). `stages` mengganti semuanya."
    ),
    "What the later round is based on": "Dasar putaran lanjutan",
    "Why a place goes through a round once more.": "Mengapa suatu tempat menjalani satu putaran lagi.",
    "With `follows`": "Bersama `follows`",
    # Examples
    "An election whose days are not set": "Pemilihan yang harinya belum ditetapkan",
    "It is not held": "Tidak jadi diadakan",
    "Its stages, each with its days": "Tahapannya, masing-masing dengan harinya",
    "The election of a village head": "Pemilihan kepala desa",
    # Refusals
    "A later round votes after the earlier one.": (
        "Pemungutan suara putaran lanjutan harus sesudah putaran sebelumnya."
    ),
    "An election of this kind is held for a region of another level.": (
        "Pemilihan jenis ini diadakan untuk wilayah pada tingkat lain."
    ),
    "Each stage stands once.": "Tiap tahapan hanya disebut satu kali.",
    "It must not come before starts_on.": "Tidak boleh sebelum starts_on.",
    "Name the first day, the last day, or both.": "Sebutkan hari pertama, hari terakhir, atau keduanya.",
    "Only the agency that has entered an election changes it.": (
        "Hanya lembaga yang mencatat pemilihan yang mengubahnya."
    ),
    "Only the election commission (KPU) keeps the calendar of elections.": (
        "Hanya KPU yang mengelola kalender pemilihan."
    ),
    "The earlier round has another one.": "Putaran sebelumnya memakai nilai lain.",
    "The earlier round was cancelled.": "Putaran sebelumnya telah dibatalkan.",
    "The earlier round was not held there.": "Putaran sebelumnya tidak diadakan di sana.",
    "This day is still to come.": "Hari ini belum tiba.",
    "This goes with `follows`, the earlier round.": "Ini harus disertai `follows`, putaran sebelumnya.",
    "This round is known already: {reference}.": "Putaran ini sudah tercatat: {reference}.",
    "Votes are not counted before they are cast.": "Suara tidak dihitung sebelum dipungut.",
    "With `follows` say the kind of the re-vote, the decision and its day.": (
        "Bersama `follows` sebutkan jenis pemungutan suara ulang, putusannya, dan harinya."
    ),
    "{stage} begins before {earlier} has ended.": "{stage} dimulai sebelum {earlier} berakhir.",
}
