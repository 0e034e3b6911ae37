"""Patrols: plan rounds, put on record what they visit, and see what nobody has visited."""

LINES = {
    # Operations
    "Patrols": "Patroli",
    "Plan rounds, put on record what they visit, and see what nobody has visited": (
        "Rencanakan patroli, catat yang dikunjungi, dan lihat yang tidak dikunjungi siapa pun"
    ),
    "A merge patch (RFC 7396): members that are left out stay as they are; `stops` takes the place of all "
    "stops. Patrols that are made already keep theirs.": (
        "Merge patch (RFC 7396): anggota yang tidak disebut tetap; `stops` menggantikan semua titik. Patroli "
        "yang sudah dibuat tetap memakai titiknya."
    ),
    "By region, from the province down to the kelurahan, and by site or place, those never visited in this "
    "time first. A site that you may not see counts where its plan is.": (
        "Menurut wilayah, dari provinsi sampai kelurahan, dan menurut lokasi atau tempat, yang tidak pernah "
        "dikunjungi dalam waktu ini lebih dahulu. Lokasi yang tidak boleh Anda lihat dihitung di wilayah "
        "rencananya."
    ),
    "Change a plan of patrols": "Ubah rencana patroli",
    "Each stop is a site, or a place with its name and position, within the region of the plan.": (
        "Setiap titik adalah lokasi, atau tempat dengan nama dan posisinya, di dalam wilayah rencana."
    ),
    "It takes the stops that the plan has now; what changes in the plan later changes no patrol.": (
        "Titiknya adalah titik rencana saat ini; perubahan rencana kemudian tidak mengubah patroli."
    ),
    "List patrols, newest first": "Daftar patroli, yang terbaru lebih dahulu",
    "List plans of patrols, newest first": "Daftar rencana patroli, yang terbaru lebih dahulu",
    "List stops that are overdue, the longest overdue first": (
        "Daftar titik yang lewat waktu, yang paling lama lebih dahulu"
    ),
    "List the history of a patrol": "Daftar riwayat patroli",
    "List the history of a plan of patrols": "Daftar riwayat rencana patroli",
    "List the stops of a patrol, as they stand now": "Daftar titik patroli, menurut keadaannya saat ini",
    "List the stops of a plan of patrols": "Daftar titik rencana patroli",
    "Make a patrol of a plan for a day": "Buat patroli dari rencana untuk suatu hari",
    "Mark a patrol anew": "Tandai ulang patroli",
    "Of patrols that are neither completed nor cancelled: the planned time and the grace have passed, and "
    "neither a visit nor a skip is on record.": (
        "Dari patroli yang belum selesai dan tidak dibatalkan: waktu rencana dan kelonggarannya sudah lewat, "
        "dan belum ada catatan kunjungan atau alasan dilewati."
    ),
    "Once for each stop. `distance_m` tells how far off the patrol stood; none is refused.": (
        "Sekali untuk setiap titik. `distance_m` menyebut jaraknya dari titik; tidak ada jarak yang ditolak."
    ),
    "Plan patrols of a unit": "Rencanakan patroli suatu satuan",
    "Plan the patrols of your agency's units, and put on record what they visit": (
        "Merencanakan patroli satuan lembaga Anda, dan mencatat yang dikunjungi"
    ),
    "Put on record that a stop was skipped, and why": "Catat bahwa titik dilewati, dan alasannya",
    "Put on record that a stop was visited": "Catat bahwa titik dikunjungi",
    "Read a patrol": "Baca patroli",
    "Read a plan of patrols": "Baca rencana patroli",
    "Read the patrols your agency may know of, and what they have visited": (
        "Membaca patroli yang boleh diketahui lembaga Anda, dan yang sudah dikunjunginya"
    ),
    "Read which stops of patrols were due and not visited": (
        "Baca titik patroli yang seharusnya dikunjungi tetapi tidak"
    ),
    "Runs of this plan": "Pelaksanaan rencana ini",
    "Start, complete or cancel a patrol": "Mulai, selesaikan, atau batalkan patroli",
    "Stops that are due before this moment": "Titik yang jatuh waktu sebelum saat ini",
    "Stops that are due from this moment on": "Titik yang jatuh waktu sejak saat ini",
    # Schemas
    "A page of patrols, newest first.": "Satu halaman patroli, yang terbaru lebih dahulu.",
    "A page of plans of patrols, newest first.": ("Satu halaman rencana patroli, yang terbaru lebih dahulu."),
    "A run of a plan on one of its days. Its marking is the plan's, unless another is named here.": (
        "Pelaksanaan rencana pada salah satu harinya. Penandaannya sama dengan rencana, kecuali disebut lain "
        "di sini."
    ),
    "A site or a place with stops that were not visited.": (
        "Lokasi atau tempat dengan titik yang tidak dikunjungi."
    ),
    "A site within the region of the plan": "Lokasi di dalam wilayah rencana",
    "A site, or a place with its name and position, and when to be there.": (
        "Lokasi, atau tempat dengan nama dan posisinya, dan kapan harus berada di sana."
    ),
    "A stop of a patrol, and how it stands at the moment of asking.": (
        "Titik patroli, dan keadaannya pada saat ditanyakan."
    ),
    "A unit of your agency": "Satuan lembaga Anda",
    "Due and not visited: overdue, or left over when the patrol ended": (
        "Jatuh waktu dan tidak dikunjungi: lewat waktu, atau tersisa saat patroli selesai"
    ),
    "False where no more patrols are made of it": "False jika tidak dibuat patroli lagi darinya",
    "From the province down to the kelurahan, as far as stops say where they are": (
        "Dari provinsi sampai kelurahan, sejauh letak titiknya diketahui"
    ),
    "From then on it is late: the planned time and the grace": (
        "Sejak saat itu terlambat: waktu rencana beserta kelonggarannya"
    ),
    "From there to the stop in metres; null where the position of the stop was not known": (
        "Dari sana ke titik, dalam meter; null jika posisi titik tidak diketahui"
    ),
    "How a stop stands at a moment: its outcome, or what the lack of one means by then.": (
        "Keadaan titik pada suatu saat: hasilnya, atau arti belum adanya hasil pada saat itu."
    ),
    "How far one run of a plan has come.": "Sejauh mana pelaksanaan suatu rencana.",
    "How late a stop may be before it is overdue": "Berapa lama titik boleh terlambat, dalam menit",
    "How many sites and places `items` leaves off": "Jumlah lokasi dan tempat yang tidak dimuat `items`",
    "In the order in which they are visited": "Menurut urutan kunjungan",
    "In the order in which they are visited, from 1": "Menurut urutan kunjungan, dari 1",
    "In the order of the plan, from 1": "Menurut urutan rencana, dari 1",
    "In this time": "Dalam waktu ini",
    "Minutes after the start of the patrol": "Menit setelah patroli mulai",
    "Not after this day": "Tidak sesudah hari ini",
    "Not before this day": "Tidak sebelum hari ini",
    "Not late yet": "Belum terlambat",
    "Not visited, with a reason": "Tidak dikunjungi, dengan alasan",
    "Null also where you may not see the site": "Null juga jika lokasinya tidak boleh Anda lihat",
    "Null for a place that is no site, and for sites you may not see": (
        "Null untuk tempat yang bukan lokasi, dan untuk lokasi yang tidak boleh Anda lihat"
    ),
    "Null for the sites of this region that you may not see, together": (
        "Null untuk semua lokasi di wilayah ini yang tidak boleh Anda lihat"
    ),
    "Null where nothing was put on record": "Null jika belum ada catatan",
    "Null where you may not see the plan": "Null jika rencananya tidak boleh Anda lihat",
    "Of a place that is no site": "Dari tempat yang bukan lokasi",
    "Of a place that is no site; no names of persons": "Dari tempat yang bukan lokasi; tanpa nama orang",
    "Of patrols that were cancelled": "Dari patroli yang dibatalkan",
    "Of that place, within the region of the plan; that region, if left out": (
        "Wilayah tempat itu, di dalam wilayah rencana; jika tidak diisi, wilayah rencana"
    ),
    "Of the place; of a site that of the plan": "Wilayah tempat itu; untuk lokasi, wilayah rencana",
    "On the clock of `time_zone`": "Menurut jam `time_zone`",
    "On which days it runs": "Pada hari apa saja dilaksanakan",
    "One run of a plan on a day; its stops have a list of their own.": (
        "Satu pelaksanaan rencana pada suatu hari; titiknya mempunyai daftar tersendiri."
    ),
    "One stop of a patrol, as the plan had it when the patrol was made, and what became of it.": (
        "Satu titik patroli, menurut rencana saat patroli dibuat, dan apa yang terjadi padanya."
    ),
    "One stop of a plan: a site, or a place with its name and position.": (
        "Satu titik rencana: lokasi, atau tempat dengan nama dan posisinya."
    ),
    "Stops of patrols.": "Titik patroli.",
    "That the patrol passed the stop over, and why.": "Bahwa patroli melewati titik, dan alasannya.",
    "That the patrol was at the stop: when, and at which position.": (
        "Bahwa patroli berada di titik: kapan, dan pada posisi mana."
    ),
    "The day on which it starts, on the clock of the plan": "Hari mulainya, menurut jam rencana",
    "The days of the week, Monday first (ISO 8601).": "Hari dalam sepekan, dari Senin (ISO 8601).",
    "The moment of asking, by which stops count as late or not": (
        "Saat ditanyakan; menurut saat itu titik dihitung terlambat atau tidak"
    ),
    "The next status of a patrol, and why.": "Status patroli berikutnya, dan alasannya.",
    "The stops of a plan as it stands now, in their order.": (
        "Titik rencana menurut keadaan saat ini, menurut urutannya."
    ),
    "The stops of one region and of all regions within.": (
        "Titik suatu wilayah dan semua wilayah di dalamnya."
    ),
    "The sum of all that follow": "Jumlah semua yang berikut",
    "Those never visited in this time first, then those with the most stops not visited": (
        "Yang tidak pernah dikunjungi dalam waktu ini lebih dahulu, lalu yang paling banyak tidak dikunjungi"
    ),
    "What shall change; what is left out stays (RFC 7396). Patrols that are made stay as they are.": (
        "Yang akan diubah; yang tidak disebut tetap (RFC 7396). Patroli yang sudah dibuat tidak berubah."
    ),
    "What was put on record of a stop; nothing else is ever stored of it.": (
        "Apa yang dicatat tentang suatu titik; selain itu tidak ada yang disimpan."
    ),
    "What was seen, or why it was skipped": "Yang dilihat, atau alasan dilewati",
    "What was seen; no names of persons": "Yang dilihat; tanpa nama orang",
    "When it is planned to start": "Waktu mulai menurut rencana",
    "When it was completed or cancelled": "Waktu selesai atau dibatalkan",
    "When it was visited or skipped": "Waktu dikunjungi atau dilewati",
    "Where a unit goes, on which days of the week, from when on.": (
        "Ke mana suatu satuan pergi, pada hari apa saja, mulai pukul berapa."
    ),
    "Where a unit goes, on which days of the week, from when on; its stops have a list of their own.": (
        "Ke mana suatu satuan pergi, pada hari apa saja, mulai pukul berapa; titiknya mempunyai daftar "
        "tersendiri."
    ),
    "Where that place is": "Letak tempat itu",
    "Where the patrol stood": "Posisi patroli",
    "Where the patrol stood; how far from the stop that is, is told": (
        "Posisi patroli; jaraknya dari titik akan disebut"
    ),
    "Which agency put it on record": "Lembaga yang mencatatnya",
    "Which stops of patrols were due and not visited, of the patrols that you may see.": (
        "Titik patroli yang seharusnya dikunjungi tetapi tidak, dari patroli yang boleh Anda lihat."
    ),
    "Who shall know of the patrol from now on. All else changes by steps, visits and skips.": (
        "Siapa yang boleh mengetahui patroli mulai sekarang. Selain itu berubah melalui status, kunjungan, "
        "dan titik yang dilewati."
    ),
    "Whose clock a plan's time of day is read from (Keppres 41/1987).": (
        "Zona waktu untuk jam mulai rencana (Keppres 41/1987)."
    ),
    # Examples
    "A round every night": "Patroli setiap malam",
    "A system sends the position": "Sistem mengirim posisi",
    "Every partner shall know of it": "Semua mitra perlu mengetahuinya",
    "It starts an hour later": "Mulai satu jam lebih lambat",
    "KPU shall know of the patrol": "KPU perlu mengetahui patroli ini",
    "Only on the days of quiet before the vote, known to Bawaslu": (
        "Hanya pada masa tenang, diketahui Bawaslu"
    ),
    "The patrol is back": "Patroli sudah kembali",
    "The patrol of another day, known to KPU": "Patroli hari lain, diketahui KPU",
    "The patrol of one day": "Patroli pada suatu hari",
    "The patrol sets out": "Patroli berangkat",
    "The patrol was called away": "Patroli dialihkan",
    "The patrol was there": "Patroli sudah di sana",
    "The road is cut": "Jalan terputus",
    "The stops in another order": "Titik dengan urutan lain",
    # Refusals
    "A site has its own; leave this out.": "Lokasi sudah memilikinya; jangan diisi.",
    "A stop lies within the region of the plan, {region}.": (
        "Titik harus berada di dalam wilayah rencana, {region}."
    ),
    "A stop was put on record later than that.": "Ada titik yang dicatat sesudah waktu itu.",
    "More than {limit} sites and places: name a region.": (
        "Lebih dari {limit} lokasi dan tempat: sebutkan wilayahnya."
    ),
    "Name a site, or a place with its name and position.": (
        "Sebutkan lokasi, atau tempat dengan nama dan posisinya."
    ),
    "No stop comes before the one it follows.": "Titik tidak boleh mendahului titik sebelumnya.",
    "Nothing is put on record of a stop while the patrol is {status}.": (
        "Titik tidak dapat dicatat selama patroli berstatus {status}."
    ),
    "Only the agency whose patrol it is does this.": "Hanya lembaga pemilik patroli yang melakukan ini.",
    "The last day does not come before the first.": "Hari terakhir tidak boleh mendahului hari pertama.",
    "The patrol had not started by then.": "Pada saat itu patroli belum mulai.",
    "The plan has no patrol on that day.": "Rencana ini tidak memiliki patroli pada hari itu.",
    "The plan is out of use.": "Rencana ini tidak dipakai lagi.",
    "This is more than a day before the planned start.": (
        "Ini lebih dari sehari sebelum waktu mulai menurut rencana."
    ),
    "This stop was put on record as {outcome} already.": "Titik ini sudah dicatat sebagai {outcome}.",
    "You would lose sight of it.": "Anda tidak akan dapat melihatnya lagi.",
    "{reference} is the patrol of that day.": "{reference} adalah patroli pada hari itu.",
}
