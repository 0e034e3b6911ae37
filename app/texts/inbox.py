"""What waits for an account."""

LINES = {
    "Inbox": "Kotak masuk",
    "What waits for you: approvals, assignments, hand-overs": (
        "Apa yang menunggu Anda: persetujuan, kejadian yang ditugaskan, serah terima"
    ),
    "Derived from the ledger: what has been done, by whomever in your agency, is gone by itself.": (
        "Diturunkan dari buku besar: yang sudah dikerjakan, oleh siapa pun di lembaga Anda, hilang dengan "
        "sendirinya."
    ),
    "List what waits for you, the longest waiting first": (
        "Daftar yang menunggu Anda, yang paling lama lebih dahulu"
    ),
    "Read what waits for you": "Membaca apa yang menunggu Anda",
    "Position in the ledger of the entry that put it there": (
        "Posisi di buku besar dari entri yang memunculkannya"
    ),
    "Something that waits for you, of what you may see now.": (
        "Sesuatu yang menunggu Anda, dari yang boleh Anda lihat sekarang."
    ),
    "The part of the record that waits, or the record itself": (
        "Bagian catatan yang menunggu, atau catatannya sendiri"
    ),
    "What waits for you, the longest waiting first; what has been done is gone by itself.": (
        "Apa yang menunggu Anda, yang paling lama lebih dahulu; yang sudah dikerjakan hilang dengan "
        "sendirinya."
    ),
    "When it came before you": "Kapan sampai kepada Anda",
    "Where to act on it": "Alamat untuk menindaklanjutinya",
    "Whose act that was": "Lembaga yang melakukannya",
    "Why something waits.": "Mengapa sesuatu menunggu.",
}
