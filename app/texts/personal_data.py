"""Personal data: erasures, legal holds, requests of data subjects, breaches, disclosures."""

LINES = {
    # Tag and permissions
    "Personal data": "Data pribadi",
    "Erase what has to go, hold what belongs to a case, answer persons, keep the breach register": (
        "Hapus yang harus dihapus, tahan yang menjadi bagian perkara, jawab subjek data, catat kegagalan"
    ),
    "Erase personal data that your agency answers for": (
        "Menghapus data pribadi yang menjadi tanggung jawab lembaga Anda"
    ),
    "Hold records of a case, so that nothing of them is erased": (
        "Menahan catatan suatu perkara agar tidak ada yang dihapus darinya"
    ),
    "Keep the requests of data subjects and the breach register of your agency": (
        "Mengelola permintaan subjek data dan daftar kegagalan pelindungan data lembaga Anda"
    ),
    "Open the entries of a record of your agency on a lawful order": (
        "Membuka entri catatan lembaga Anda atas perintah yang sah"
    ),
    "Read what your agency has done with personal data: requests, breaches, erasures": (
        "Membaca apa yang dilakukan lembaga Anda dengan data pribadi: permintaan, kegagalan, penghapusan"
    ),
    # Operations about erasures and holds
    "Erase personal data": "Hapus data pribadi",
    "From the record as it stands and from all that it ever was; the entries stay and say that something was "
    "erased. A file goes with its name, its hash and its bytes. There is no way back.": (
        "Dari catatan sebagaimana adanya dan dari semua keadaannya dahulu; entrinya tetap dan menyebut "
        "bahwa ada yang dihapus. Berkas dihapus beserta nama, hash, dan isinya. Tidak dapat dikembalikan."
    ),
    "List what was erased, and why": "Daftar yang dihapus, dan alasannya",
    "Hold a record, so that nothing of it is erased": "Tahan catatan agar tidak ada yang dihapus darinya",
    "Lift a legal hold of your agency": "Akhiri penahanan oleh lembaga Anda",
    "List legal holds": "Daftar penahanan untuk perkara",
    "Only of this record": "Hanya catatan ini",
    # Operations about requests and breaches
    "Close a breach of which all were told": "Tutup kegagalan yang telah diberitahukan kepada semua pihak",
    "Enter a breach into the register": "Catat kegagalan pelindungan data",
    "Fulfilling a restriction hides the person's fields from other agencies; fulfilling an erasure needs the "
    "erasure itself first.": (
        "Pembatasan yang dipenuhi menyembunyikan data orang itu dari lembaga lain; penghapusan baru "
        "dapat dipenuhi "
        "setelah datanya dihapus."
    ),
    "List the breach register of your agency": "Daftar kegagalan pelindungan data lembaga Anda",
    "List the history of a breach": "Daftar riwayat kegagalan pelindungan data",
    "List the history of a person's request": "Daftar riwayat permintaan subjek data",
    "List what persons asked of your agency": "Daftar permintaan subjek data kepada lembaga Anda",
    "Move a person's request to its next status": "Pindahkan permintaan subjek data ke status berikutnya",
    "Note that somebody was told of a breach": "Catat bahwa kegagalan telah diberitahukan",
    "Note what a person asks about their own data": "Catat permintaan seseorang mengenai datanya sendiri",
    "Read a breach": "Baca kegagalan pelindungan data",
    "Read a draft of the written notice": "Baca konsep pemberitahuan tertulis",
    "Read what a person asked": "Baca permintaan subjek data",
    "Say what is known of a breach by now": "Perbarui apa yang sudah diketahui tentang kegagalan",
    "The clock of 3 x 24 hours runs from `discovered_at`.": (
        "Batas 3 x 24 jam dihitung sejak `discovered_at`."
    ),
    "The clock of 3 x 24 hours runs from `received_at`.": "Batas 3 x 24 jam dihitung sejak `received_at`.",
    # The copy that answers a request for access
    "Read the copy of a person's data that answers their request": (
        "Baca salinan data seseorang untuk menjawab permintaannya"
    ),
    "Only for a request for access that is still open, from what the request names. The access log tells who "
    "read it.": (
        "Hanya untuk permintaan akses yang belum selesai, dari yang disebut dalam permintaan. Log akses "
        "mencatat siapa yang membacanya."
    ),
    "What one record, or a part of it, holds of the person now.": (
        "Yang kini dimuat sebuah catatan, atau bagiannya, tentang orang itu."
    ),
    "The data of a person in what their request names: the request itself, and the person of an incident.\n\n"
    "What free texts say of a person is not found by itself; whoever answers looks there.": (
        "Data seseorang dalam hal yang disebut permintaannya: permintaan itu sendiri, dan orang dalam "
        "kejadian.\n\n"
        "Yang ditulis teks bebas tentang seseorang tidak ditemukan dengan sendirinya; pemberi jawaban "
        "mencarinya di sana."
    ),
    "The agency that recorded it": "Lembaga yang mencatatnya",
    "All fields that hold the person's data, by name": "Semua kolom yang memuat data orang itu, menurut nama",
    "Those of them whose values were erased": "Di antaranya, yang nilainya sudah dihapus",
    "A copy is compiled only for a request for access that is still open.": (
        "Salinan hanya disusun untuk permintaan akses yang belum selesai."
    ),
    "Only the agencies that answer for these data give a copy of them: {agencies}.": (
        "Hanya lembaga yang bertanggung jawab atas data ini yang memberikan salinannya: {agencies}."
    ),
    # Operations about disclosures
    "Open the entries of a record on a lawful order": "Buka entri sebuah catatan atas perintah yang sah",
    "Read the entries that an order opens, with salts and proofs": (
        "Baca entri yang dibuka oleh perintah, dengan garam dan buktinya"
    ),
    "The order stands in the record's own history; the file is read after it.": (
        "Perintahnya tercatat dalam riwayat catatan itu sendiri; berkasnya dibaca setelah itu."
    ),
    # Schemas about erasures and holds
    "A hold on a record and all its parts.": "Penahanan atas catatan dan semua bagiannya.",
    "As JSON pointers; `#reason` is why the entries were made": (
        "Sebagai penunjuk JSON; `#reason` adalah alasan dibuatnya entri"
    ),
    "Erasures, oldest first.": "Penghapusan, yang terlama lebih dahulu.",
    "Holds, those first placed first.": "Penahanan, yang lebih dahulu dipasang lebih dahulu.",
    "Nothing of a record is erased until then: it belongs to a case.": (
        "Sampai saat itu tidak ada yang dihapus dari catatan: catatan itu bagian dari perkara."
    ),
    "Personal data that has to go from a record, or from a part of it: now, and from all that was.": (
        "Data pribadi yang harus dihapus dari catatan, atau dari bagiannya: yang sekarang, dan semua "
        "yang dahulu."
    ),
    "Stays for good; no names of persons": "Tersimpan seterusnya; jangan tulis nama orang",
    "That values went, and why; what they were stays nowhere.": (
        "Bahwa ada nilai yang dihapus, dan mengapa; nilainya sendiri tidak tersimpan di mana pun."
    ),
    "The agency that erased it": "Lembaga yang menghapusnya",
    "The agency that placed it": "Lembaga yang memasangnya",
    "The ground for erasing, articles 43 and 44.": "Dasar penghapusan, Pasal 43 dan 44.",
    "The order or the case that asks for it": "Perintah atau perkara yang memintanya",
    "What holds the data: the record itself, or a part of it": (
        "Yang memuat datanya: catatan itu sendiri, atau bagiannya"
    ),
    "What takes the place of a title, a narrative, a note; without the personal data": (
        "Pengganti judul, uraian, atau baris linimasa; tanpa data pribadi"
    ),
    "Why the record need not be held any more.": "Mengapa catatan tidak perlu ditahan lagi.",
    "Why values went; also the last word of the entry's action.": (
        "Mengapa nilai dihapus; juga kata terakhir dari tindakan entri."
    ),
    # Schemas about requests and breaches
    "3 x 24 hours after it was discovered": "3 x 24 jam setelah diketahui",
    "3 x 24 hours after it was received": "3 x 24 jam setelah diterima",
    "A draft of the written notice; somebody reads it before it goes out.": (
        "Konsep pemberitahuan tertulis; dibaca seseorang sebelum dikirim."
    ),
    "A failure of protection of data that your agency answers for. No names of persons.": (
        "Kegagalan pelindungan data yang menjadi tanggung jawab lembaga Anda. Jangan tulis nama orang."
    ),
    "A failure of protection, and whom the agency has told of it.": (
        "Kegagalan pelindungan data, dan siapa yang telah diberi tahu oleh lembaga."
    ),
    "A language, by its code in ISO 639-1.": "Bahasa, menurut kode ISO 639-1.",
    "A page of requests, newest first.": "Satu halaman permintaan, yang terbaru lebih dahulu.",
    "A page of the breach register, newest first.": (
        "Satu halaman daftar kegagalan, yang terbaru lebih dahulu."
    ),
    "How many persons, as far as known": "Jumlah orang, sejauh diketahui",
    "How they were told, or why": "Bagaimana diberitahukan, atau mengapa",
    "Since when it is late, if it was": "Sejak kapan terlambat, bila terlambat",
    "That somebody was told of the breach in writing.": (
        "Bahwa kegagalan telah diberitahukan secara tertulis."
    ),
    "The agency that answers": "Lembaga yang menjawab",
    "The clock runs from here; now, if left out": (
        "Awal penghitungan batas waktu; sekarang, bila tidak disebut"
    ),
    "The next status of a request, and why.": "Status berikutnya dari permintaan, dan alasannya.",
    "The person in it; only with `incident_id`": "Orang di dalamnya; hanya bersama `incident_id`",
    "The record that holds the data, if known": "Catatan yang memuat datanya, bila diketahui",
    "What a person asks for.": "Apa yang diminta seseorang.",
    "What a person asks of an agency about their own data, and what became of it.": (
        "Apa yang diminta seseorang dari lembaga mengenai datanya sendiri, dan tindak lanjutnya."
    ),
    "What a person asks of your agency about their own data.": (
        "Apa yang diminta seseorang dari lembaga Anda mengenai datanya sendiri."
    ),
    "What has become of a request.": "Tindak lanjut suatu permintaan.",
    "What is asked, in the person's words": "Apa yang diminta, dengan kata-kata orang itu",
    "What is done against it, and to recover": "Upaya penanganan dan pemulihan",
    "What is known by now; what is left out stays.": "Apa yang sudah diketahui; yang tidak disebut tetap.",
    "What the person was told; only at an end": "Apa yang disampaikan kepada orang itu; hanya pada akhirnya",
    "When and how it happened": "Kapan dan bagaimana terjadinya",
    "Where the answer goes": "Ke mana jawaban dikirim",
    "Whether only the agencies that answer for the data read them": (
        "Apakah hanya lembaga yang bertanggung jawab atas datanya yang membacanya"
    ),
    "Which kinds of data": "Jenis data yang terungkap",
    "Who asks": "Siapa yang meminta",
    "Who is told of a breach.": "Siapa yang diberi tahu tentang kegagalan.",
    "Why nothing is left to do.": "Mengapa tidak ada lagi yang perlu dilakukan.",
    # Schemas about disclosures
    "A lawful order to open the entries of a record of your agency.": (
        "Perintah yang sah untuk membuka entri catatan lembaga Anda."
    ),
    "An entry: its leaf, that it is in the log, and what of it is opened.": (
        "Sebuah entri: daunnya, bukti bahwa ia ada dalam log, dan apa yang dibuka darinya."
    ),
    "Oldest first; the last one tells of this disclosure": (
        "Yang terlama lebih dahulu; yang terakhir menyebut pembukaan ini"
    ),
    "That the entries of a record were opened on a lawful order.": (
        "Bahwa entri suatu catatan telah dibuka atas perintah yang sah."
    ),
    "The entries of a record, none missing, to be checked offline with `siaga-verify`.": (
        "Entri suatu catatan, tanpa satu pun yang hilang, untuk diperiksa luring dengan `siaga-verify`."
    ),
    "What was committed to and erased since": "Yang telah dikomitmenkan dan sejak itu dihapus",
    "Whether the order covers the persons of an incident too": (
        "Apakah perintahnya juga mencakup orang yang terkait dengan kejadian"
    ),
    "base64url of `[salt, name, value]` (RFC 9901)": "base64url dari `[garam, nama, nilai]` (RFC 9901)",
    # Examples
    "First put the id of a deployment in.": "Isi dahulu id sebuah penugasan.",
    "First put the id of an incident in, and that of a person in it.": (
        "Isi dahulu id sebuah kejadian, dan id orang yang terkait dengannya."
    ),
    "A witness withdraws consent": "Seorang saksi menarik kembali persetujuannya",
    "A name stood in the title": "Ada nama dalam judul",
    "Evidence of a case": "Barang bukti perkara",
    "A deployment that a court asks about": "Penugasan yang ditanyakan pengadilan",
    "The judgment is final": "Putusan telah berkekuatan hukum tetap",
    "The case was closed": "Perkara dihentikan",
    "Somebody wants a copy": "Seseorang meminta salinan",
    "Somebody wants to be forgotten": "Seseorang meminta datanya dihapus",
    "The person is who they say": "Identitasnya cocok",
    "The request is refused": "Permintaan ditolak",
    "A list went to the wrong address": "Daftar terkirim ke alamat yang salah",
    "A laptop was lost": "Sebuah laptop hilang",
    "Now the number is known": "Jumlahnya sudah diketahui",
    "More was exposed": "Yang terungkap ternyata lebih banyak",
    "The persons have a letter": "Subjek data sudah disurati",
    "The authority was told": "Lembaga pelindungan data sudah diberi tahu",
    "All is repaired": "Semua sudah dipulihkan",
    "It was none": "Ternyata bukan kegagalan",
    "A court asks for the record": "Pengadilan meminta catatan",
    "The order covers the persons too": "Perintahnya juga mencakup orang yang terkait",
    # Refusals
    "At most {limit} characters in one line.": "Paling banyak {limit} karakter dalam satu baris.",
    "An answer is given at the end.": "Jawaban diberikan pada akhirnya.",
    "Erase the person's data first; a hold or another owner may stand against it.": (
        "Hapus dahulu data orang itu; mungkin terhalang penahanan atau pemilik lain."
    ),
    "First tell the persons and the authority, and note it here.": (
        "Beri tahu dahulu subjek data dan lembaga pelindungan data, lalu catat di sini."
    ),
    "Held until {until} by order {order} of {agency}; nothing of it is erased before the hold is lifted.": (
        "Ditahan sampai {until} atas perintah {order} dari {agency}; tidak ada yang dihapus sebelum "
        "penahanan "
        "diakhiri."
    ),
    "Nobody is told before the breach is discovered.": (
        "Tidak ada yang diberi tahu sebelum kegagalan diketahui."
    ),
    "Nothing takes the place of this field.": "Tidak ada pengganti untuk isian ini.",
    "Only the agencies that answer for these data erase them: {agencies}.": (
        "Hanya lembaga yang bertanggung jawab atas data ini yang menghapusnya: {agencies}."
    ),
    "Only the agency that placed a hold lifts it.": (
        "Hanya lembaga yang memasang penahanan yang mengakhirinya."
    ),
    "Only the owner of a record opens its entries.": "Hanya pemilik catatan yang membuka entrinya.",
    "Only the owner, the lead, or oversight in the owner's place holds a record.": (
        "Hanya pemilik, yang memimpin, atau pengawas sebagai pengganti pemilik yang menahan catatan."
    ),
    "Papers on data protection are classified `terbatas`; your clearance does not reach it.": (
        "Dokumen pelindungan data berklasifikasi `terbatas`; izin akses Anda tidak mencapainya."
    ),
    "Read the hold again: it has another version now.": "Baca lagi penahanan ini: sekarang versinya lain.",
    "Say what shall stand there instead.": "Sebutkan apa penggantinya.",
    "The record has no such part.": "Catatan ini tidak mempunyai bagian itu.",
    "The record has no such person.": "Catatan ini tidak mempunyai orang itu.",
    "This breach is closed.": "Kegagalan ini sudah ditutup.",
    "This hold is lifted already.": "Penahanan ini sudah diakhiri.",
    "This subject has no such field to erase.": "Tidak ada isian seperti itu yang dapat dihapus di sini.",
    "party_id goes with incident_id": "party_id harus disertai incident_id",
}
