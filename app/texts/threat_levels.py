"""Threat levels: statements of agencies, and the level that holds for a place."""

LINES = {
    # Operations
    "Threat levels": "Tingkat ancaman",
    "State, approve and read the threat level of a place": (
        "Nyatakan, setujui, dan baca tingkat ancaman suatu wilayah"
    ),
    "A moment in the past; now, if left out": "Suatu saat di masa lalu; sekarang, jika tidak diisi",
    "From level 4 on, the withdrawal waits as a proposal (202) for another account.": (
        "Mulai tingkat 4, penarikan menunggu akun lain sebagai usulan (202)."
    ),
    "It stands so already, or waits so already: nothing was written": (
        "Sudah berlaku demikian, atau sudah menunggu demikian: tidak ada yang ditulis"
    ),
    "Keep the threat level of your agency as it is wished": (
        "Jaga tingkat ancaman lembaga Anda tetap seperti yang dikehendaki"
    ),
    "Levels 4 and 5, and lowering from them, wait as a proposal (202) until another account of your agency "
    "approves. What stands or waits exactly so already is answered with 200, and nothing is written. "
    "The scale is the partners' own, never an official one.": (
        "Tingkat 4 dan 5, dan penurunan dari keduanya, menunggu sebagai usulan (202) sampai akun lain dari "
        "lembaga Anda menyetujuinya. Yang sudah berlaku atau sudah menunggu persis demikian dijawab 200, dan "
        "tidak ada yang ditulis. Skala ini milik para mitra sendiri, bukan skala resmi."
    ),
    "List statements of threat levels, newest first": (
        "Daftar pernyataan tingkat ancaman, yang terbaru lebih dahulu"
    ),
    "List the history of a statement": "Daftar riwayat pernyataan",
    "Read a statement of a threat level": "Baca pernyataan tingkat ancaman",
    "Read the effective threat level of a place": "Baca tingkat ancaman yang berlaku di suatu wilayah",
    "Read the threat levels your agency may know of": (
        "Membaca tingkat ancaman yang boleh diketahui lembaga Anda"
    ),
    "State a threat level": "Nyatakan tingkat ancaman",
    "State and withdraw the threat levels of your agency": (
        "Menyatakan dan menarik tingkat ancaman lembaga Anda"
    ),
    "The highest level among the statements that you may see, for the place or a region above; the scale is "
    "the partners' own, never an official one.": (
        "Tingkat tertinggi di antara pernyataan yang boleh Anda lihat, untuk wilayah itu atau wilayah di "
        "atasnya; skala ini milik para mitra sendiri, bukan skala resmi."
    ),
    "The new statement": "Pernyataan yang baru",
    "Withdraw a statement of your agency": "Tarik pernyataan lembaga Anda",
    # Schemas
    "1 rendah, 2 sedang, 3 substansial, 4 tinggi, 5 kritis: the partners' own scale, not an official one": (
        "1 rendah, 2 sedang, 3 substansial, 4 tinggi, 5 kritis: skala para mitra sendiri, bukan skala resmi"
    ),
    "A level that your agency states for a place and a category.": (
        "Tingkat yang dinyatakan lembaga Anda untuk suatu wilayah dan kategori."
    ),
    "A page of statements, newest first.": "Satu halaman pernyataan, yang terbaru lebih dahulu.",
    "A statement of one agency: its content never changes, only what has become of it.": (
        "Pernyataan satu lembaga: isinya tidak pernah berubah, hanya kedudukannya."
    ),
    "How far the source and what it says can be relied on, by the Admiralty scale.": (
        "Sejauh mana sumber dan isinya dapat dipercaya, menurut skala Admiralty."
    ),
    "Ids of incidents that you see": "Id kejadian yang dapat Anda lihat",
    "Null where no statement that you may see holds": (
        "Null jika tidak ada pernyataan yang berlaku dan boleh Anda lihat"
    ),
    "Since when it holds; now, if left out": "Sejak kapan berlaku; sekarang, jika tidak diisi",
    "TLP 2.0; the default reaches every partner agency": (
        "TLP 2.0; bawaannya menjangkau semua lembaga mitra"
    ),
    "The former statement, if you may know of it": ("Pernyataan sebelumnya, jika Anda boleh mengetahuinya"),
    "The highest level that holds for a place among the statements you may see; agencies may disagree.": (
        "Tingkat tertinggi yang berlaku di suatu wilayah menurut pernyataan yang boleh Anda lihat; "
        "lembaga-lembaga boleh berbeda penilaian."
    ),
    "The incidents it rests on, as far as you may know of them": (
        "Kejadian yang menjadi dasarnya, sejauh boleh Anda ketahui"
    ),
    "The moment asked for; null for now": "Saat yang ditanyakan; null untuk sekarang",
    "The partners' own scale, never an official level of BNPT": (
        "Skala para mitra sendiri, bukan tingkat resmi BNPT"
    ),
    "The place asked for, or a region above": "Wilayah yang ditanyakan, atau wilayah di atasnya",
    "The region above it is stated for; null for the place itself": (
        "Wilayah di atasnya yang disebut dalam pernyataan; null jika untuk wilayah itu sendiri"
    ),
    "The statement, or the proposal that waits for another account of your agency.": (
        "Pernyataannya, atau usulan yang menunggu akun lain dari lembaga Anda."
    ),
    "What each agency holds for the place and the regions above, highest and nearest first": (
        "Pernyataan tiap lembaga untuk wilayah itu dan wilayah di atasnya, yang tertinggi dan terdekat "
        "lebih dahulu"
    ),
    "What has become of a statement; only one in force counts.": (
        "Kedudukan sebuah pernyataan; hanya yang berlaku yang dihitung."
    ),
    "What one agency holds at the moment asked for; its basis and history are read by its id.": (
        "Pernyataan satu lembaga pada saat yang ditanyakan; dasar dan riwayatnya dibaca melalui id-nya."
    ),
    "What threatens.": "Jenis ancaman.",
    "What your agency holds of a threat at a place; sent again unchanged, it changes nothing.": (
        "Penilaian lembaga Anda atas suatu ancaman di suatu wilayah; jika dikirim lagi tanpa perubahan, "
        "tidak ada yang berubah."
    ),
    "When it lapses unless stated anew; in 7 days, if left out; within 90 days": (
        "Kapan berakhir bila tidak dinyatakan lagi; 7 hari, jika tidak diisi; paling lama 90 hari"
    ),
    "When it was superseded or withdrawn, or lapsed": ("Kapan digantikan, ditarik, atau lewat batas tinjau"),
    "Who issued it": "Lembaga yang menyatakannya",
    "Why a statement no longer holds and nothing takes its place.": (
        "Alasan pernyataan tidak berlaku lagi dan tidak ada penggantinya."
    ),
    "Why this level; no names of persons": "Alasan tingkat ini; jangan tulis nama orang",
    # Examples
    "Level 2: rain may delay supplies to remote places": (
        "Tingkat 2: hujan dapat menghambat logistik ke tempat terpencil"
    ),
    "Level 3: two protests are announced": "Tingkat 3: dua unjuk rasa diumumkan",
    "Level 4: waits until another commander approves": ("Tingkat 4: menunggu persetujuan komandan lain"),
    "Level 3: it rests on an incident": "Tingkat 3: berdasarkan sebuah kejadian",
    "Every day the same: nothing is written again": ("Setiap hari sama: tidak ada yang ditulis lagi"),
    "Raised to 3, for the partners named": "Naik ke 3, untuk mitra yang disebut",
    "Level 5: waits until a commander approves": "Tingkat 5: menunggu persetujuan komandan",
    "The source was wrong": "Sumbernya keliru",
    "What threatened is over": "Ancamannya sudah berlalu",
    "It was stated for the wrong place": "Dinyatakan untuk wilayah yang salah",
    # Refusals
    "It is above your clearance: you would lose sight of it.": (
        "Ini di atas kewenangan akses Anda: Anda tidak akan dapat melihatnya lagi."
    ),
    "It must come after valid_from.": "Waktunya harus setelah valid_from.",
    "Levels of {category} are issued by agencies of these kinds: {kinds}.": (
        "Tingkat ancaman {category} dinyatakan oleh lembaga jenis: {kinds}."
    ),
    "Only the agency that issued a level may withdraw it.": (
        "Hanya lembaga yang menyatakan suatu tingkat yang boleh menariknya."
    ),
    "Review it within {limit} days.": "Tinjau kembali dalam {limit} hari.",
    "State a level when it begins to hold, not before.": (
        "Nyatakan tingkat pada saat mulai berlaku, bukan sebelumnya."
    ),
    "This statement is no longer in force: {status}.": ("Pernyataan ini tidak berlaku lagi: {status}."),
    "This time has passed already.": "Waktu ini sudah lewat.",
}
