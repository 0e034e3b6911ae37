"""Attachments of an incident: files, and who held the evidence."""

LINES = {
    # Operations
    "Attach a file to an incident": "Lampirkan berkas pada kejadian",
    "Download a file": "Unduh berkas",
    "List the files of an incident": "Daftar berkas kejadian",
    "List who held a file, from when, for what": (
        "Daftar pemegang berkas sebagai barang bukti, sejak kapan, dan untuk apa"
    ),
    "Note what was done with the evidence": "Catat apa yang dilakukan dengan barang bukti",
    "PDF, PNG, JPEG, WebP, MP4, plain text or CSV in UTF-8; the content decides, and what is declared must "
    "agree with it. A file is never replaced or taken away.": (
        "PDF, PNG, JPEG, WebP, MP4, teks biasa, atau CSV dalam UTF-8; isinya yang menentukan, dan jenis yang "
        "disebut harus sesuai dengannya. Berkas tidak pernah diganti atau dihapus."
    ),
    "Read what is known of a file": "Baca keterangan berkas",
    "The bytes are compared with their SHA-256 first: wrong ones are given to nobody.": (
        "Isinya dicocokkan dahulu dengan SHA-256-nya: isi yang salah tidak diberikan kepada siapa pun."
    ),
    "The bytes, to be saved": "Isi berkas, untuk disimpan",
    "`handed_over` names the receiver in `to`; custody passes when that agency notes `received`.": (
        "`handed_over` menyebut penerima dalam `to`; penguasaan beralih ketika lembaga itu mencatat "
        "`received`."
    ),
    # Schemas
    "A file for an incident: PDF, PNG, JPEG, WebP, MP4, plain text or CSV in UTF-8.": (
        "Berkas untuk kejadian: PDF, PNG, JPEG, WebP, MP4, teks biasa, atau CSV dalam UTF-8."
    ),
    "A file of an incident; `content` below its address gives the bytes.": (
        "Berkas sebuah kejadian; isinya ada di `content` di bawah alamatnya."
    ),
    "Attachments, in the order they were added.": "Lampiran, menurut urutan ditambahkan.",
    "Now, if left out": "Sekarang, jika tidak diisi",
    "One line of the custody list.": "Satu baris daftar penguasaan barang bukti.",
    "SHA-256 of the bytes, in hexadecimal, as the ledger holds it; null once erased": (
        "SHA-256 dari isinya, dalam heksadesimal, seperti tercatat di buku besar; null setelah dihapus"
    ),
    "The agency that added it": "Lembaga yang menambahkannya",
    "The agency that answers for the evidence from then on": (
        "Lembaga yang bertanggung jawab atas barang bukti sejak saat itu"
    ),
    "The agency that answers for the evidence now": (
        "Lembaga yang sekarang bertanggung jawab atas barang bukti"
    ),
    "The agency that noted it": "Lembaga yang mencatatnya",
    "The agency to which it was handed over": "Lembaga yang menerima penyerahannya",
    "The custody list of an attachment, oldest first.": (
        "Daftar penguasaan barang bukti sebuah lampiran, yang terlama lebih dahulu."
    ),
    "The file with its name; its content must be what it is declared to be": (
        "Berkas beserta namanya; isinya harus sesuai dengan jenis yang disebut"
    ),
    "To whom it was handed over, until received": ("Kepada siapa diserahkan, selama belum diterima"),
    "What it shows. No names of persons": "Apa yang ditunjukkannya. Jangan tulis nama orang",
    "What may be attached; each is told by its content, never by its name.": (
        "Apa yang boleh dilampirkan; jenisnya dikenali dari isinya, bukan dari namanya."
    ),
    "What was done with a piece of evidence.": "Apa yang dilakukan dengan barang bukti.",
    "What was done with the evidence, why, where and when. No names of persons.": (
        "Apa yang dilakukan dengan barang bukti, mengapa, di mana, dan kapan. Jangan tulis nama orang."
    ),
    "Whether the bytes still were those of the SHA-256, as the service saw": (
        "Apakah isinya masih sesuai dengan SHA-256, menurut pemeriksaan layanan"
    ),
    "Who shall receive it; only with `handed_over`": "Siapa yang menerimanya; hanya pada `handed_over`",
    # Examples
    "The log of the guard": "Catatan piket penjagaan",
    "A table of the boxes and their seals": "Tabel kotak suara dan segelnya",
    "It was examined": "Sudah diperiksa",
    "It is handed over to KPU": "Diserahkan kepada KPU",
    "KPU has received it": "KPU sudah menerimanya",
    "Choose a file of your own; the text here is what such a file may hold.": (
        "Pilih berkas Anda sendiri; teks di sini hanya contoh isinya."
    ),
    # Refusals
    "A file belongs into `{member}`.": "Berkas harus berada di `{member}`.",
    "A file of at most {limit} bytes.": "Ukuran berkas paling banyak {limit} byte.",
    "At most {limit} bytes besides the file.": "Paling banyak {limit} byte selain berkasnya.",
    "At most {limit} members.": "Paling banyak {limit} isian.",
    "By its content it is none of the kinds that are taken.": (
        "Menurut isinya, berkas ini bukan salah satu jenis yang diterima."
    ),
    "By its content it is {told}, which is not what it is declared to be.": (
        "Menurut isinya, berkas ini {told}, tidak sesuai dengan jenis yang disebut."
    ),
    "Only {holder}, which holds it, can hand it over.": (
        "Hanya {holder}, pemegang barang bukti ini, yang dapat menyerahkannya."
    ),
    "Send the file as multipart/form-data.": "Kirim berkasnya sebagai multipart/form-data.",
    "Send the file itself, with its name.": "Kirim berkasnya sendiri, beserta namanya.",
    "The directory of attachments does not answer; try again.": (
        "Tempat penyimpanan lampiran tidak menjawab; coba lagi."
    ),
    "The file is empty.": "Berkasnya kosong.",
    "The stored file is missing or damaged; its custody list and the log know more.": (
        "Berkas yang tersimpan hilang atau rusak; lihat daftar penguasaan barang bukti dan log."
    ),
    "This evidence was not handed over to your agency.": (
        "Barang bukti ini tidak diserahkan kepada lembaga Anda."
    ),
    "This member has one value.": "Isian ini hanya bernilai satu.",
    "Your agency holds it already.": "Lembaga Anda sudah memegangnya.",
    "to goes with `handed_over`, and only with it": "to harus diisi pada `handed_over`, dan hanya di sana",
}
