"""Acknowledgements: asked for, given, told on, counted."""

LINES = {
    # Operations
    "Acknowledge a threat level": "Konfirmasi tingkat ancaman",
    "Acknowledge an incident": "Konfirmasi kejadian",
    "Acknowledgements": "Konfirmasi",
    "Ask agencies to acknowledge a threat level": "Minta lembaga mengonfirmasi tingkat ancaman",
    "Ask agencies to acknowledge an incident": "Minta lembaga mengonfirmasi kejadian",
    "Asked at this time or later": "Diminta pada waktu ini atau sesudahnya",
    "Asked before this time": "Diminta sebelum waktu ini",
    "Every agency named must see the record already. Who stays silent past the time is told on: first to its "
    "own commander, then to the owner's, in the inbox and the change feed.": (
        "Setiap lembaga yang disebut harus sudah dapat melihat catatannya. Yang tidak menjawab sampai batas "
        "waktu dilaporkan: mula-mula kepada komandannya sendiri, lalu kepada komandan pemilik, di kotak "
        "masuk dan aliran perubahan."
    ),
    "For an agency that was asked, whatever its area. Late is better than never.": (
        "Untuk lembaga yang diminta, di mana pun wilayah tugasnya. Terlambat lebih baik daripada tidak sama "
        "sekali."
    ),
    "List who has acknowledged a threat level": "Daftar yang sudah mengonfirmasi tingkat ancaman",
    "List who has acknowledged an incident": "Daftar yang sudah mengonfirmasi kejadian",
    "Of the incidents and threat levels that you see, by when the agencies were asked.": (
        "Dari kejadian dan tingkat ancaman yang Anda lihat, menurut waktu lembaganya diminta."
    ),
    "Read how long agencies take to acknowledge": "Baca berapa lama lembaga mengonfirmasi",
    "Who has seen what, within what time": "Siapa sudah melihat apa, dalam berapa lama",
    # Schemas
    "A shorter time than the severity or the level gives, which holds if left out": (
        "Waktu yang lebih singkat daripada menurut tingkat keparahan atau ancamannya, yang berlaku jika "
        "tidak diisi"
    ),
    "Acknowledgements, those first asked for first.": "Konfirmasi, yang lebih dahulu diminta lebih dahulu.",
    "By the code of the agency": "Menurut kode lembaga",
    "How long agencies take to acknowledge.": "Berapa lama lembaga mengonfirmasi.",
    "How one agency acknowledges.": "Bagaimana satu lembaga mengonfirmasi.",
    "In time, late and open together; what became moot does not count": (
        "Tepat waktu, terlambat, dan terbuka bersama-sama; yang tidak diperlukan lagi tidak dihitung"
    ),
    "Of the account that acknowledged": "Dari akun yang mengonfirmasi",
    "Of the open ones, those whose time has passed": "Dari yang terbuka, yang waktunya sudah lewat",
    "Of those that were given, by the nearest rank": "Dari yang sudah diberikan, menurut peringkat terdekat",
    "So many seconds or fewer in nine of ten cases": (
        "Sekian detik atau kurang pada sembilan dari sepuluh kasus"
    ),
    "That agencies were asked to say that they have seen a record.": (
        "Bahwa lembaga diminta menyatakan sudah melihat suatu catatan."
    ),
    "The severity or the level by which the time was given": (
        "Tingkat keparahan atau ancaman yang menentukan waktunya"
    ),
    "What it does now; no names of persons": "Apa tindakannya sekarang; tanpa nama orang",
    "What it is about; no names of persons": "Tentang apa; tanpa nama orang",
    "When it was asked": "Kapan diminta",
    "When the owner's commander is told, if nothing is heard": (
        "Kapan komandan pemilik diberi tahu, jika tidak ada jawaban"
    ),
    "Where it stands with the acknowledgement of one agency.": "Keadaan konfirmasi satu lembaga.",
    "Where it stands with the word of one agency.": "Keadaan pernyataan satu lembaga.",
    "Which agencies shall say that they have seen the record; each must see it already.": (
        "Lembaga mana yang harus menyatakan sudah melihat catatan; masing-masing harus sudah dapat "
        "melihatnya."
    ),
    "Which asked": "Yang meminta",
    "Which is asked": "Yang diminta",
    "Whose commander is told of a silence.": "Komandan siapa yang diberi tahu jika tidak ada jawaban.",
    "Your agency has seen the record.": "Lembaga Anda sudah melihat catatan.",
    # Examples
    "It has been seen": "Sudah dilihat",
    "It has been seen, and people are on their way": "Sudah dilihat, dan petugas sedang menuju lokasi",
    "One agency, within two minutes": "Satu lembaga, dalam dua menit",
    "Two agencies shall say that they have seen it": "Dua lembaga harus menyatakan sudah melihatnya",
    # Refusals
    "At most {limit} seconds are given for {urgency}.": "Paling lama {limit} detik untuk {urgency}.",
    "Nobody waits for your agency to acknowledge this record.": (
        "Tidak ada yang menunggu konfirmasi lembaga Anda atas catatan ini."
    ),
    "This record has ended; nobody needs to acknowledge it.": (
        "Catatan ini sudah berakhir; tidak perlu dikonfirmasi lagi."
    ),
    "Your own agency asks: name others.": "Lembaga Anda sendiri yang meminta: sebutkan yang lain.",
    "{agency} does not see this record; widen its audience first.": (
        "{agency} tidak melihat catatan ini; perluas dahulu penerimanya."
    ),
    "{agency} has been asked already and has not answered.": "{agency} sudah diminta dan belum menjawab.",
}
