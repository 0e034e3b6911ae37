"""Check-ins, relief, and the strength over time."""

LINES = {
    # Operations
    "Tell where the personnel of a deployment are": "Laporkan posisi personel penugasan",
    "List where the personnel of a deployment have been": "Daftar posisi personel penugasan",
    "By the home agency or whoever is in control. Every check-in stays; the deployment shows the newest. One "
    "that was sent late may tell of an earlier time, but of none before the arrival.": (
        "Oleh lembaga asal atau pengendalinya. Setiap laporan tetap tersimpan; penugasan menampilkan yang "
        "terbaru. Laporan yang terlambat dikirim boleh menyebut waktu sebelumnya, tetapi tidak sebelum tiba."
    ),
    "Whose check-in is awaited in vain": "Yang laporan posisinya terlambat",
    "Whose relief has arrived, so that they are to be released": (
        "Yang penggantinya sudah tiba, sehingga harus dilepas"
    ),
    "Read how many were present over time in a region": (
        "Baca jumlah yang hadir dari waktu ke waktu di suatu wilayah"
    ),
    "Read how many of a deployment were present over time": (
        "Baca jumlah yang hadir dari waktu ke waktu dalam suatu penugasan"
    ),
    "By what was stated of the deployments that you may see, each counted while its marking let you see it. "
    "Of the last day, if no start is named. Of more than 500 changes, the totals at equal intervals are "
    "told.": (
        "Menurut yang dinyatakan tentang penugasan yang boleh Anda lihat, masing-masing dihitung selama "
        "penandaannya mengizinkan Anda melihatnya. Selama satu hari terakhir jika awalnya tidak disebut. "
        "Jika ada lebih dari 500 perubahan, yang ditampilkan adalah jumlah pada selang waktu yang sama."
    ),
    "By what was stated. Since it was requested, if no start is named.": (
        "Menurut yang dinyatakan. Sejak diminta jika awalnya tidak disebut."
    ),
    "From this moment on": "Sejak waktu ini",
    "Up to this moment, in the past; now, if left out": (
        "Sampai waktu ini, di masa lalu; sekarang, jika tidak diisi"
    ),
    # Schemas
    "Check-ins, those first recorded first.": "Laporan posisi, yang pertama dicatat lebih dahulu.",
    "From this moment on so many were present, until the next point.": (
        "Sejak waktu ini sekian yang hadir, sampai titik berikutnya."
    ),
    "How far off the position may be, if that is known": (
        "Seberapa jauh posisinya dapat meleset, jika diketahui"
    ),
    "How many were present over time, by what was stated; who holds no unit any more counts as gone.": (
        "Jumlah yang hadir dari waktu ke waktu, menurut yang dinyatakan; yang tidak lagi mengikat satuannya "
        "dihitung sudah pergi."
    ),
    "How often they shall check in": "Seberapa sering personel harus melaporkan posisi",
    "How often they shall check in once they have arrived, in minutes": (
        "Seberapa sering personel harus melaporkan posisi setelah tiba, dalam menit"
    ),
    "Null also where you may not see that deployment": "Null juga jika penugasan itu tidak boleh Anda lihat",
    "Null where each change is told; else the points stand so far apart, or a multiple of that, and each "
    "tells what held at its moment": (
        "Null jika setiap perubahan ditampilkan; jika tidak, jarak antartitik adalah sekian atau "
        "kelipatannya, dan setiap titik menyatakan keadaan pada saatnya"
    ),
    "Null where you may not see what held then": "Null jika keadaan saat itu tidak boleh Anda lihat",
    "Since then it is to be released; null where you may not see its relief": (
        "Sejak itu harus dilepas; null jika penggantinya tidak boleh Anda lihat"
    ),
    "The deployment whose place they take; it is to be released once they arrive": (
        "Penugasan yang digantikan; penugasan itu harus dilepas setelah personel ini tiba"
    ),
    "The first one tells what held at the start": "Yang pertama menyatakan keadaan pada awalnya",
    "The newest check-in": "Laporan posisi terbaru",
    "When the next one is awaited": "Kapan laporan berikutnya ditunggu",
    "When they came, by the step `on_scene`": "Kapan personel tiba, menurut langkah `on_scene`",
    "When they were there; now, if left out": "Kapan personel berada di sana; sekarang, jika tidak diisi",
    "Where the personnel of a deployment were at a moment; it is never changed, a later one follows it.": (
        "Posisi personel penugasan pada suatu saat; tidak pernah diubah, yang baru menyusul."
    ),
    "Where the personnel of a deployment were at a moment: the place of the unit, never of one person.": (
        "Posisi personel penugasan pada suatu saat: tempat satuannya, bukan tempat seseorang."
    ),
    "Whether it is awaited in vain, at the moment that the answer tells of": (
        "Apakah laporannya terlambat, pada saat yang dinyatakan jawaban ini"
    ),
    # Examples
    "A position by GPS, with its accuracy": "Posisi menurut GPS, beserta ketelitiannya",
    "A position by radio, pointed out on the map": "Posisi melalui radio, ditunjukkan pada peta",
    "They shall check in every hour": "Personel harus melaporkan posisi setiap jam",
    # Refusals
    "More than {limit} changes: ask for a shorter time.": (
        "Lebih dari {limit} perubahan: mintalah rentang waktu yang lebih pendek."
    ),
    "Nobody checks in while it is {status}, or before it has arrived.": (
        "Posisi tidak dilaporkan selama statusnya {status}, atau sebelum tiba."
    ),
    "Nobody is to be relieved of a deployment that is {status}.": (
        "Penugasan yang statusnya {status} tidak dapat digantikan."
    ),
    "Only who owns or commands a deployment relieves it, or whoever acts under that command.": (
        "Penugasan hanya digantikan oleh pemilik atau pengendalinya, atau oleh yang dikendalikannya."
    ),
    "They had not arrived by then.": "Saat itu personel belum tiba.",
    "What a deployment relieves is named when it is requested.": (
        "Penugasan yang digantikan disebut saat penugasan diminta."
    ),
}
