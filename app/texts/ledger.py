"""The ledger, and the history of a record, which is read from it."""

LINES = {
    # Operations
    "Ledger": "Buku besar",
    "Every accepted change, in order": "Semua perubahan yang diterima, menurut urutannya",
    "List entries of the ledger, oldest first": "Daftar entri buku besar, yang terlama lebih dahulu",
    "Only entries about this record": "Hanya entri tentang catatan ini",
    "Position of the change in the ledger": "Posisi perubahan di buku besar",
    "Read how many entries the ledger holds": "Baca jumlah entri di buku besar",
    "What you may see, and the metadata of every entry of your own agency.": (
        "Apa yang boleh Anda lihat, dan metadata semua entri lembaga Anda sendiri."
    ),
    "Each after its length in two bytes (C2SP tlog-tiles); commitments only.": (
        "Masing-masing didahului panjangnya dalam dua bita (C2SP tlog-tiles); hanya berisi komitmen."
    ),
    "Hashes of one level, up to 256 (C2SP tlog-tiles).": (
        "Nilai hash satu tingkat, paling banyak 256 (C2SP tlog-tiles)."
    ),
    "Level of the tile": "Tingkat ubin",
    "Number of the tile, as `x001/234`; with `.p/5` its first five hashes": (
        "Nomor ubin, seperti `x001/234`; dengan `.p/5` lima nilai hash pertamanya"
    ),
    "Read a tile of the ledger's tree": "Baca satu ubin dari pohon buku besar",
    "Read leaves of the ledger's tree": "Baca daun-daun dari pohon buku besar",
    "Read the keys that verify the ledger, newest first": (
        "Baca kunci untuk memeriksa buku besar, yang terbaru lebih dahulu"
    ),
    "Read the newest signed tree of the ledger": "Baca pohon buku besar terbaru yang ditandatangani",
    "Read the proof that an entry is in the ledger": "Baca bukti bahwa sebuah entri ada di buku besar",
    "Read the receipt of an entry again": "Baca kembali tanda terima sebuah entri",
    "Size of a tree you know: prove growth": (
        "Ukuran pohon yang Anda ketahui: buktikan pertumbuhannya dari situ"
    ),
    "With `Accept: text/plain` as C2SP `tlog-proof@v1`, which tools for such logs check offline.": (
        "Dengan `Accept: text/plain` sebagai C2SP `tlog-proof@v1`, yang dapat diperiksa luring dengan "
        "perkakas untuk log semacam ini."
    ),
    "`wait=N`: answer once the signed tree holds the change, N seconds at most": (
        "`wait=N`: jawab setelah pohon yang ditandatangani memuat perubahan itu, paling lama N detik"
    ),
    # Answers
    "As a signed text": "Sebagai teks yang ditandatangani",
    "Hashes or leaves": "Nilai hash atau daun",
    "The log's signed receipt for the change, base64": (
        "Tanda terima perubahan yang ditandatangani log, base64"
    ),
    "`wait=N`, where the signed tree held the change in time": (
        "`wait=N`, bila pohon yang ditandatangani memuat perubahan itu pada waktunya"
    ),
    # Refusals
    "The log signs nothing at the moment; /readyz says why.": (
        "Log sedang tidak menandatangani apa pun; /readyz menyebutkan sebabnya."
    ),
    "The signed tree is smaller than that.": "Pohon yang ditandatangani lebih kecil dari itu.",
    "The tree over this entry is not signed yet; try again.": (
        "Pohon yang memuat entri ini belum ditandatangani; coba lagi."
    ),
    # Schemas
    "A signed note: `siaga-receipt/v1`, log, position, leaf hash, time": (
        "Catatan bertanda tangan: `siaga-receipt/v1`, log, posisi, hash daun, waktu"
    ),
    "Hashes that lead from the leaf to the root, base64": "Nilai hash dari daun sampai ke akar, base64",
    "How many leaves the signed tree has": "Jumlah daun pohon yang ditandatangani",
    "Position of the entry, which is the index of its leaf": "Posisi entri, yang menjadi indeks daunnya",
    "SHA-256 over a zero byte and the leaf (RFC 9162), base64": (
        "SHA-256 atas satu bita nol dan daun (RFC 9162), base64"
    ),
    "That an entry stands in the signed tree; to be checked offline, with any tool for such logs.": (
        "Bahwa sebuah entri ada di pohon yang ditandatangani; dapat diperiksa luring, dengan perkakas apa "
        "pun untuk log semacam ini."
    ),
    "That this tree begins with the one of the size asked for, base64": (
        "Bahwa pohon ini berawal dari pohon dengan ukuran yang diminta, base64"
    ),
    "The leaf, byte for byte: commitments only": "Daun, persis bita demi bita: hanya komitmen",
    "The log's word that an entry stands at its place, given before the tree is signed.": (
        "Pernyataan log bahwa sebuah entri ada di tempatnya, diberikan sebelum pohon ditandatangani."
    ),
    "The signed tree (C2SP tlog-checkpoint), with its cosignatures": (
        "Pohon yang ditandatangani (C2SP tlog-checkpoint), beserta tanda tangan para saksi"
    ),
    "When the entry was made": "Kapan entri dibuat",
    "A record, or a part of it, as it stood after one entry of the ledger.": (
        "Sebuah catatan, atau bagiannya, sebagaimana adanya setelah satu entri buku besar."
    ),
    "Entries of the ledger, oldest first.": "Entri buku besar, yang terlama lebih dahulu.",
    "How many entries the ledger holds.": "Jumlah entri di buku besar.",
    "The account, for auditors of the same agency": "Akunnya, bagi auditor dari lembaga yang sama",
    "The account, for readers of the same agency": "Akunnya, bagi pembaca dari lembaga yang sama",
    "The history of a record, oldest first.": "Riwayat sebuah catatan, yang terlama lebih dahulu.",
    "The metadata of an entry; what it says is in the history of its record.": (
        "Metadata sebuah entri; isinya ada di riwayat catatannya."
    ),
    "The whole subject after the entry; null where not for you": (
        "Keadaan lengkap setelah entri itu; null jika bukan untuk Anda"
    ),
    "Who acted": "Siapa yang bertindak",
}
