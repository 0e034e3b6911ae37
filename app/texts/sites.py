"""Sites: register, judge, and what guards them."""

LINES = {
    # Operations
    "Sites": "Lokasi",
    "Places to be watched, how much each is at risk, and what guards them": (
        "Titik yang dipantau, kerawanannya, dan pengamanannya"
    ),
    "Any agency that sees the site judges it within its own area. Every judgement stays; the site "
    "shows the newest.": (
        "Setiap lembaga yang melihat lokasi dapat menilainya di dalam wilayah tugasnya. Setiap penilaian "
        "tetap tersimpan; lokasi menampilkan yang terbaru."
    ),
    "Change a site": "Ubah lokasi",
    "Judge the risk of a site": "Nilai kerawanan lokasi",
    "List how a site was judged": "Daftar penilaian lokasi",
    "List sites, newest first": "Daftar lokasi, yang terbaru lebih dahulu",
    "List the history of a site": "Daftar riwayat lokasi",
    "Part of the name": "Bagian dari namanya",
    "Read a site": "Baca lokasi",
    "Read the sites your agency may know of, and what guards them": (
        "Membaca lokasi yang boleh diketahui lembaga Anda, dan pengamanannya"
    ),
    "Register a site to be watched": "Daftarkan lokasi untuk dipantau",
    "Register or change many sites": "Daftarkan atau ubah banyak lokasi",
    "Register sites, and judge the risk of those in your area": (
        "Mendaftarkan lokasi, dan menilai kerawanan lokasi di wilayah tugas Anda"
    ),
    "With at least this index": "Dengan indeks paling sedikit sekian",
    "With its first assessment, where `risk` or `indicators` say so.": (
        "Beserta penilaian pertamanya, jika `risk` atau `indicators` diisi."
    ),
    # Schemas
    "A page of sites, newest first.": "Satu halaman lokasi, yang terbaru lebih dahulu.",
    "A place that is watched, as its owner describes it and as it was last assessed.": (
        "Tempat yang dipantau, menurut uraian pemiliknya dan penilaian terakhirnya."
    ),
    "A place to be watched. No names of persons, no voters: a polling station is its number.": (
        "Tempat yang akan dipantau. Tanpa nama orang dan tanpa data pemilih: TPS disebut dengan nomornya."
    ),
    "All that hold now; left out, the indicators stay as they are": (
        "Semua yang terpenuhi sekarang; jika tidak diisi, indikatornya tetap"
    ),
    "An index of Bawaslu's indicators, from 0 to 100, with what it is made of.": (
        "Indeks dari indikator Bawaslu, 0 sampai 100, beserta penyusunnya."
    ),
    "As it is known locally": "Seperti dikenal setempat",
    "Assessments, those first recorded first.": "Penilaian, yang pertama dicatat lebih dahulu.",
    "Bawaslu's indicators that hold; empty where none does, null if not looked": (
        "Indikator Bawaslu yang terpenuhi; kosong jika tidak ada, null jika belum diperiksa"
    ),
    "False where it is needed no more; it stays on record": (
        "False jika tidak diperlukan lagi; catatannya tetap ada"
    ),
    "How an agency judged a site at a moment; it is never changed, a later one follows it.": (
        "Penilaian suatu lembaga atas lokasi pada suatu saat; tidak pernah diubah, yang baru menyusul."
    ),
    "How it was weighed. Bawaslu publishes no weights: that every variable weighs the same is a choice of "
    "this service, no judgement of Bawaslu's": (
        "Cara pembobotannya. Bawaslu tidak menerbitkan bobot: bahwa semua variabel berbobot sama adalah "
        "pilihan layanan ini, bukan penilaian Bawaslu"
    ),
    "How many indicators it has": "Jumlah indikatornya",
    "How many of its indicators hold": "Jumlah indikatornya yang terpenuhi",
    "How to find it, what to mind": "Cara menemukannya, hal yang perlu diperhatikan",
    "How your agency judges the site: a category, the indicators that hold, or both.": (
        "Penilaian lembaga Anda atas lokasi: kategori, indikator yang terpenuhi, atau keduanya."
    ),
    "Left out, the category stays as it is": "Jika tidak diisi, kategorinya tetap",
    "Null where nobody looked": "Null jika belum ada yang memeriksa",
    "Of the newest assessment that looked at the indicators": (
        "Dari penilaian terbaru yang memeriksa indikatornya"
    ),
    "Of the newest assessment that names a category": "Dari penilaian terbaru yang menyebut kategori",
    "The categories of the Polri for polling stations, in rising order; `khusus` stands apart.": (
        "Kategori Polri untuk TPS, dari yang terendah; `khusus` berdiri sendiri."
    ),
    "The eight variables, in Bawaslu's order.": "Delapan variabel, menurut urutan Bawaslu.",
    "The first assessment, where there is one; later ones have a route": (
        "Penilaian pertama, jika ada; yang berikutnya melalui rute tersendiri"
    ),
    "Those that hold; null where nobody looked": "Yang terpenuhi; null jika belum ada yang memeriksa",
    "What one variable adds to the index.": "Sumbangan satu variabel pada indeks.",
    "What shall change; what is left out stays (RFC 7396). Risk changes by assessments, not here.": (
        "Yang akan diubah; yang tidak disebut tetap (RFC 7396). Kerawanan berubah melalui penilaian, bukan "
        "di sini."
    ),
    "What stands at a place that is watched.": "Apa yang ada di tempat yang dipantau.",
    "What that adds to the index": "Sumbangannya pada indeks",
    "When it was judged; now, if left out": "Waktu penilaiannya; sekarang, jika tidak diisi",
    "Why it is judged so; with an assessment": "Alasan penilaiannya; wajib jika ada penilaian",
    "Why; no names of persons": "Alasannya; tanpa nama orang",
    # Examples
    "A polling station with its first assessment": "Sebuah TPS dengan penilaian pertamanya",
    "A shopping centre": "Sebuah pusat perbelanjaan",
    "A warehouse that only two agencies shall know of": "Gudang yang hanya boleh diketahui dua lembaga",
    "Bawaslu looks at its indicators": "Bawaslu memeriksa indikatornya",
    "It is needed no more": "Tidak diperlukan lagi",
    "It moved to the village hall": "Pindah ke balai desa",
    "One of them again, judged anew": "Salah satunya lagi, dinilai ulang",
    "The police judge it anew": "Polri menilainya ulang",
    "Two polling stations of one kecamatan": "Dua TPS di satu kecamatan",
    # Refusals
    "A rationale goes with a category or with indicators.": (
        "Alasan harus disertai kategori atau indikator."
    ),
    "Name a category, the indicators that hold, or both.": (
        "Sebutkan kategori, indikator yang terpenuhi, atau keduanya."
    ),
    "Say why it is judged so.": "Sebutkan alasan penilaiannya.",
}
