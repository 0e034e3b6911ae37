"""Breaking the glass, and the access log."""

LINES = {
    "Need-to-know": "Kewenangan mengetahui",
    "Read one hidden record in an emergency, and see who read what": (
        "Baca satu catatan tertutup dalam keadaan darurat, dan lihat siapa membaca apa"
    ),
    # Operations
    (
        "By id only, for at most an hour; never RED, never the persons, never a record about your own "
        "agency. The owner is told at once. Five tries a day may find nothing."
    ): (
        "Hanya melalui id, paling lama satu jam; tidak pernah RED, tidak pernah identitas orang, tidak "
        "pernah catatan tentang lembaga Anda sendiri. Pemilik segera diberi tahu. Lima kali sehari boleh "
        "tidak menemukan apa pun."
    ),
    "List who broke the glass, newest first": "Daftar pemakai akses darurat, yang terbaru lebih dahulu",
    "List who read what is sensitive, or was refused, newest first": (
        "Daftar siapa membaca hal yang peka atau ditolak, yang terbaru lebih dahulu"
    ),
    "Open one hidden record to yourself in an emergency": (
        "Buka satu catatan tertutup bagi Anda dalam keadaan darurat"
    ),
    "Read by whom and why the glass was broken": "Baca oleh siapa dan mengapa akses darurat dipakai",
    "Say as the owner whether it was right": "Nyatakan sebagai pemilik apakah itu tepat",
    "What your agency's accounts did, and what was done to your agency's records.": (
        "Apa yang dilakukan akun lembaga Anda, dan apa yang dilakukan terhadap catatan lembaga Anda."
    ),
    "Your own grants, and those on records of your agency.": (
        "Akses darurat Anda sendiri, dan yang mengenai catatan lembaga Anda."
    ),
    # Permissions
    "Read one hidden record in an emergency": "Membaca satu catatan tertutup dalam keadaan darurat",
    "Read who of your agency read what, and who read your agency's records": (
        "Membaca siapa dari lembaga Anda membaca apa, dan siapa membaca catatan lembaga Anda"
    ),
    "Review who broke the glass before your agency's records": (
        "Meninjau pemakaian akses darurat terhadap catatan lembaga Anda"
    ),
    # Schemas
    "A grant: one record may be read by its id, by the account that asked, until it expires.": (
        "Izin darurat: satu catatan boleh dibaca melalui id-nya, oleh akun yang memintanya, sampai habis "
        "waktunya."
    ),
    "A page of grants, newest first.": "Satu halaman izin darurat, yang terbaru lebih dahulu.",
    "A page of the access log, newest first.": "Satu halaman log akses, yang terbaru lebih dahulu.",
    "An account of your agency": "Akun lembaga Anda",
    "An emergency in which one hidden record must be read.": (
        "Keadaan darurat yang menuntut satu catatan tertutup dibaca."
    ),
    "How long it may be read": "Berapa lama boleh dibaca",
    "How often, where this is only counted; else once": "Berapa kali, bila hanya dihitung; selain itu sekali",
    "How the owner decides.": "Bagaimana pemilik memutuskan.",
    "How the record was marked then": "Penandaan catatan saat itu",
    "Of the record, when it was opened": "Klasifikasi catatan ketika dibuka",
    "Only about this record": "Hanya tentang catatan ini",
    "What the owner of the record says of it.": "Apa kata pemilik catatan tentang hal itu.",
    "What the owner says of it; a contested grant ends at once.": (
        "Penilaian pemilik; izin yang dipersoalkan berakhir seketika."
    ),
    "What was done or refused.": "Apa yang dilakukan atau ditolak.",
    "What was refused, which attachment was read, by which broken glass or provider, which types of "
    "records were taken": (
        "Apa yang ditolak, lampiran mana yang dibaca, melalui akses darurat atau penyedia identitas yang "
        "mana, jenis catatan apa yang diambil"
    ),
    "Where to read the record": "Di mana catatan itu dibaca",
    "Who broke the glass": "Siapa yang memakai akses darurat",
    "Who owns the record, and so reviews this": "Siapa pemilik catatan, dan karena itu meninjaunya",
    "Who read what is sensitive, or was refused.": "Siapa membaca hal yang peka, atau ditolak.",
    # Refusals
    "It was reviewed already: {review}.": "Sudah ditinjau: {review}.",
    "Only the agency that owns the record reviews this.": "Hanya lembaga pemilik catatan yang meninjaunya.",
    "You broke the glass: another account of your agency reviews it.": (
        "Anda yang memakai akses darurat: akun lain di lembaga Anda yang meninjaunya."
    ),
    "You may see this record already: read it by its id.": (
        "Anda memang boleh melihat catatan ini: bacalah melalui id-nya."
    ),
    "{count} tries found nothing today; the next is possible tomorrow.": (
        "{count} percobaan hari ini tidak menemukan apa pun; yang berikutnya baru bisa besok."
    ),
    # Examples
    "A partner names a record over the radio": "Mitra menyebut sebuah catatan lewat radio",
    "First put the reference of a record in that you may not see.": (
        "Isikan dahulu nomor rujukan catatan yang tidak boleh Anda lihat."
    ),
    "It was not right": "Itu tidak tepat",
    "It was right": "Itu tepat",
    "Officers are at the scene and must know the danger": (
        "Petugas berada di lokasi dan harus tahu bahayanya"
    ),
}
