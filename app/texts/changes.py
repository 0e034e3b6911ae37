"""The change feed: pages, the stream, the snapshot."""

LINES = {
    # Operations
    "Changes": "Perubahan",
    "Mirror what you may see: all of it at once, then what changes": (
        "Salin apa yang boleh Anda lihat: semuanya sekaligus, lalu setiap perubahannya"
    ),
    "List what has changed since you last asked": "Daftar perubahan sejak permintaan Anda terakhir",
    "In the order of the ledger, each record as it stands now. A part that was added or changed is a change "
    "of its record. Without `after` it begins with the first entry.": (
        "Menurut urutan buku besar, tiap catatan sebagaimana adanya sekarang. Bagian yang ditambahkan atau "
        "diubah dihitung sebagai perubahan catatannya. Tanpa `after` dimulai dari entri pertama."
    ),
    "Read everything that you may see, as it stands": "Baca semua yang boleh Anda lihat, sebagaimana adanya",
    "All of one moment, as lines of JSON (NDJSON). Go on with `next` of the last line at the changes or the "
    "stream.": (
        "Semuanya dari satu saat yang sama, sebagai baris JSON (NDJSON). Lanjutkan dengan `next` dari baris "
        "terakhir pada daftar perubahan atau aliran."
    ),
    "Follow changes as they are committed": "Ikuti perubahan begitu disimpan",
    "Server-sent events, from now on or after `after` or `Last-Event-ID`. Ends with the token.": (
        "Server-sent events, mulai sekarang atau setelah `after` atau `Last-Event-ID`. Berakhir bersama "
        "token."
    ),
    "Follow the changes of what you may read, and take all of it at once": (
        "Mengikuti perubahan dari apa yang boleh Anda baca, dan mengambil semuanya sekaligus"
    ),
    # Parameters
    "How many entries to read, at most 1,000": "Jumlah entri yang dibaca, paling banyak 1.000",
    "Only these types of records; without it, all that you may read": (
        "Hanya jenis catatan ini; jika kosong, semua yang boleh Anda baca"
    ),
    "The id of the last event that you have stored": "Id kejadian (event) terakhir yang sudah Anda simpan",
    "`next` of the page, the snapshot or the event before": (
        "`next` dari halaman, snapshot, atau kejadian (event) sebelumnya"
    ),
    "`wait=20`: wait so many seconds, at most 30, where there is nothing yet": (
        "`wait=20`: tunggu sekian detik, paling lama 30, jika belum ada apa-apa"
    ),
    # Answers
    "A line that says the format and how many follow, a line for each record, and a last line with `next`; "
    "without it, ask again": (
        "Satu baris yang menyebut formatnya dan berapa yang menyusul, satu baris untuk tiap catatan, dan "
        "baris terakhir dengan `next`; tanpa baris itu, minta lagi"
    ),
    "Events `changed`, `erased` and `gone` with a change as data and a cursor as id, then one `goodbye`": (
        "Event `changed`, `erased`, dan `gone` dengan perubahan sebagai data dan cursor sebagai id, lalu "
        "satu `goodbye`"
    ),
    "Begin again with a snapshot": "Mulailah lagi dengan snapshot",
    "The ledger is shorter than this cursor says: it was restored.": (
        "Buku besar lebih pendek daripada yang disebut cursor ini: basis data telah dipulihkan."
    ),
    "This cursor is damaged, or of a key that the service has no more.": (
        "Cursor ini rusak, atau dari kunci yang tidak dimiliki layanan lagi."
    ),
    "Where to begin again, with 410": "Tempat memulai lagi, pada 410",
    "Your rights, your area or the filter have changed since this cursor was made.": (
        "Hak, wilayah tugas, atau penyaring Anda telah berubah sejak cursor ini dibuat."
    ),
    # Schemas
    "As it stands now; null where it is gone": "Sebagaimana adanya sekarang; null jika sudah tidak ada",
    "Changes in the order of the ledger, each record once.": (
        "Perubahan menurut urutan buku besar, tiap catatan satu kali."
    ),
    "Give it as `after` to go on; keep it with what you have stored": (
        "Kirimkan sebagai `after` untuk melanjutkan; simpan bersama data yang sudah Anda simpan"
    ),
    "Null where it is gone": "Null jika sudah tidak ada",
    "What agencies share, as the feed names it.": "Apa yang dibagikan lembaga, menurut sebutan di umpan ini.",
    "What has become of a record that you may know of, or might until now.": (
        "Apa yang terjadi pada catatan yang boleh, atau sampai kini boleh, Anda ketahui."
    ),
    "What has become of a record.": "Apa yang terjadi pada sebuah catatan.",
    "Where in the ledger; there are gaps": "Posisi di buku besar; urutannya tidak rapat",
    "Whether there may be more at once; if not, wait": (
        "Apakah mungkin masih ada lagi saat ini; jika tidak, tunggu"
    ),
    "What was erased of it; left out where nothing was": (
        "Apa yang dihapus darinya; tidak disertakan jika tidak ada"
    ),
    "Values that went from a record or a part of it, by an erasure or at the end of a retention.": (
        "Nilai yang dihapus dari sebuah catatan atau bagiannya, karena penghapusan atau berakhirnya masa "
        "retensi."
    ),
    "The record itself, or the kind of its part": "Catatan itu sendiri, atau jenis bagiannya",
    "`gone`: it is not for you any more, remove it. `erased`: as `changed`, and remove from all that you "
    "keep of it what `erased` names": (
        "`gone`: catatan ini bukan lagi untuk Anda, hapuslah. `erased`: seperti `changed`, dan hapus dari "
        "semua yang Anda simpan tentangnya apa yang disebut dalam `erased`"
    ),
}
