"""Posture plans: prepared answers to a level of threat, and what people make of them."""

LINES = {
    # Operations
    "A deployment that is carried out is requested at once, by the same rules as any other: it takes the "
    "right to deploy, too.": (
        "Penugasan yang dilaksanakan langsung diminta, menurut aturan yang sama dengan penugasan lain: "
        "diperlukan juga hak untuk menugaskan."
    ),
    "Carry out a draft, or drop it": "Laksanakan rancangan, atau batalkan",
    "Change a posture plan": "Ubah rencana kesiapan",
    "List posture plans, newest first": "Daftar rencana kesiapan, yang terbaru lebih dahulu",
    "List the history of a posture plan": "Daftar riwayat rencana kesiapan",
    "List the history of what a level made of a plan": "Daftar riwayat pelaksanaan rencana kesiapan",
    "List what levels made of plans, newest first": (
        "Daftar pelaksanaan rencana kesiapan, yang terbaru lebih dahulu"
    ),
    "Posture": "Kesiapan",
    "Prepare an answer to a level of threat": "Siapkan jawaban atas tingkat ancaman",
    "Prepare posture plans, and decide what of them is carried out": (
        "Menyiapkan rencana kesiapan, dan memutuskan apa yang dilaksanakan"
    ),
    "Prepared answers to a level of threat, and what people make of them": (
        "Jawaban yang disiapkan atas tingkat ancaman, dan keputusan orang atasnya"
    ),
    "Read a posture plan": "Baca rencana kesiapan",
    "Read the posture plans your agency may know of, and what became of them": (
        "Membaca rencana kesiapan yang boleh diketahui lembaga Anda, dan pelaksanaannya"
    ),
    "Read what a level made of a plan": "Baca pelaksanaan suatu rencana kesiapan",
    "Those for this place and for what is around it": "Untuk tempat ini dan wilayah yang melingkupinya",
    "When such a level comes into force, each measure becomes a draft that waits for a person.": (
        "Jika tingkat itu berlaku, setiap tindakan menjadi rancangan yang menunggu keputusan orang."
    ),
    # Schemas
    "A page of activations, newest first.": "Satu halaman pelaksanaan, yang terbaru lebih dahulu.",
    "A page of posture plans, newest first.": "Satu halaman rencana kesiapan, yang terbaru lebih dahulu.",
    "A prepared answer to a level of threat in a region.": (
        "Jawaban yang disiapkan atas tingkat ancaman di suatu wilayah."
    ),
    "A prepared answer to a level of threat in a region. Nothing of it moves without a person's decision.": (
        "Jawaban yang disiapkan atas tingkat ancaman di suatu wilayah. Tidak ada yang bergerak tanpa "
        "keputusan orang."
    ),
    "A unit of your agency is to be sent.": "Satu satuan lembaga Anda akan dikirim.",
    "As the plan has it": "Seperti dalam rencana",
    "Fewer or more than planned, where a shortfall asks for it": (
        "Lebih sedikit atau lebih banyak dari rencana, jika kekurangan menuntutnya"
    ),
    "For how long they are sent": "Untuk berapa lama mereka dikirim",
    "From this level on it answers": "Berlaku mulai tingkat ini",
    "It answers a level of this region, or of one around it": (
        "Menjawab tingkat ancaman wilayah ini, atau wilayah yang melingkupinya"
    ),
    "Its place in the plan, from 1": "Urutannya dalam rencana, mulai dari 1",
    "Null also where you may not see it": "Null juga jika Anda tidak boleh melihatnya",
    "Null for every kind of threat": "Null untuk semua jenis ancaman",
    "Null where they were erased": "Null jika telah dihapus",
    "Of the decision": "Alasan keputusan",
    "One prepared measure, and what a person decided.": (
        "Satu tindakan yang disiapkan, dan keputusan orang atasnya."
    ),
    "TLP 2.0; by default a plan is its own agency's matter": (
        "TLP 2.0; jika tidak diisi, rencana hanya untuk lembaganya sendiri"
    ),
    "The region of the plan, if left out": "Wilayah rencana, jika tidak diisi",
    "What a person can make of a draft.": "Yang dapat diputuskan orang atas suatu rancangan.",
    "What a threat level made of a plan: drafts that wait for a person, and what was decided.": (
        "Pelaksanaan rencana karena suatu tingkat ancaman: rancangan yang menunggu, dan keputusannya."
    ),
    "What has become of a prepared measure; only a person moves it.": (
        "Keadaan tindakan yang disiapkan; hanya orang yang menggerakkannya."
    ),
    "What shall become of a draft, and why.": "Keputusan atas suatu rancangan, dan alasannya.",
    "What shall change; what is left out stays (RFC 7396). Activations that there are stay as they are.": (
        "Yang akan berubah; yang tidak disebut tetap (RFC 7396). Pelaksanaan yang sudah ada tetap."
    ),
    "What was requested out of it, and you may see": "Penugasan darinya yang boleh Anda lihat",
    "What your own people are to be told; who carries it out tells them.": (
        "Yang harus diberitahukan kepada anggota sendiri; yang melaksanakan memberitahukannya."
    ),
    "When they are needed; now, if left out": "Kapan diperlukan; sekarang, jika tidak diisi",
    "Whether anything of an activation waits yet.": "Apakah masih ada yang menunggu keputusan.",
    "Why a measure cannot be carried out as planned, as it was when the level came.": (
        "Mengapa tindakan tidak dapat dilaksanakan sesuai rencana, saat tingkat itu berlaku."
    ),
    "Why a measure could not be carried out as it was planned, at the moment the level came.": (
        "Alasan tindakan tidak dapat dilaksanakan sesuai rencana, saat tingkat itu berlaku."
    ),
    # Examples
    "It counts no more": "Tidak berlaku lagi",
    "Others do it already": "Sudah dilakukan pihak lain",
    "What stands ready when unrest is likely": "Yang siap jika kerusuhan mungkin terjadi",
    # Refusals
    "Only the agency that has made a plan changes it.": (
        "Hanya lembaga yang membuat rencana yang dapat mengubahnya."
    ),
    "Only the agency whose plan it is decides its drafts.": (
        "Hanya lembaga pemilik rencana yang memutuskan rancangannya."
    ),
    "Only the deployment of a unit takes this.": "Hanya penugasan satuan yang menerima isian ini.",
    "There is no draft with this number.": "Tidak ada rancangan dengan nomor ini.",
    "This draft is decided already: {state}.": "Rancangan ini sudah diputuskan: {state}.",
}
