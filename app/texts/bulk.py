"""Many records in one request, tables, and the partners' own keys."""

HOW = (
    "At most 10,000 items, in `all_or_nothing` 1,000, in `checked_first` 20,000: there nothing is written "
    "unless every item was accepted before. What your agency has sent before under the same key, "
    "and you see, is changed where it differs and left alone where it does not, so that sending all of it "
    "again is safe; what was erased of it stays erased. Rules and rights are those of a request for one."
)
HOW_INDONESIAN = (
    "Paling banyak 10.000 butir, dalam `all_or_nothing` 1.000, dalam `checked_first` 20.000: di situ tidak "
    "ada yang ditulis sebelum semua butir diterima. Apa yang pernah dikirim lembaga Anda dengan "
    "kunci yang sama, dan terlihat oleh Anda, diubah bila berbeda dan dibiarkan bila sama, sehingga mengirim "
    "ulang semuanya aman; apa yang telah dihapus darinya tetap terhapus. Aturan dan haknya sama dengan "
    "permintaan untuk satu butir."
)

LINES: dict[str, str] = {
    HOW: HOW_INDONESIAN,
    f"{HOW} A table has the names of the fields in its first line. With `Accept: text/csv` the answer is one "
    "too.": f"{HOW_INDONESIAN} Tabel memuat nama isian pada baris pertamanya. Dengan `Accept: text/csv` "
    "jawabannya juga berupa tabel.",
    "An item has at most {limit} characters.": "Satu butir paling banyak {limit} karakter.",
    "Another bulk of your account is being worked on.": "Kiriman massal lain akun Anda sedang dikerjakan.",
    "At most {limit} items in this mode.": "Paling banyak {limit} butir dalam cara ini.",
    "Bulk": "Kiriman massal",
    "Comma or semicolon, UTF-8": "Koma atau titik koma, UTF-8",
    "Decide, and write nothing": "Putuskan saja, tanpa menulis apa pun",
    "Each item that is refused": "Setiap butir yang ditolak",
    "Give external_source and external_id together.": "Berikan external_source dan external_id bersama-sama.",
    "How the items go together.": "Bagaimana butir-butir itu saling terkait.",
    "In a bulk each item has a key of your own: external_source and external_id.": (
        "Dalam kiriman massal setiap butir memiliki kunci Anda sendiri: external_source dan external_id."
    ),
    "In a table or NDJSON: the line where it begins, from 1": (
        "Dalam tabel atau NDJSON: baris tempatnya dimulai, dihitung dari 1"
    ),
    "In a table: the heading of the column": "Dalam tabel: judul kolomnya",
    "Item {index} of this bulk has the same {what}.": (
        "Butir {index} dalam kiriman massal ini memiliki {what} yang sama."
    ),
    "Items, each as a request for it alone would have it; those that are known change.": (
        "Butir-butir, masing-masing seperti permintaan untuk satu butir; yang sudah dikenal diubah."
    ),
    "Line {line}, column {column}: this column has no heading.": (
        "Baris {line}, kolom {column}: kolom ini tidak memiliki judul."
    ),
    "Line {line}, column {column}: there is no field {name} here.": (
        "Baris {line}, kolom {column}: tidak ada isian {name} di sini."
    ),
    "Line {line}, column {column}: {name} stands twice.": (
        "Baris {line}, kolom {column}: {name} tertulis dua kali."
    ),
    "Line {line}: the quotes do not match, or a cell has more than {limit} characters.": (
        "Baris {line}: tanda kutip tidak berpasangan, atau sebuah sel melebihi {limit} karakter."
    ),
    "Many records in one request, sent again as often as you like": (
        "Banyak catatan dalam satu permintaan, boleh dikirim ulang kapan saja"
    ),
    "Nothing was written: some items are refused": "Tidak ada yang ditulis: sebagian butir ditolak",
    "Of its entry in the ledger; null where nothing was written": (
        "Milik catatannya dalam buku besar; null bila tidak ada yang ditulis"
    ),
    "One item in each line": "Satu butir pada setiap baris",
    "One level, as a script states it every day": "Satu tingkat, seperti dinyatakan skrip setiap hari",
    "One thing wrong in an item.": "Satu hal yang salah dalam sebuah butir.",
    "Other bulks are being worked on; try again.": "Kiriman massal lain sedang dikerjakan; coba lagi.",
    "Pointers into the item": "Penunjuk ke dalam butir itu",
    "Report or change many incidents": "Laporkan atau ubah banyak kejadian",
    "Request or change many deployments": "Minta atau ubah banyak pengerahan",
    "Save the table as CSV UTF-8.": "Simpan tabel sebagai CSV UTF-8.",
    "Send an array of items.": "Kirim sebuah larik berisi butir-butir.",
    "Send fewer items at once: a body must come within {seconds} s.": (
        "Kirim lebih sedikit butir sekaligus: isi permintaan harus tiba dalam {seconds} detik."
    ),
    "Send the items as one of these: {types}.": "Kirim butir-butir sebagai salah satu dari: {types}.",
    "State many threat levels": "Nyatakan banyak tingkat ancaman",
    "The first line must name the fields.": "Baris pertama harus menyebutkan nama isian.",
    "The id of the record there, once for each of your systems and record types; never an id of a person": (
        "Id catatan itu di sana, satu kali untuk setiap sistem Anda dan jenis catatan; jangan nomor "
        "identitas orang"
    ),
    "The refusal of a bulk, as `application/problem+json`.": (
        "Penolakan sebuah kiriman massal, sebagai `application/problem+json`."
    ),
    "The same deployment again, with more personnel": "Pengerahan yang sama, dengan lebih banyak personel",
    "The same incident again, with another severity": "Kejadian yang sama, dengan tingkat keparahan lain",
    "The status that a request for it alone would have had": (
        "Status yang akan diberikan bagi permintaan untuk butir itu saja"
    ),
    "The unit of a deployment does not change: cancel it and request another.": (
        "Satuan sebuah pengerahan tidak berubah: batalkan dan minta yang lain."
    ),
    "Then nothing was written, and ids are of records that were there before": (
        "Bila demikian tidak ada yang ditulis, dan id hanya milik catatan yang sudah ada sebelumnya"
    ),
    "There is no item.": "Tidak ada butir.",
    "This cell has no heading above it.": "Sel ini tidak memiliki judul di atasnya.",
    "Threat levels that wait for another account's approval": (
        "Tingkat ancaman yang menunggu persetujuan akun lain"
    ),
    "Two deployments of one unit": "Dua pengerahan satu satuan",
    "Two incidents from a system of your own": "Dua kejadian dari sistem Anda sendiri",
    "Two levels of one category": "Dua tingkat dalam satu kategori",
    "What became of an item.": "Apa yang terjadi dengan sebuah butir.",
    "What became of each item, in the order in which they were sent.": (
        "Apa yang terjadi dengan setiap butir, sesuai urutan pengirimannya."
    ),
    "What became of one item.": "Apa yang terjadi dengan satu butir.",
    "Whether one refused item refuses all": "Apakah satu butir yang ditolak membuat semuanya ditolak",
    "Which item, from 0": "Butir yang mana, dihitung dari 0",
    "Who is accused later is named at /api/v1/incidents/{id}/about-agencies.": (
        "Pihak yang dituduh kemudian disebutkan di /api/v1/incidents/{id}/about-agencies."
    ),
    "Why an item was refused; what a request for it alone would be told.": (
        "Mengapa sebuah butir ditolak; sama dengan jawaban bagi permintaan untuk butir itu saja."
    ),
    "Write a whole number in digits only, without a thousands separator.": (
        "Tulis bilangan bulat hanya dengan angka, tanpa pemisah ribuan."
    ),
    "You would lose sight of it: leave external_id out, or mark it within your clearance.": (
        "Anda tidak akan dapat melihatnya lagi: kosongkan external_id, atau tandai dalam batas izin Anda."
    ),
    "Your own system, by a short name; whoever sees the record sees it": (
        "Sistem Anda sendiri, dengan nama pendek; terlihat oleh siapa pun yang melihat catatan itu"
    ),
    "`threat_level_proposal` where it waits": "`threat_level_proposal` bila menunggu persetujuan",
    "{count} of {total} items are refused; see items.": "{count} dari {total} butir ditolak; lihat items.",
    "{count} records that you see have this external_id.": (
        "{count} catatan yang terlihat oleh Anda memiliki external_id ini."
    ),
    "{reference} has this external_id already.": "{reference} sudah memiliki external_id ini.",
    "{reference} is {status}: its status moves by /api/v1/deployments/{id}/steps.": (
        "{reference} berstatus {status}: statusnya berpindah melalui /api/v1/deployments/{id}/steps."
    ),
}
