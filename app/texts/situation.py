"""The situation summary."""

LINES = {
    # Operations
    "Situation": "Situasi",
    "How a region stands now, in one call": "Keadaan suatu wilayah sekarang, dalam satu panggilan",
    "Read how a region stands now": "Baca keadaan suatu wilayah sekarang",
    "Elections ahead with the days to voting, threat levels, readiness orders and posture activations in "
    "force; open incidents, sites and their coverage, deployments, open requests for assistance; overdue "
    "acknowledgements, check-ins and patrol stops: in one call. What you lack a permission for is absent and "
    "named in `left_out`. The entity tag changes when something that you see here does, also by time alone, "
    "and not before: ask with If-None-Match.": (
        "Pemilihan yang akan datang beserta hari menuju pemungutan suara, tingkat ancaman, perintah siaga, "
        "dan pelaksanaan rencana kesiapan yang berlaku; kejadian yang belum selesai, lokasi dan "
        "pengamanannya, penugasan, permintaan bantuan yang terbuka; konfirmasi, laporan posisi, dan titik "
        "patroli yang terlambat: dalam satu panggilan. Bagian yang izinnya tidak Anda miliki tidak "
        "ditampilkan dan disebut dalam `left_out`. Entity tag berubah jika yang Anda lihat di sini berubah, "
        "juga karena waktu saja, dan tidak sebelumnya: tanyakan dengan If-None-Match."
    ),
    # Schemas
    "A deployment whose check-in is awaited in vain.": "Penugasan yang laporan posisinya terlambat.",
    "A posture plan that a threat level brought to life, with drafts that wait for a decision.": (
        "Rencana kesiapan yang diaktifkan oleh tingkat ancaman, dengan rancangan yang menunggu keputusan."
    ),
    "A round of an election that counts here.": "Putaran pemilihan yang berlaku di sini.",
    "A stop that a patrol is late for.": "Titik patroli yang terlambat dikunjungi.",
    "An agency that was asked to acknowledge a record, and has not in time.": (
        "Lembaga yang diminta mengonfirmasi suatu catatan dan belum melakukannya pada waktunya."
    ),
    "Drafts that nobody has decided yet": "Rancangan yang belum diputuskan siapa pun",
    "How many orders of an agency put units on one level.": (
        "Jumlah perintah suatu lembaga yang menetapkan satu tingkat siaga."
    ),
    "How a region stands at this moment, of what you may see; a part that you may not read is absent.": (
        "Keadaan suatu wilayah saat ini, dari yang boleh Anda lihat; bagian yang tidak boleh Anda baca tidak "
        "ditampilkan."
    ),
    "How many open incidents are of one kind and one severity.": (
        "Jumlah kejadian yang belum selesai dari satu jenis dan satu tingkat keparahan."
    ),
    "How many sites were last judged so.": "Jumlah lokasi yang terakhir dinilai demikian.",
    "How many statements of one level are in force.": "Jumlah pernyataan dengan satu tingkat yang berlaku.",
    "Null for a place that is no site, or one you may not see": (
        "Null untuk tempat yang bukan lokasi, atau lokasi yang tidak boleh Anda lihat"
    ),
    "Null where no region was named": "Null jika wilayah tidak disebut",
    "Null where nobody has judged": "Null jika belum ada yang menilai",
    "Null where none is known to run": "Null jika tidak diketahui ada yang berjalan",
    "Of each agency the highest level first": "Dari setiap lembaga, tingkat tertinggi lebih dahulu",
    "Of each threat that anything is stated of": "Dari setiap ancaman yang dinyatakan",
    "Of the newest guard pattern that holds here": "Dari pola pengamanan terbaru yang berlaku di sini",
    "Of the patrol": "Dari patrolinya",
    "Of this region or of one above it, for which it is held": (
        "Wilayah ini atau wilayah di atasnya, tempat pemilihan itu diselenggarakan"
    ),
    "Parts that you lack a permission for": "Bagian yang izinnya tidak Anda miliki",
    "Persons that nobody has promised yet": "Personel yang belum disanggupi siapa pun",
    "The acknowledgements that are overdue, of records that have not come to an end.": (
        "Konfirmasi yang terlambat, untuk catatan yang belum berakhir."
    ),
    "The check-ins that are overdue.": "Laporan posisi yang terlambat.",
    "The deployments in whose window the moment lies.": (
        "Penugasan yang rentang waktunya mencakup saat ini."
    ),
    "The deployments of one status, and what they add up to.": "Penugasan dengan satu status, dan jumlahnya.",
    "The elections that the region has ahead, in short.": (
        "Pemilihan yang akan datang di wilayah itu, secara ringkas."
    ),
    "The highest first": "Yang tertinggi lebih dahulu",
    "The highest that any statement holds": "Yang tertinggi di antara semua pernyataan",
    "The incidents that have not come to an end.": "Kejadian yang belum selesai.",
    "The most urgent first": "Yang paling mendesak lebih dahulu",
    "The next vote first; null where no region was named": (
        "Pemungutan suara terdekat lebih dahulu; null jika wilayah tidak disebut"
    ),
    "The open requests for assistance of one priority.": (
        "Permintaan bantuan yang terbuka dengan satu derajat."
    ),
    "The posture activations that are open in a region, within it, and above it.": (
        "Pelaksanaan rencana kesiapan yang terbuka di suatu wilayah, di dalamnya, dan di atasnya."
    ),
    "The readiness orders in force for a region, within it, and above it.": (
        "Perintah siaga yang berlaku untuk suatu wilayah, di dalamnya, dan di atasnya."
    ),
    "The requests for assistance that are open.": "Permintaan bantuan yang terbuka.",
    "The sites in use by their risk.": "Lokasi yang digunakan menurut kerawanannya.",
    "The stops that are overdue, of patrols that are not over.": (
        "Titik patroli yang terlambat, dari patroli yang belum selesai."
    ),
    "The threat levels in force in a region, within it, and above it: those hold there too.": (
        "Tingkat ancaman yang berlaku di suatu wilayah, di dalamnya, dan di atasnya: itu pun berlaku di sana."
    ),
    "The totals of `GET /api/v1/coverage`; null where you see no guard pattern that holds here.": (
        "Jumlah dari `GET /api/v1/coverage`; null jika tidak ada pola pengamanan yang Anda lihat di sini."
    ),
    "Their time to answer is over, and persons are still missing": (
        "Waktu untuk menjawab telah habis, dan personel masih kurang"
    ),
    "Those of the highest levels, ten at most": "Yang tingkatnya tertinggi, paling banyak sepuluh",
    "Those that are longest overdue, ten at most": "Yang paling lama terlambat, paling banyak sepuluh",
    "What a situation summary is made of.": "Bagian-bagian ringkasan situasi.",
    "What is in force of one threat.": "Yang berlaku tentang satu ancaman.",
}
