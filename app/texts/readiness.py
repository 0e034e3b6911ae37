"""Readiness (Siaga): orders for units, and which one holds."""

LINES = {
    # Operations
    "Readiness": "Kesiagaan",
    "Siaga orders of an agency for its units, internal to it": (
        "Perintah siaga suatu lembaga untuk satuannya, untuk kalangan sendiri"
    ),
    "For units of your own agency. The order stays inside it unless its marking says else. Another order "
    "that it names in `supersedes` ends where it begins.": (
        "Untuk satuan lembaga Anda sendiri. Perintah tetap di dalam lembaga kecuali penandaannya menyatakan "
        "lain. Perintah lain yang disebut dalam `supersedes` berakhir saat perintah ini mulai."
    ),
    "Issue and revoke readiness orders for units of your agency": (
        "Menerbitkan dan mencabut perintah kesiagaan untuk satuan lembaga Anda"
    ),
    "It ends now, and no other takes its place.": "Perintah berakhir sekarang, tanpa pengganti.",
    "List readiness orders, newest first": "Daftar perintah kesiagaan, yang terbaru lebih dahulu",
    "List the history of a readiness order": "Daftar riwayat perintah kesiagaan",
    "Put units on a level of readiness": "Tetapkan tingkat kesiagaan satuan",
    "Read a readiness order": "Baca perintah kesiagaan",
    "Read the readiness orders your agency may know of": (
        "Membaca perintah kesiagaan yang boleh diketahui lembaga Anda"
    ),
    "Read which order holds for a unit": "Baca perintah yang berlaku bagi suatu satuan",
    "Revoke a readiness order": "Cabut perintah kesiagaan",
    "The code of the unit": "Kode satuannya",
    "The moment; now, if left out": "Waktunya; sekarang, jika tidak diisi",
    "The order that names the unit, else one of the units above it, else that of the whole agency; of two "
    "the one that took effect later. Of what you may see: null says nothing of the others.": (
        "Perintah yang menyebut satuan itu, atau satuan di atasnya, atau seluruh lembaga; dari dua yang "
        "mulai berlaku belakangan. Dari yang boleh Anda lihat: null tidak "
        "menyatakan apa pun tentang yang lain."
    ),
    # Schemas
    "A page of readiness orders, newest first.": (
        "Satu halaman perintah kesiagaan, yang terbaru lebih dahulu."
    ),
    "An order as it was issued, and what became of it.": "Perintah seperti diterbitkan, dan kelanjutannya.",
    "An order that puts units of your agency on a level of readiness; it stays inside, unless marked so.": (
        "Perintah yang menetapkan tingkat kesiagaan satuan lembaga Anda. Untuk kalangan sendiri, kecuali "
        "ditandai lain."
    ),
    "As the order bears it; once in a year for an agency": (
        "Seperti tertera pada perintah; satu kali setahun bagi suatu lembaga"
    ),
    "How much of the strength stands ready": "Bagian kekuatan yang siaga",
    "How ready a unit is to be, from the lowest to the highest.": (
        "Seberapa siap suatu satuan, dari yang terendah sampai yang tertinggi."
    ),
    "Null where you may see no order that holds": (
        "Null jika tidak ada perintah berlaku yang boleh Anda lihat"
    ),
    "Null: the whole agency": "Null: seluruh lembaga",
    "Null: until it is revoked or superseded": "Null: sampai dicabut atau diganti",
    "The day the order bears, in WIB": "Tanggal pada perintah, dalam WIB",
    "The end of an order before its time.": "Berakhirnya perintah sebelum waktunya.",
    "The moment that was asked for; null: now": "Waktu yang diminta; null: sekarang",
    "The order of your agency that ends where this one begins": (
        "Perintah lembaga Anda yang berakhir saat perintah ini mulai"
    ),
    "The order that holds for a unit at a moment, of those that you may see.": (
        "Perintah yang berlaku bagi satuan pada suatu saat, dari yang boleh Anda lihat."
    ),
    "The post that issued it, never a name": "Jabatan yang menerbitkannya, bukan nama",
    "The unit above, or the agency, that the order names; null where it names the unit": (
        "Satuan di atasnya, atau lembaga, yang disebut perintah; null jika menyebut satuan itu"
    ),
    "Units of your agency; null for the whole agency": "Satuan lembaga Anda; null untuk seluruh lembaga",
    "What has become of an order; whether it holds at a moment is told by its times.": (
        "Kelanjutan suatu perintah; berlaku atau tidaknya pada suatu saat ditentukan oleh waktunya."
    ),
    "What it is based on: a telegram, an operation plan, an event": (
        "Dasarnya: surat telegram, rencana operasi, atau peristiwa"
    ),
    "When it ended, where it was revoked or superseded": "Waktu berakhirnya, jika dicabut atau diganti",
    # Examples
    "Siaga I of one unit around voting day": "Siaga I satu satuan di sekitar hari pemungutan suara",
    "Siaga III of the whole agency, which a partner shall know of": (
        "Siaga III seluruh lembaga, yang perlu diketahui mitra"
    ),
    "The order was mistaken": "Perintahnya keliru",
    "The situation is calm": "Situasi terkendali",
    # Refusals
    "An order takes over from another no earlier than that one began.": (
        "Perintah mengganti yang lain paling awal sejak yang lain itu mulai."
    ),
    "Only the agency that has issued an order revokes or supersedes it.": (
        "Hanya lembaga yang menerbitkan perintah yang mencabut atau menggantinya."
    ),
    "The time of this order is over.": "Waktu perintah ini sudah lewat.",
    "This order has ended already: {status}.": "Perintah ini sudah berakhir: {status}.",
    "Your agency has an order with the number {number} in {year} already.": (
        "Lembaga Anda sudah memiliki perintah dengan nomor {number} pada tahun {year}."
    ),
    "the part is more than the whole": "bagiannya melebihi keseluruhan",
    "{unit} is no unit of your agency; GET /api/v1/agencies/…/units lists them.": (
        "{unit} bukan satuan lembaga Anda; lihat GET /api/v1/agencies/…/units."
    ),
}
