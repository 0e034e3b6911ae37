"""Assistance between agencies: asked for, answered, filled."""

LINES = {
    # Operations
    "Assistance": ("Bantuan"),
    "Ask other agencies for personnel, answer them, and see what is still missing": (
        "Minta personel dari lembaga lain, jawab permintaannya, dan lihat apa yang masih kurang"
    ),
    "A promise can be withdrawn until its personnel set out; then the steps of the deployment release and "
    "return them.": (
        "Kesanggupan dapat ditarik sampai personelnya berangkat; setelah itu pelepasan dan pengembaliannya "
        "melalui langkah penugasan."
    ),
    "All of them for the agency that asked, for any other its own.": (
        "Semuanya untuk lembaga yang meminta; lembaga lain hanya melihat jawabannya sendiri."
    ),
    "An acceptance deploys the personnel at once, under operational control of who asked (BKO). More than "
    "are left is refused (409), with the number that is left. `If-Match` is the request's.": (
        "Kesanggupan langsung menugaskan personelnya di bawah kendali operasi peminta (BKO). Jumlah yang "
        "melebihi sisa ditolak (409) dengan menyebut sisanya. `If-Match` mengacu pada permintaannya."
    ),
    "Answer a request for assistance": ("Jawab permintaan bantuan"),
    "Ask other agencies for personnel": ("Minta personel dari lembaga lain"),
    "Ask other agencies for personnel, and answer what they ask for": (
        "Meminta personel dari lembaga lain, dan menjawab permintaan mereka"
    ),
    "Asking or asked": ("Yang meminta atau yang dimintai"),
    "Change a request for assistance": ("Ubah permintaan bantuan"),
    "Close or withdraw a request for assistance": ("Tutup atau tarik permintaan bantuan"),
    "For a place in your own area. Each agency that is addressed sees the request and what is left of it; "
    "its answer is seen by you and by itself.": (
        "Untuk tempat di wilayah tugas Anda. Setiap lembaga yang dimintai melihat permintaan dan sisanya; "
        "jawabannya hanya terlihat oleh Anda dan lembaga itu sendiri."
    ),
    "List requests for assistance, newest first": ("Daftar permintaan bantuan, yang terbaru lebih dahulu"),
    "List the answers to a request for assistance": ("Daftar jawaban atas permintaan bantuan"),
    "List the history of a request for assistance": ("Daftar riwayat permintaan bantuan"),
    "Open, past `answer_by`, and persons are still needed": (
        "Masih terbuka, melewati `answer_by`, dan personel masih kurang"
    ),
    "Read a request for assistance": ("Baca permintaan bantuan"),
    "Read the requests for assistance your agency may know of, and its answers": (
        "Membaca permintaan bantuan yang boleh diketahui lembaga Anda, dan jawabannya"
    ),
    "Take, refuse or withdraw an answer": ("Ambil, tolak, atau tarik jawaban"),
    # Schemas
    "A page of requests for assistance, newest first.": (
        "Satu halaman permintaan bantuan, yang terbaru lebih dahulu."
    ),
    "A unit of your own agency that sends them": ("Satuan lembaga Anda sendiri yang mengirimnya"),
    "An agency whose promise or offer stands cannot be left out": (
        "Lembaga yang kesanggupan atau tawarannya masih berlaku tidak dapat dihilangkan"
    ),
    "Answers that you may see, those first given first.": (
        "Jawaban yang boleh Anda lihat, yang pertama diberikan lebih dahulu."
    ),
    "As what they come; if left out, what the kind of the request suggests": (
        "Sebagai apa mereka datang; jika tidak diisi, menurut jenis permintaannya"
    ),
    "At most 366 days after the start": ("Paling lama 366 hari setelah mulai"),
    "How a request ends, and why.": ("Bagaimana permintaan berakhir, dan alasannya."),
    "How fast (derajat), in rising order.": ("Derajat kecepatannya, dari yang terendah."),
    "How many persons": ("Jumlah orang"),
    "How many persons; to accept, no more than are left": (
        "Jumlah orang; untuk menyanggupi, tidak melebihi sisanya"
    ),
    "Needed to decline and for a counter-offer; no names of persons": (
        "Wajib untuk menolak dan untuk tawaran lain; tanpa nama orang"
    ),
    "No fewer than are accepted already": ("Tidak kurang dari yang sudah disanggupi"),
    "Null where the staff of the requester will command": (
        "Null jika yang akan mengendalikan adalah staf peminta"
    ),
    "Null where you may not see the request any more": (
        "Null jika permintaannya tidak lagi boleh Anda lihat"
    ),
    "Number of the order, or the ground in words; for `order` and `other`": (
        "Nomor surat perintah, atau dasarnya dengan kata-kata; untuk `order` dan `other`"
    ),
    "Of a counter-offer, if another time": ("Pada tawaran lain, jika waktunya berbeda"),
    "On what legal ground; GET /api/v1/vocabularies says what each means": (
        "Dasar hukumnya; GET /api/v1/vocabularies menjelaskan masing-masing"
    ),
    "Personnel that an agency asks of others, and how far that is filled.": (
        "Personel yang diminta suatu lembaga dari lembaga lain, dan sejauh mana sudah terpenuhi."
    ),
    "Personnel that your agency asks of others; with AMBER and AMBER+STRICT they join the audience.": (
        "Personel yang diminta lembaga Anda dari lembaga lain; pada AMBER dan AMBER+STRICT mereka ikut "
        "menjadi penerima."
    ),
    "Persons promised by all agencies together, returned ones too": (
        "Orang yang disanggupi semua lembaga bersama-sama, termasuk yang sudah kembali"
    ),
    "Persons still needed": ("Orang yang masih dibutuhkan"),
    "Persons who are home again, of all agencies together": (
        "Orang yang sudah kembali, dari semua lembaga bersama-sama"
    ),
    "Persons who are there now, of all agencies together": (
        "Orang yang sekarang hadir, dari semua lembaga bersama-sama"
    ),
    "The agencies that are asked": ("Lembaga yang dimintai"),
    "The agencies that are asked, at most 20": ("Lembaga yang dimintai, paling banyak 20"),
    "The instrument that a request rests on.": ("Peraturan atau surat yang menjadi dasar permintaan."),
    "Until when you need an answer; before the end": (
        "Sampai kapan Anda memerlukan jawaban; sebelum berakhir"
    ),
    "What an addressed agency says.": ("Apa kata lembaga yang dimintai."),
    "What becomes of an answer, and why.": ("Apa jadinya suatu jawaban, dan alasannya."),
    "What came of it; null also where you may not see that deployment": (
        "Penugasan hasilnya; null juga jika penugasan itu tidak boleh Anda lihat"
    ),
    "What has become of an answer.": ("Apa yang terjadi dengan suatu jawaban."),
    "What one addressed agency says to a request; it and the requester know of it.": (
        "Jawaban satu lembaga yang dimintai; diketahui oleh lembaga itu dan peminta."
    ),
    "What personnel of another agency are asked for.": ("Untuk apa personel lembaga lain diminta."),
    "What shall change; what is left out stays (RFC 7396). Promises stand as they were given.": (
        "Yang akan diubah; yang tidak disebut tetap (RFC 7396). Kesanggupan tetap seperti diberikan."
    ),
    "What they shall do there; no names of persons": (
        "Apa yang harus mereka lakukan di sana; tanpa nama orang"
    ),
    "What they were promised for; null also where you may not see the request": (
        "Permintaan yang disanggupi; null juga jika permintaannya tidak boleh Anda lihat"
    ),
    "What your agency answers: it has seen it, sends some or all, offers something else, or declines.": (
        "Jawaban lembaga Anda: sudah mengetahui, mengirim sebagian atau semua, menawarkan yang lain, atau "
        "tidak menyanggupi."
    ),
    "Where a request stands; how far it is filled says its counts.": (
        "Keadaan permintaan; sejauh mana terpenuhi disebut oleh hitungannya."
    ),
    "Which of your units will command; your staff, if left out": (
        "Satuan Anda yang akan mengendalikan; staf Anda, jika tidak diisi"
    ),
    "Who answers": ("Yang menjawab"),
    "Why it was accepted, refused or withdrawn": ("Alasan diambil, ditolak, atau ditarik"),
    "`accepted`, `refused`: the requester on an offer. `withdrawn`: who gave the answer": (
        "`accepted`, `refused`: oleh peminta atas suatu tawaran. `withdrawn`: oleh yang memberi jawaban"
    ),
    "`closed`: no more are needed, what was accepted stays. `withdrawn`: only while none are accepted": (
        "`closed`: tidak ada lagi yang diperlukan, yang sudah disanggupi tetap. `withdrawn`: hanya selama "
        "belum ada yang disanggupi"
    ),
    # Examples
    "Enough have come": ("Yang datang sudah cukup"),
    "Fewer, and a day later": ("Lebih sedikit, dan sehari kemudian"),
    "Forty of the sixty": ("Empat puluh dari enam puluh"),
    "It is needed no more, and nobody has promised anything": (
        "Tidak diperlukan lagi, dan belum ada yang menyanggupi"
    ),
    "It was seen; the answer follows": ("Sudah diketahui; jawabannya menyusul"),
    "KPU asks the police for guards of a warehouse, at once": ("KPU segera meminta polisi menjaga gudang"),
    "More are needed": ("Dibutuhkan lebih banyak"),
    "None can be spared": ("Tidak ada yang dapat dilepas"),
    "Sixty for crowd control, asked of the military and the neighbouring Polda": (
        "Enam puluh untuk pengendalian massa, diminta dari TNI dan Polda tetangga"
    ),
    "The answer may come later": ("Jawabannya boleh lebih lambat"),
    "The requester refuses the offer": ("Peminta menolak tawaran"),
    "The requester takes the offer": ("Peminta mengambil tawaran"),
    "Who offered takes it back": ("Yang menawarkan menariknya kembali"),
    # Refusals
    "A promise or an offer of {agency} stands: leave it in, or have that withdrawn or refused.": (
        "Kesanggupan atau tawaran {agency} masih berlaku: biarkan tercantum, atau mintalah ditarik atau "
        "ditolak dahulu."
    ),
    "A request goes to agencies, RED to accounts: use AMBER+STRICT and a classification.": (
        "Permintaan ditujukan kepada lembaga, RED kepada akun: gunakan AMBER+STRICT dan klasifikasi."
    ),
    "An answer is of use before the end only.": ("Jawaban hanya berguna sebelum waktunya berakhir."),
    "An answer of this kind does not have it: {kind}.": ("Jawaban jenis ini tidak memuatnya: {kind}."),
    "An answer of this kind needs it: {kind}.": ("Jawaban jenis ini memerlukannya: {kind}."),
    "Ask other agencies, not your own.": ("Mintalah kepada lembaga lain, bukan lembaga Anda sendiri."),
    "Name the order, or the ground in words.": (
        "Sebutkan surat perintahnya, atau dasarnya dengan kata-kata."
    ),
    "Of this request {left} are left.": ("Sisa permintaan ini {left}."),
    "Only the agency that gave an answer takes it back.": (
        "Hanya lembaga yang memberi jawaban yang dapat menariknya."
    ),
    "Only the requester takes or refuses an offer.": ("Hanya peminta yang mengambil atau menolak tawaran."),
    "That agency can no longer send so many in that time: ask it for another offer.": (
        "Lembaga itu tidak lagi dapat mengirim sebanyak itu pada waktu tersebut: mintalah tawaran lain."
    ),
    "They are {status}: what follows are the steps of their deployment.": (
        "Statusnya {status}: selanjutnya melalui langkah penugasannya."
    ),
    "They were promised for a request for assistance: withdraw that promise, and promise anew.": (
        "Mereka disanggupi untuk suatu permintaan bantuan: tarik kesanggupan itu, lalu sanggupi lagi."
    ),
    "This request is open no more: {status}.": ("Permintaan ini tidak lagi terbuka: {status}."),
    "To bind personnel takes deployments:write and the role of a commander or an operator.": (
        "Mengikat personel memerlukan deployments:write dan peran commander atau operator."
    ),
    "{accepted} are accepted already: ask for at least as many.": (
        "Sudah {accepted} yang disanggupi: mintalah paling sedikit sebanyak itu."
    ),
    "{accepted} are accepted: close the request and release them, or have their agencies withdraw them.": (
        "Ada {accepted} yang disanggupi: tutup permintaannya dan lepaskan mereka, atau mintalah lembaganya "
        "menarik kesanggupan."
    ),
}
