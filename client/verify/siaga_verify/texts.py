"""What is said, in English and in Indonesian; values from outside are made harmless for a terminal."""

from collections.abc import Mapping
from typing import Any

LANGUAGES = ("en", "id")
LONGEST_VALUE = 200

HEADS = {
    0: "Verified: ",
    1: "Not proven: ",
    3: "Unreadable: ",
    4: "Unreachable: ",
    5: "Misconduct proven: ",
}

LINES = {
    "Verified: ": "Terbukti: ",
    "Not proven: ": "Tidak terbukti: ",
    "Unreadable: ": "Tidak terbaca: ",
    "Unreachable: ": "Tidak terjangkau: ",
    "Misconduct proven: ": "Pelanggaran terbukti: ",
    "A bundle of entries is broken off, or holds more than it should.": (
        "Sebuah berkas entri terpotong, atau memuat lebih dari seharusnya."
    ),
    "A checkpoint of {origin}: {size} entries, root {root}.": (
        "Titik periksa {origin}: {size} entri, hash akar {root}."
    ),
    "A disclosed value is not in the form [salt, name, value].": (
        "Nilai yang dibuka tidak berbentuk [salt, nama, nilai]."
    ),
    "A hash has {count} bytes; it must have 32.": "Sebuah hash terdiri atas {count} bita; seharusnya 32.",
    "A hash is neither 64 hex digits nor base64.": (
        "Sebuah hash bukan 64 digit heksadesimal dan bukan pula base64."
    ),
    "A leaf does not hold {count} different commitments in order.": (
        "Sebuah daun tidak memuat {count} komitmen berbeda secara berurutan."
    ),
    "A leaf holds something other than commitments.": "Sebuah daun memuat sesuatu selain komitmen.",
    "A list is missing, or is of another type.": "Sebuah daftar tidak ada, atau jenisnya lain.",
    "A number is missing, or is out of range.": "Sebuah bilangan tidak ada, atau di luar batas.",
    "A signature line is not in its form.": "Sebuah baris tanda tangan tidak sesuai bentuknya.",
    "A text is missing, or is of another type.": "Sebuah teks tidak ada, atau jenisnya lain.",
    "A tile has {count} bytes; it must have {must}.": (
        "Sebuah ubin terdiri atas {count} bita; seharusnya {must}."
    ),
    "A tile is false.": "Sebuah ubin palsu.",
    "A witness cannot be called so: no spaces and no +.": "Nama saksi tidak boleh memuat spasi atau tanda +.",
    "A witness needs a system on which a file can be locked, such as Linux.": (
        "Saksi memerlukan sistem yang dapat mengunci berkas, misalnya Linux."
    ),
    "An entry is missing before entry {index}.": "Ada entri yang hilang sebelum entri {index}.",
    "An object is missing, or is of another type.": "Sebuah objek tidak ada, atau jenisnya lain.",
    "Another witness works with {path}.": "Saksi lain sedang memakai {path}.",
    "Entry {index} is in the log {origin}, which then had {size} entries.": (
        "Entri {index} ada di buku besar {origin}, yang saat itu memuat {size} entri."
    ),
    "Entry {index} is not of the record {record}.": "Entri {index} bukan milik catatan {record}.",
    "Entry {index} is out of order.": "Entri {index} tidak pada urutannya.",
    "It is of the log {other}, not of {origin}.": "Berkas itu dari buku besar {other}, bukan dari {origin}.",
    "None of the keys you trust has signed it.": "Tidak satu pun kunci yang Anda percayai menandatanganinya.",
    "Say which key of the log you trust.": "Sebutkan kunci buku besar mana yang Anda percayai.",
    "Something that should be a decimal number is not.": (
        "Sesuatu yang seharusnya bilangan desimal ternyata bukan."
    ),
    "Something that should be base64 is not.": "Sesuatu yang seharusnya base64 ternyata bukan.",
    "Something that should be base64url is not.": "Sesuatu yang seharusnya base64url ternyata bukan.",
    "The JSON cannot be read.": "JSON itu tidak dapat dibaca.",
    "The JSON is nested more than {most} levels deep.": "JSON itu bersarang lebih dari {most} tingkat.",
    "The address must begin with http:// or https:// and name a host.": (
        "Alamat harus diawali dengan http:// atau https:// dan menyebut nama host."
    ),
    "The address shows {size} entries, the copy has {known}: it is behind, or was cut.": (
        "Alamat itu menunjukkan {size} entri, salinan memuat {known}: alamat itu tertinggal, atau "
        "isinya dipotong."
    ),
    "The copy ends at {size} entries, before entry {index}: bring it up to date, then ask again.": (
        "Salinan itu berakhir pada {size} entri, sebelum entri {index}: perbarui dahulu, lalu periksa lagi."
    ),
    "The copy of {origin} is whole: {size} entries, root {root}.": (
        "Salinan {origin} utuh: {size} entri, hash akar {root}."
    ),
    "The file holds no entry, or too many.": "Berkas itu tidak memuat entri, atau terlalu banyak.",
    "The file is not in the format {format}.": "Berkas itu tidak berformat {format}.",
    "The id of the key {name} does not belong to it.": "Id kunci {name} bukan miliknya.",
    "The index {index} is outside a log of {size} entries.": (
        "Indeks {index} berada di luar buku besar dengan {size} entri."
    ),
    "The key is not in the form <name>+<id>+<key>.": "Kunci itu tidak berbentuk <nama>+<id>+<kunci>.",
    "The key of the witness is {key}": "Kunci saksi itu adalah {key}",
    "The key {name} is not an Ed25519 key of the kind asked for.": (
        "Kunci {name} bukan kunci Ed25519 dari jenis yang diminta."
    ),
    "The key {name} signed the same text twice.": "Kunci {name} menandatangani teks yang sama dua kali.",
    "The keys are of different logs.": "Kunci-kunci itu milik buku besar yang berbeda.",
    "The leaf does not have the hash that the proof tells.": (
        "Hash daun tidak sama dengan yang disebutkan bukti itu."
    ),
    "The log dropped an entry: at {index} it holds another one than it signed for.": (
        "Buku besar menghilangkan entri: pada {index} isinya lain daripada yang ditandatanganinya."
    ),
    "The log dropped an entry: long after it took {index}, witnesses saw {size} entries.": (
        "Buku besar menghilangkan entri: lama setelah {index} diterima, para saksi hanya melihat {size} "
        "entri."
    ),
    "The log has no tile {path}.": "Buku besar tidak memiliki ubin {path}.",
    "The log signed two roots for {size} entries.": (
        "Buku besar menandatangani dua hash akar untuk {size} entri."
    ),
    "The log was changed: at {size} entries it now has another root than it signed before.": (
        "Buku besar telah diubah: pada {size} entri hash akarnya kini lain daripada yang pernah "
        "ditandatangani."
    ),
    "The log {origin} holds entry {index}, as it signed at {at}.": (
        "Buku besar {origin} memuat entri {index}, sesuai yang ditandatanganinya pada {at}."
    ),
    "The log {origin} is whole: {size} entries, root {root}.": (
        "Buku besar {origin} utuh: {size} entri, hash akar {root}."
    ),
    "The mirror ends at {size} entries.": "Salinan itu berakhir pada {size} entri.",
    "The note has more than {most} signatures.": "Nota itu memuat lebih dari {most} tanda tangan.",
    "The note holds control characters.": "Nota itu memuat karakter kendali.",
    "The note is larger than {most} bytes.": "Nota itu lebih besar daripada {most} bita.",
    "The note lacks its text, its signatures or the empty line between them.": (
        "Nota itu tidak memuat teks, tanda tangan, atau baris kosong di antaranya."
    ),
    "The proof does not begin with {line}.": "Bukti itu tidak diawali dengan {line}.",
    "The proof does not lead from the entry to the root.": (
        "Bukti itu tidak menghubungkan entri dengan hash akar."
    ),
    "The proof does not lead from the smaller log to the larger one.": (
        "Bukti itu tidak menghubungkan buku besar yang lebih kecil dengan yang lebih besar."
    ),
    "The proof does not tell the index of its entry.": "Bukti itu tidak menyebutkan indeks entrinya.",
    "The proof has more than {most} hashes.": "Bukti itu memuat lebih dari {most} hash.",
    "The proof is about another entry.": "Bukti itu tentang entri lain.",
    "The proof tells another size than its checkpoint.": (
        "Jumlah entri di bukti itu lain daripada di titik periksanya."
    ),
    "The quorum is larger than the number of witnesses.": "Kuorum lebih besar daripada jumlah saksi.",
    "The request is not: old size, proof, an empty line, checkpoint.": (
        "Permintaan itu bukan: ukuran lama, bukti, baris kosong, titik periksa."
    ),
    "The root of an empty log is another one.": "Hash akar buku besar yang kosong bukan itu.",
    "The same key counts twice.": "Kunci yang sama terhitung dua kali.",
    "The signature of {name} is false.": "Tanda tangan {name} palsu.",
    "The sizes differ: give a proof with --proof, or a mirror with --log.": (
        "Jumlah entrinya berbeda: berikan bukti dengan --proof, atau salinan dengan --log."
    ),
    "The text is not UTF-8.": "Teks itu bukan UTF-8.",
    "The text is not that of a checkpoint: origin, size and root, each on a line.": (
        "Teks itu bukan titik periksa: asal, jumlah entri, dan hash akar, masing-masing satu baris."
    ),
    "The text is not that of a receipt.": "Teks itu bukan tanda terima.",
    "The tiles do not give the root of the checkpoint.": (
        "Ubin-ubin itu tidak menghasilkan hash akar titik periksa."
    ),
    "The time of the receipt cannot be read.": "Waktu tanda terima itu tidak dapat dibaca.",
    "The value of {name} in entry {index} is not what was committed to.": (
        "Nilai {name} di entri {index} tidak sesuai dengan komitmennya."
    ),
    "The witness has stopped.": "Saksi telah berhenti.",
    "The witness {name} listens on {address}": "Saksi {name} menerima permintaan di {address}",
    "This proof does not bring its entry: name it with --leaf or --leaf-hash.": (
        "Bukti ini tidak memuat entrinya: sebutkan dengan --leaf atau --leaf-hash."
    ),
    "Two roots for one size: the logs differ.": (
        "Dua hash akar untuk satu jumlah entri: buku besarnya berbeda."
    ),
    "What is said to be erased in entry {index} cannot be.": (
        "Yang dinyatakan dihapus di entri {index} tidak mungkin benar."
    ),
    (
        "{count} entries of {record}, none missing between the first and entry {last}; {values} values are "
        "as they were committed to, {erased} were erased."
    ): (
        "{count} entri {record}, tidak ada yang hilang dari yang pertama sampai entri {last}; {values} "
        "nilai sesuai dengan komitmennya, {erased} telah dihapus."
    ),
    "{count} of the witnesses you trust have cosigned it; you ask for {quorum}.": (
        "{count} dari saksi yang Anda percayai ikut menandatanganinya; Anda meminta {quorum}."
    ),
    "{name} stands twice in entry {index}.": "{name} tercantum dua kali di entri {index}.",
    "{new} entries of {origin} only add to the {old} before.": (
        "{new} entri {origin} hanya menambah {old} entri sebelumnya."
    ),
    "{old} entries cannot have become {new}.": "{old} entri tidak mungkin menjadi {new}.",
    "{origin} signed that it took entry {index} at {at}.": (
        "{origin} menandatangani bahwa entri {index} diterima pada {at}."
    ),
    "{path} belongs to another key.": "{path} milik kunci lain.",
    "{path} can be read by others; give it the mode 600.": (
        "{path} dapat dibaca pihak lain; ubah modenya menjadi 600."
    ),
    "{path} cannot be listened on: {reason}.": "Tidak dapat menerima permintaan di {path}: {reason}.",
    "{path} cannot be read: {reason}.": "{path} tidak dapat dibaca: {reason}.",
    "{path} cannot be written: {reason}.": "{path} tidak dapat ditulis: {reason}.",
    "{path} could not be fetched.": "{path} tidak dapat diambil.",
    "{path} holds no key: 64 hex digits are expected.": (
        "{path} tidak memuat kunci: seharusnya 64 digit heksadesimal."
    ),
    "{path} is a link; a mirror holds files only.": "{path} adalah tautan; salinan hanya memuat berkas.",
    "{path} is larger than {most} bytes.": "{path} lebih besar daripada {most} bita.",
    "{path} is missing.": "{path} tidak ada.",
    "{path} is missing: a witness that lost its memory must not go on under its key.": (
        "{path} tidak ada: saksi yang kehilangan ingatannya tidak boleh melanjutkan dengan kuncinya."
    ),
    "{path} is neither a directory nor an address.": "{path} bukan direktori dan bukan pula alamat.",
    "{path} is not a regular file.": "{path} bukan berkas biasa.",
    "{path} is not what the checkpoint says.": "{path} tidak sesuai dengan titik periksa.",
    "{path} is there already: a witness never starts anew.": (
        "{path} sudah ada: saksi tidak pernah mulai dari awal lagi."
    ),
    "{path} was answered with {status}.": "Permintaan {path} dijawab dengan {status}.",
}


def said(text: str, language: str, values: Mapping[str, Any] | None = None) -> str:
    """A text with its values, in a language."""
    told = LINES.get(text, text) if language == "id" else text
    return told.format(**{name: harmless(value) for name, value in (values or {}).items()})


def harmless(value: Any) -> str:
    """At most so long, and without what moves a cursor."""
    text = str(value)
    shown = text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"
    return "".join(each if each.isprintable() else "?" for each in shown)
