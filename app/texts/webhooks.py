"""Webhooks: where systems are told of changes, and what became of each message."""

LINES = {
    # Operations
    "Webhooks": "Webhook",
    "Be told of changes at an address of yours, without their content": (
        "Terima pemberitahuan perubahan di alamat Anda, tanpa isinya"
    ),
    "An integration sees its own, an administrator those of the agency.": (
        "Integrasi melihat miliknya sendiri, administrator melihat semua milik lembaganya."
    ),
    "Be told of changes at an address of yours": "Minta diberi tahu tentang perubahan di alamat Anda",
    "Change a webhook, or switch it off and on": "Ubah webhook, atau matikan dan hidupkan",
    "Change the secret of a webhook": "Ganti rahasia webhook",
    "For each position that concerns the integration a new message, as it is now.": (
        "Untuk tiap posisi yang menyangkut integrasi itu satu pesan baru, menurut keadaan sekarang."
    ),
    "For thirty days after they are over.": "Selama tiga puluh hari setelah selesai.",
    "Have messages sent anew": "Minta pesan dikirim lagi",
    "It is shown this once. For `overlap_hours` messages are signed with both.": (
        "Hanya ditampilkan sekali ini. Selama `overlap_hours` pesan ditandatangani dengan keduanya."
    ),
    "List the messages of a webhook": "Daftar pesan sebuah webhook",
    "List where you are told of changes": "Daftar alamat tempat Anda diberi tahu tentang perubahan",
    "Read a webhook": "Baca sebuah webhook",
    "Remove a webhook": "Hapus sebuah webhook",
    "Send a message without meaning": "Kirim pesan uji tanpa arti",
    "Signed as Standard Webhooks has it; the secret is shown this once. A message says that a record changed "
    "or went, not what it says: read it then.": (
        "Ditandatangani menurut Standard Webhooks; rahasianya hanya ditampilkan sekali ini. Pesan menyebut "
        "bahwa sebuah catatan berubah atau tidak lagi untuk Anda, bukan isinya: bacalah sesudah itu."
    ),
    "Switched on again it tells what happened meanwhile.": (
        "Setelah dihidupkan lagi, yang terjadi sementara itu diberitahukan."
    ),
    "What became of it stands in the list of messages.": "Hasilnya tercantum dalam daftar pesan.",
    # Permissions
    "Have systems of your agency told of changes": "Mengatur pemberitahuan perubahan ke sistem lembaga Anda",
    "Read where systems of your agency are told of changes": (
        "Membaca ke mana sistem lembaga Anda diberi tahu tentang perubahan"
    ),
    # Examples
    "All that the integration may read": "Semua yang boleh dibaca integrasi itu",
    "Both secrets count for a day": "Kedua rahasia berlaku selama satu hari",
    "One position": "Satu posisi",
    "Other types of records": "Jenis catatan lain",
    "Several positions": "Beberapa posisi",
    "Switch it off for a while": "Matikan untuk sementara",
    "The one before counts no more": "Yang sebelumnya tidak berlaku lagi",
    "Threat levels only": "Hanya tingkat ancaman",
    # Schemas
    "A message to a receiver; what it is about is computed at each attempt, and told to nobody else.": (
        "Pesan kepada penerima; isinya dihitung pada tiap percobaan, dan tidak diberitahukan kepada siapa "
        "pun yang lain."
    ),
    "A webhook with a new secret, which is shown this once.": (
        "Webhook dengan rahasia baru, yang hanya ditampilkan sekali ini."
    ),
    "Another secret; the one before signs beside it for a while.": (
        "Rahasia lain; yang sebelumnya masih ikut menandatangani untuk sementara."
    ),
    "False: nothing is sent until it is true again": (
        "False: tidak ada yang dikirim sampai nilainya true lagi"
    ),
    "How many messages wait to be sent anew.": "Jumlah pesan yang menunggu dikirim lagi.",
    "Messages, the newest first.": "Pesan, yang terbaru lebih dahulu.",
    "Not before; null once it is over": "Tidak sebelum saat ini; null jika sudah selesai",
    "Of the last answer": "Dari jawaban terakhir",
    "Of the last attempt": "Dari percobaan terakhir",
    "Place of the entry in the ledger; null for a test": "Posisi entri di buku besar; null untuk pesan uji",
    "The `webhook-id` of the message": "`webhook-id` pesan itu",
    "The positions of the ledger of which the receiver shall be told again, as they are to it now.": (
        "Posisi buku besar yang diberitahukan lagi kepada penerima, menurut apa yang boleh diketahuinya "
        "sekarang."
    ),
    "Types of records; null for all that the integration may read": (
        "Jenis catatan; null untuk semua yang boleh dibaca integrasi itu"
    ),
    "Until when the secret before signs as well": "Sampai kapan rahasia sebelumnya ikut menandatangani",
    "Webhooks, the oldest first.": "Webhook, yang terlama lebih dahulu.",
    "What became of a delivery.": "Hasil sebuah pengiriman.",
    "When the receiver answered 410, which ended the sending": (
        "Kapan penerima menjawab 410, yang mengakhiri pengiriman"
    ),
    "Where an integration is to be told of changes; the secret that signs comes with the answer.": (
        "Ke mana sebuah integrasi diberi tahu tentang perubahan; rahasia penanda tangan ada dalam jawaban."
    ),
    "Where an integration of your agency is told of changes.": (
        "Ke mana sebuah integrasi lembaga Anda diberi tahu tentang perubahan."
    ),
    "Whose rights decide what is told; an integration names itself or nobody": (
        "Hak siapa yang menentukan apa yang diberitahukan; integrasi menyebut dirinya sendiri atau tidak "
        "menyebut siapa pun"
    ),
    "Why a message without meaning is sent.": "Mengapa pesan uji dikirim.",
    "Why an attempt failed.": "Mengapa sebuah percobaan gagal.",
    "`whsec_…`, as Standard Webhooks has it": "`whsec_…`, menurut Standard Webhooks",
    # Refusals
    "Name the integration that is to be told.": "Sebutkan integrasi yang harus diberi tahu.",
    "Nothing may be sent to this address: use https and a public host.": (
        "Tidak ada yang boleh dikirim ke alamat ini: gunakan https dan host publik."
    ),
    "The integration of this webhook may not follow changes now.": (
        "Integrasi webhook ini saat ini tidak boleh mengikuti perubahan."
    ),
    "There is no such integration.": "Integrasi itu tidak ada.",
    "These positions are being sent anew already: wait until it is over.": (
        "Posisi ini sudah sedang dikirim ulang: tunggu sampai selesai."
    ),
    "This integration has {count} webhooks already.": "Integrasi ini sudah memiliki {count} webhook.",
    "This webhook is switched off.": "Webhook ini dimatikan.",
    "Too many messages wait for this receiver: have it take them first.": (
        "Terlalu banyak pesan menunggu penerima ini: biarkan penerima mengambilnya dahulu."
    ),
    "last is at least first, and at most 1,000 positions are named": (
        "last tidak boleh lebih kecil daripada first, dan paling banyak 1.000 posisi"
    ),
    "write a whole address: https, without a name, a password or a fragment in it": (
        "tulis alamat lengkap: https, tanpa nama, kata sandi, atau fragmen di dalamnya"
    ),
}
