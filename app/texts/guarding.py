"""Guard patterns and coverage: how many guard how many sites, and what is missing."""

LINES = {
    # Operations
    "As orders and reports told them, each with its source: a start for your own.": (
        "Sebagaimana disebut dalam perintah dan laporan, masing-masing dengan sumbernya: titik awal untuk "
        "pola Anda sendiri."
    ),
    "By the patterns of an operation, of the sites in use and the guarding deployments that you see. The "
    "nearest pattern counts: that of the kecamatan before that of the regency before that of the province; "
    "of two for the same place the one with the later `as_of`.": (
        "Menurut pola suatu operasi, dari lokasi yang masih digunakan dan penugasan pengamanan yang Anda "
        "lihat. Pola terdekat yang berlaku: pola kecamatan sebelum pola kabupaten atau kota sebelum pola "
        "provinsi; dari dua pola untuk tempat yang sama, yang `as_of`-nya lebih baru."
    ),
    "Change a guard pattern": "Ubah pola pengamanan",
    "List guard patterns, newest first": "Daftar pola pengamanan, yang terbaru lebih dahulu",
    "List the history of a guard pattern": "Daftar riwayat pola pengamanan",
    "List the sites that no deployment names, newest first": (
        "Daftar lokasi yang tidak disebut penugasan mana pun, yang terbaru lebih dahulu"
    ),
    "Of the sites in use that you see: those that no deployment that you see names, of those that hold their "
    "unit at that moment.": (
        "Dari lokasi yang masih digunakan dan Anda lihat: yang tidak disebut oleh penugasan yang Anda lihat "
        "dan yang mengikat satuannya pada saat itu."
    ),
    "Read a guard pattern": "Baca pola pengamanan",
    "Read the guard patterns of past elections": "Baca pola pengamanan pemilihan lalu",
    "Read what the sites need, who guards them, and what is missing": (
        "Baca kebutuhan lokasi, siapa yang mengamankannya, dan kekurangannya"
    ),
    "Set how many guard sites of a category": "Tetapkan jumlah pengaman lokasi suatu kategori",
    "Those that hold at this place": "Yang berlaku di tempat ini",
    # Schemas
    "A page of guard patterns, newest first.": "Satu halaman pola pengamanan, yang terbaru lebih dahulu.",
    "A short name": "Nama singkat",
    "By the patterns, rounded up for each pattern within the region": (
        "Menurut pola, dibulatkan ke atas untuk setiap pola di wilayah itu"
    ),
    "For how many sites they are": "Untuk berapa lokasi",
    "How many guard how many sites of one category, in an operation and a place.": (
        "Berapa orang mengamankan berapa lokasi satu kategori, dalam suatu operasi dan di suatu tempat."
    ),
    "How many guard how many sites of one category. Each number has a name.": (
        "Berapa orang mengamankan berapa lokasi satu kategori. Setiap angka memiliki nama."
    ),
    "How many more are required than planned; what another region has over does not count": (
        "Selisih kebutuhan di atas rencana; kelebihan di wilayah lain tidak dihitung"
    ),
    "Ids of the sites that they guard, which you see": "Id lokasi yang dijaga, yang Anda lihat",
    "In use": "Yang masih digunakan",
    "Null where it is told of the whole country": "Null jika untuk seluruh negeri",
    "Null where the source does not tell it": "Null jika tidak disebut sumbernya",
    "Of local government; a pattern that does not say needs none": (
        "Dari pemerintah daerah; pola yang tidak menyebutnya tidak membutuhkannya"
    ),
    "Of local government; null where the plan does not say": (
        "Dari pemerintah daerah; null jika rencana tidak menyebutnya"
    ),
    "Of one kind of guards: how many are needed, planned and there, and how many are missing.": (
        "Tentang satu jenis pengaman: yang dibutuhkan, direncanakan, hadir, dan yang kurang."
    ),
    "Of the deployments that hold their unit at that moment": (
        "Dari penugasan yang mengikat satuannya pada saat itu"
    ),
    "Patterns of past elections: they differ by place and year, and bind nobody.": (
        "Pola pemilihan lalu: berbeda menurut tempat dan tahun, dan tidak mengikat siapa pun."
    ),
    "Police and military": "Polri dan TNI",
    "Police, or military in their place": "Polri, atau TNI sebagai penggantinya",
    "Sites that no deployment names": "Lokasi yang tidak disebut penugasan mana pun",
    "Sites whose category is unknown, or for which no pattern holds": (
        "Lokasi yang kategorinya tidak diketahui, atau yang tidak memiliki pola"
    ),
    "The most sites without a guard first, then the widest gap": (
        "Yang paling banyak lokasi tanpa pengaman lebih dahulu, lalu yang kekurangannya terbesar"
    ),
    "The order or plan that says so": "Perintah atau rencana yang menetapkannya",
    "The same in English": "Hal yang sama dalam bahasa Inggris",
    "The sites that they guard, of those that you may see": (
        "Lokasi yang dijaga, dari yang boleh Anda lihat"
    ),
    "The sum of all gaps": "Jumlah semua kekurangan",
    "What an order or a report has told of how many guard how many sites of a category.": (
        "Yang disebut suatu perintah atau laporan tentang jumlah pengaman dan lokasi suatu kategori."
    ),
    "What else is told, in Indonesian": "Yang disebutkan selain itu, dalam bahasa Indonesia",
    "What one region needs and has.": "Kebutuhan dan ketersediaan satu wilayah.",
    "What shall change; what is left out stays (RFC 7396).": (
        "Yang akan diubah; yang tidak disebut tetap (RFC 7396)."
    ),
    "What the sites need by the patterns of an operation, against who is deployed to guard them.": (
        "Kebutuhan lokasi menurut pola suatu operasi, dibandingkan dengan penugasan pengamanannya."
    ),
    "When they were gathered": "Kapan dikumpulkan",
    "Where it holds: a province, a regency or a kecamatan; the nearest counts": (
        "Tempat berlakunya: provinsi, kabupaten atau kota, atau kecamatan; yang terdekat yang berlaku"
    ),
    "Whose pattern it was": "Pola milik siapa",
    # Examples
    "KPU shall know of it": "KPU perlu mengetahuinya",
    "Twice as many": "Dua kali lipat",
    "Two for each that is very vulnerable, known to KPU": (
        "Dua orang untuk setiap yang sangat rawan, diketahui KPU"
    ),
    "Two police officers for twelve polling stations": "Dua polisi untuk dua belas TPS",
    # Refusals
    "A pattern holds for a province, a regency or a kecamatan.": (
        "Pola berlaku untuk provinsi, kabupaten atau kota, atau kecamatan."
    ),
    "More than {limit} regions: name one.": "Lebih dari {limit} wilayah: sebutkan salah satu.",
    "Only the agency that has set a pattern changes it.": (
        "Hanya lembaga yang menetapkan pola yang dapat mengubahnya."
    ),
}
