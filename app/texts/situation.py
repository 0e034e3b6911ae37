"""The situation summary."""

LINES = {
    # Operations
    "Situation": "Situasi",
    "How a region stands now, in one call": "Keadaan suatu wilayah sekarang, dalam satu panggilan",
    "Read how a region stands now": "Baca keadaan suatu wilayah sekarang",
    "The threat levels in force, open incidents, sites and their coverage, deployments and overdue "
    "check-ins, in one call. What you lack a permission for is absent and named in `left_out`. The entity "
    "tag changes when something that you see here does, and not before: ask with If-None-Match.": (
        "Tingkat ancaman yang berlaku, kejadian yang belum selesai, lokasi dan pengamanannya, penugasan, dan "
        "laporan posisi yang terlambat, dalam satu panggilan. Bagian yang izinnya tidak Anda miliki tidak "
        "ditampilkan dan disebut dalam `left_out`. Entity tag berubah jika yang Anda lihat di sini berubah, "
        "dan tidak sebelumnya: tanyakan dengan If-None-Match."
    ),
    # Schemas
    "A deployment whose check-in is awaited in vain.": "Penugasan yang laporan posisinya terlambat.",
    "How a region stands at this moment, of what you may see; a part that you may not read is absent.": (
        "Keadaan suatu wilayah saat ini, dari yang boleh Anda lihat; bagian yang tidak boleh Anda baca tidak "
        "ditampilkan."
    ),
    "How many open incidents are of one kind and one severity.": (
        "Jumlah kejadian yang belum selesai dari satu jenis dan satu tingkat keparahan."
    ),
    "How many sites were last judged so.": "Jumlah lokasi yang terakhir dinilai demikian.",
    "How many statements of one level are in force.": "Jumlah pernyataan dengan satu tingkat yang berlaku.",
    "Null where no region was named": "Null jika wilayah tidak disebut",
    "Null where nobody has judged": "Null jika belum ada yang menilai",
    "Of each threat that anything is stated of": "Dari setiap ancaman yang dinyatakan",
    "Of the newest guard pattern that holds here": "Dari pola pengamanan terbaru yang berlaku di sini",
    "Parts that you lack a permission for": "Bagian yang izinnya tidak Anda miliki",
    "The check-ins that are overdue.": "Laporan posisi yang terlambat.",
    "The deployments in whose window the moment lies.": (
        "Penugasan yang rentang waktunya mencakup saat ini."
    ),
    "The deployments of one status, and what they add up to.": "Penugasan dengan satu status, dan jumlahnya.",
    "The highest first": "Yang tertinggi lebih dahulu",
    "The highest that any statement holds": "Yang tertinggi di antara semua pernyataan",
    "The incidents that have not come to an end.": "Kejadian yang belum selesai.",
    "The sites in use by their risk.": "Lokasi yang digunakan menurut kerawanannya.",
    "The threat levels in force in a region, within it, and above it: those hold there too.": (
        "Tingkat ancaman yang berlaku di suatu wilayah, di dalamnya, dan di atasnya: itu pun berlaku di sana."
    ),
    "The totals of `GET /api/v1/coverage`; null where you see no guard pattern that holds here.": (
        "Jumlah dari `GET /api/v1/coverage`; null jika tidak ada pola pengamanan yang Anda lihat di sini."
    ),
    "Those that are longest overdue, ten at most": "Yang paling lama terlambat, paling banyak sepuluh",
    "What a situation summary is made of.": "Bagian-bagian ringkasan situasi.",
    "What is in force of one threat.": "Yang berlaku tentang satu ancaman.",
}
