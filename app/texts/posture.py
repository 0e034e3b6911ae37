"""Posture plans: prepared answers to a level of threat, and what people make of them."""

LINES = {
    # Operations
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
    "What is carried out is made at once, by the same rules as any other. A deployment takes "
    "`deployments:write` besides, a request for assistance `assistance:write`, a patrol `patrols:write`; "
    "without it, 403. A notice stands in the inbox of those of your agency who hold `incidents:write`, for "
    "seven days.": (
        "Yang dilaksanakan langsung dibuat, menurut aturan yang sama dengan yang lain. Penugasan juga "
        "memerlukan `deployments:write`, permintaan bantuan `assistance:write`, patroli `patrols:write`; "
        "tanpa itu, 403. Pemberitahuan ada di kotak masuk anggota lembaga Anda yang memegang "
        "`incidents:write`, selama tujuh hari."
    ),
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
    "Another day for the patrol than planned": "Hari lain untuk patroli dari yang direncanakan",
    "As the plan has it; `patrol_plan_id` is null where you may not see that": (
        "Seperti dalam rencana; `patrol_plan_id` null jika Anda tidak boleh melihatnya"
    ),
    "Fewer or more than planned, where a shortfall asks for it": (
        "Lebih sedikit atau lebih banyak dari rencana, jika kekurangan menuntutnya"
    ),
    "For how long they are needed": "Untuk berapa lama mereka diperlukan",
    "For how long they are sent": "Untuk berapa lama mereka dikirim",
    "From this level on it answers": "Berlaku mulai tingkat ini",
    "How long they have for an answer; before the end": (
        "Berapa lama waktu mereka untuk menjawab; sebelum berakhir"
    ),
    "How many days after the decision, on the clock of the patrol plan": (
        "Berapa hari setelah keputusan, menurut jam rencana patroli"
    ),
    "In how many hours they are needed": "Dalam berapa jam mereka diperlukan",
    "It answers a level of this region, or of one around it": (
        "Menjawab tingkat ancaman wilayah ini, atau wilayah yang melingkupinya"
    ),
    "Its place in the plan, from 1": "Urutannya dalam rencana, mulai dari 1",
    "Null also where you may not see it": "Null juga jika Anda tidak boleh melihatnya",
    "Null for every kind of threat": "Null untuk semua jenis ancaman",
    "Null where they were erased": "Null jika telah dihapus",
    "Null where they were erased; `patrol_plan_id` is null where you may not see that": (
        "Null jika telah dihapus; `patrol_plan_id` null jika Anda tidak boleh melihatnya"
    ),
    "Of the decision": "Alasan keputusan",
    "Of the patrols among its measures, in their order; those that you may see": (
        "Dari patroli di antara tindakannya, menurut urutannya; yang boleh Anda lihat"
    ),
    "One prepared measure, and what a person decided.": (
        "Satu tindakan yang disiapkan, dan keputusan orang atasnya."
    ),
    "One of your own patrol plans is to be run.": "Salah satu rencana patroli Anda akan dijalankan.",
    "Personnel are to be asked of other agencies; times count from the decision to carry it out.": (
        "Personel akan diminta dari lembaga lain; waktu dihitung dari keputusan untuk melaksanakannya."
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
    "What they are asked for": "Untuk apa mereka diminta",
    "What was made out of it, and you may see": "Yang dibuat darinya dan boleh Anda lihat",
    "What your own people are to be told; carried out, it is in their inbox for seven days.": (
        "Yang harus diberitahukan kepada anggota sendiri; jika dilaksanakan, ada di kotak masuk mereka "
        "selama tujuh hari."
    ),
    "When they are needed; as the measure has it, if left out, or now": (
        "Kapan diperlukan; menurut tindakannya, jika tidak diisi, atau sekarang"
    ),
    "Whom to ask instead, where an agency is no partner any more": (
        "Siapa yang dimintai sebagai gantinya, jika suatu lembaga bukan mitra lagi"
    ),
    "Whether anything of an activation waits yet.": "Apakah masih ada yang menunggu keputusan.",
    "Why a measure cannot be carried out as planned, as it was when the level came.": (
        "Mengapa tindakan tidak dapat dilaksanakan sesuai rencana, saat tingkat itu berlaku."
    ),
    "Why a measure could not be carried out as it was planned, at the moment the level came.": (
        "Alasan tindakan tidak dapat dilaksanakan sesuai rencana, saat tingkat itu berlaku."
    ),
    # Examples
    "First put the id of a patrol plan of your agency in.": (
        "Ganti dahulu id-nya dengan id sebuah rencana patroli lembaga Anda."
    ),
    "It answers a higher level only": "Hanya menjawab tingkat yang lebih tinggi",
    "It counts no more": "Tidak berlaku lagi",
    "It is ordered": "Sudah diperintahkan",
    "Others do it already": "Sudah dilakukan pihak lain",
    "What stands ready when unrest is likely": "Yang siap jika kerusuhan mungkin terjadi",
    "Whom to ask for help, and what to patrol": "Siapa yang dimintai bantuan, dan apa yang dipatroli",
    # Refusals
    "At most {limit} days from now.": "Paling lama {limit} hari dari sekarang.",
    "Leave this out: a measure of this kind has no such thing, or it is dropped.": (
        "Hilangkan ini: tindakan jenis ini tidak memilikinya, atau tindakan ini dibatalkan."
    ),
    "Only the agency that has made a plan changes it.": (
        "Hanya lembaga yang membuat rencana yang dapat mengubahnya."
    ),
    "Only the agency whose plan it is decides its drafts.": (
        "Hanya lembaga pemilik rencana yang memutuskan rancangannya."
    ),
    "There is no draft with this number.": "Tidak ada rancangan dengan nomor ini.",
    "This draft is decided already: {state}.": "Rancangan ini sudah diputuskan: {state}.",
    "This patrol plan is one of {agency}; name one of your own.": (
        "Rencana patroli ini milik {agency}; sebutkan milik Anda sendiri."
    ),
    "This patrol plan is out of use.": "Rencana patroli ini tidak dipakai lagi.",
    "You may not see the patrol plan of this draft: drop it, or have somebody else carry it out.": (
        "Anda tidak boleh melihat rencana patroli rancangan ini: batalkan, atau biarkan orang lain "
        "melaksanakannya."
    ),
}
