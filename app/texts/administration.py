"""Accounts and integrations of an agency, agencies that join and leave, and passwords."""

LINES = {
    # Operations
    "Administration": "Administrasi",
    "Accounts and systems of your agency, and agencies that join and leave": (
        "Akun dan sistem lembaga Anda, serta lembaga yang bergabung dan keluar"
    ),
    "Approve or decline a reset that another administrator asked for": (
        "Setujui atau tolak penyetelan ulang yang diminta administrator lain"
    ),
    "Change what an account of your agency holds": "Ubah hak sebuah akun lembaga Anda",
    "Change what an integration holds": "Ubah hak sebuah integrasi",
    "Change your own password": "Ganti kata sandi Anda sendiri",
    "Confirm another recipient of RED records after a reset of their password": (
        "Pastikan penerima lain catatan RED setelah kata sandinya disetel ulang"
    ),
    "Confirm or refuse an administrator whom the host has made for your agency": (
        "Pastikan atau tolak administrator yang dibuat pengelola layanan untuk lembaga Anda"
    ),
    "Give an integration a secret or a public key": "Beri sebuah integrasi rahasia atau kunci publik",
    "Give it a key or a secret next.": "Setelah itu beri kunci atau rahasia.",
    "Have an agency come back, with a new agreement": ("Catat lembaga yang kembali, dengan kesepakatan baru"),
    "Have an agency join, with its sharing agreement": (
        "Catat lembaga yang bergabung, dengan kesepakatan berbagi datanya"
    ),
    "Have an agency leave": "Catat lembaga yang keluar",
    "Have the password of an account of your agency set anew": (
        "Minta kata sandi sebuah akun lembaga Anda disetel ulang"
    ),
    "It takes effect within a second.": "Berlaku dalam satu detik.",
    "It takes effect within a second. Nobody changes their own account, and the last administrator "
    "stays one.": (
        "Berlaku dalam satu detik. Tidak seorang pun mengubah akunnya sendiri, dan administrator terakhir "
        "tetap administrator."
    ),
    "Its accounts stop to work within a second. Its records stay as they are.": (
        "Akun-akunnya berhenti berlaku dalam satu detik. Catatannya tetap sebagaimana adanya."
    ),
    "List recipients of RED records who wait for you after a reset of their password": (
        "Daftar penerima catatan RED yang menunggu Anda setelah kata sandinya disetel ulang"
    ),
    "List the accounts of your agency": "Daftar akun lembaga Anda",
    "List the integrations of your agency": "Daftar integrasi lembaga Anda",
    "List the keys and secrets of an integration": "Daftar kunci dan rahasia sebuah integrasi",
    "Make an account for a person of your agency": "Buat akun untuk seorang petugas lembaga Anda",
    "Make an agency's first administrator": "Buat administrator pertama sebuah lembaga",
    "Make an integration for a system of your agency": "Buat integrasi untuk sebuah sistem lembaga Anda",
    "Object to a reset of your password that you did not ask for": (
        "Sanggah penyetelan ulang kata sandi yang tidak Anda minta"
    ),
    "Read an account of your agency": "Baca sebuah akun lembaga Anda",
    "Read an integration of your agency": "Baca sebuah integrasi lembaga Anda",
    "Revoke a key or a secret": "Cabut kunci atau rahasia",
    "Set your password with the code from your administrator": (
        "Tetapkan kata sandi Anda dengan kode dari administrator"
    ),
    "Suspend an account of your agency": "Bekukan sebuah akun lembaga Anda",
    "Suspend an integration": "Bekukan sebuah integrasi",
    "Take a suspended account back into use": "Aktifkan kembali akun yang dibekukan",
    "Take a suspended integration back into use": "Aktifkan kembali integrasi yang dibekukan",
    "The account sees again the RED records that name you both.": (
        "Akun itu kembali melihat catatan RED yang menyebut Anda berdua."
    ),
    "The account works once the agency has confirmed it: an officer of the agency does, or, where it "
    "has none "
    "yet, the person by naming who appointed them.": (
        "Akun itu berlaku setelah dipastikan lembaganya: oleh seorang pejabat lembaga itu, atau, bila "
        "belum ada, "
        "oleh orangnya sendiri dengan menyebut siapa yang menunjuknya."
    ),
    "The code counts once. Nobody but you ever learns the password.": (
        "Kode berlaku sekali. Tidak seorang pun selain Anda mengetahui kata sandinya."
    ),
    "The code of the answer counts once a second administrator has approved it; at once where no "
    "password was "
    "set yet. The old password works until then. The person sees it at `/me`.": (
        "Kode dalam jawaban berlaku setelah disetujui administrator kedua; langsung bila belum pernah "
        "ada kata "
        "sandi. Sampai saat itu kata sandi lama tetap berlaku. Orangnya melihat hal ini di `/me`."
    ),
    "The person sets the password with the code of the answer at `POST /enrolment`. Nobody grants more "
    "than the "
    "agency may hold.": (
        "Orangnya menetapkan kata sandi dengan kode dalam jawaban lewat `POST /enrolment`. Tidak seorang pun "
        "memberi lebih dari batas lembaganya."
    ),
    "Two count at a time, and the older one ends after `overlap_days`. A secret is shown this once.": (
        "Paling banyak dua yang berlaku bersamaan, dan yang lama berakhir setelah `overlap_days`. "
        "Rahasia hanya "
        "ditampilkan sekali ini."
    ),
    # Permissions
    "Confirm an administrator whom the host has made for your agency": (
        "Memastikan administrator yang dibuat pengelola layanan untuk lembaga Anda"
    ),
    "Have agencies join and leave; only for the host": (
        "Mencatat lembaga yang bergabung dan keluar; hanya untuk pengelola layanan"
    ),
    "Manage the accounts and integrations of your agency": "Mengelola akun dan integrasi lembaga Anda",
    "Read the accounts and integrations of your agency": "Membaca akun dan integrasi lembaga Anda",
    # Schemas
    "15 to 128 characters of any kind; no words that anyone would try first": (
        "15 sampai 128 karakter apa pun; bukan kata-kata yang pertama dicoba siapa pun"
    ),
    "A JWT signed with the key: `sub` the integration's name, `aud` this service's address, `iat` "
    "within five "
    "minutes": (
        "JWT yang ditandatangani dengan kunci itu: `sub` nama integrasi, `aud` alamat layanan ini, "
        "`iat` dalam "
        "lima menit"
    ),
    "A credential as it was made; the secret is shown this once.": (
        "Kredensial sebagaimana dibuat; rahasianya hanya ditampilkan sekali ini."
    ),
    "A code of your authenticator, where no second administrator has approved it; one try": (
        "Kode autentikator Anda, bila belum ada administrator kedua yang menyetujui; satu kali percobaan"
    ),
    "Every sign-in of yours ends; sign in again with the new one.": (
        "Semua sesi Anda berakhir; masuklah lagi dengan yang baru."
    ),
    "A new password of your own.": "Kata sandi baru Anda sendiri.",
    "A post for a person of your agency; the person sets the password with the code of the answer.": (
        "Pos untuk seorang petugas lembaga Anda; orangnya menetapkan kata sandi dengan kode dalam jawaban."
    ),
    "A public key of Ed25519 or P-256 as a JWK (RFC 7517, RFC 8037), without anything else in it.": (
        "Kunci publik Ed25519 atau P-256 sebagai JWK (RFC 7517, RFC 8037), tanpa isian lain."
    ),
    "A secret or a public key of an integration; nobody can read a secret again.": (
        "Rahasia atau kunci publik sebuah integrasi; rahasia tidak dapat dibaca lagi oleh siapa pun."
    ),
    "A secret that the service makes, or a public key with the proof that you hold its private half.": (
        "Rahasia buatan layanan, atau kunci publik beserta bukti bahwa Anda memegang kunci pribadinya."
    ),
    "A system of your agency, with no more than it needs; its keys and secrets come after.": (
        "Sebuah sistem lembaga Anda, dengan hak seperlunya; kunci dan rahasianya menyusul."
    ),
    "A system that acts for your agency.": "Sistem yang bertindak untuk lembaga Anda.",
    "Accounts that wait for you, the oldest first.": ("Akun yang menunggu Anda, yang terlama lebih dahulu."),
    "Accounts, the oldest first.": "Akun, yang terlama lebih dahulu.",
    "Also its client id": "Juga client id-nya",
    "An account of a person: a post, never a name.": "Akun seorang petugas: nama pos, bukan nama orang.",
    "An account that is named beside you in RED records, and does not see them until one of you confirms.": (
        "Akun yang disebut bersama Anda dalam catatan RED, dan tidak melihatnya sampai salah satu dari Anda "
        "memastikannya."
    ),
    "An account that waits for its agency, and the code for its person: shown this once.": (
        "Akun yang menunggu lembaganya, dan kode untuk orangnya: hanya ditampilkan sekali ini."
    ),
    "An account with the code with which its person sets a password: shown this once, kept nowhere.": (
        "Akun beserta kode untuk menetapkan kata sandinya: hanya ditampilkan sekali ini, tidak disimpan."
    ),
    "An agency as the host keeps it.": "Lembaga sebagaimana dicatat pengelola layanan.",
    "An agency that comes back, and its new agreement.": "Lembaga yang kembali, dan kesepakatan barunya.",
    "An agency that joins, and the agreement by which it shares.": (
        "Lembaga yang bergabung, dan kesepakatan yang mendasari berbagi datanya."
    ),
    "By what order, letter or decision the person was appointed": (
        "Berdasarkan perintah, surat, atau keputusan apa orang itu ditunjuk"
    ),
    "False once it has left": "False setelah lembaga itu keluar",
    "False while it is suspended": "False selama dibekukan",
    "Fewer regions than your agency or the unit covers; null for all of them": (
        "Wilayah yang lebih sempit dari wilayah lembaga atau satuan; null untuk semuanya"
    ),
    "For the person who was appointed; it works once": "Untuk orang yang ditunjuk; berlaku sekali",
    "From your administrator": "Dari administrator Anda",
    "Give it to the person by a way that you trust; it works once": (
        "Sampaikan kepada orangnya lewat jalan yang Anda percayai; berlaku sekali"
    ),
    "How long the one before stays valid beside it": "Berapa lama yang sebelumnya tetap berlaku di "
    "sampingnya",
    "How you made sure that the same person still stands behind the account.": (
        "Bagaimana Anda memastikan bahwa orang yang sama masih memegang akun itu."
    ),
    "Integrations, the oldest first.": "Integrasi, yang terlama lebih dahulu.",
    "Keys and secrets, the oldest first.": "Kunci dan rahasia, yang terlama lebih dahulu.",
    "Made by the host, and not yet confirmed by the agency": (
        "Dibuat pengelola layanan, dan belum dipastikan lembaganya"
    ),
    "Networks from which it may be used; null for every one": (
        "Jaringan asal yang diperbolehkan; null untuk semuanya"
    ),
    "Null for a public key": "Null untuk kunci publik",
    "Null for all that an integration may do": "Null untuk semua yang boleh dilakukan sebuah integrasi",
    "Null where your own one-time code stood in for it": (
        "Null bila kode sekali pakai Anda sendiri yang menggantikannya"
    ),
    "Null while it is only asked for": "Null selama baru diminta",
    "Number and title of the agreement": "Nomor dan judul kesepakatan",
    "Of a public key its thumbprint (RFC 7638)": "Sidik kunci publik (RFC 7638)",
    "Only for an agency's first administrator: who in your agency appointed you, and how": (
        "Hanya untuk administrator pertama sebuah lembaga: siapa di lembaga Anda yang menunjuk, dan bagaimana"
    ),
    "The account sees again the RED records that name it and you.": (
        "Akun itu kembali melihat catatan RED yang menyebutnya bersama Anda."
    ),
    "The account whose password was set, and what it still waits for.": (
        "Akun yang kata sandinya ditetapkan, dan apa yang masih ditunggunya."
    ),
    "The day it was signed": "Tanggal penandatanganannya",
    "The first administrator of an agency, whose agency must confirm the account.": (
        "Administrator pertama sebuah lembaga; akunnya harus dipastikan lembaga itu."
    ),
    "The last reset of your password, if there was one": "Penyetelan ulang kata sandi Anda yang "
    "terakhir, bila ada",
    "The name is made of it and the agency's code": "Nama akun disusun dari pos ini dan kode lembaga",
    "The next agency up in the same hierarchy": "Lembaga setingkat di atasnya dalam hierarki yang sama",
    "The person behind an account sets the password, with the one-time code from the administrator.": (
        "Pemegang akun menetapkan kata sandi dengan kode sekali pakai dari administrator."
    ),
    "The word of an officer of the agency on an administrator whom the host has made for it.": (
        "Keterangan pejabat lembaga tentang administrator yang dibuat pengelola layanan untuknya."
    ),
    "Until when a code waits for the person; null: none": (
        "Sampai kapan sebuah kode menunggu orangnya; null: tidak ada"
    ),
    "What an account is for within its agency.": "Untuk apa sebuah akun di lembaganya.",
    "What shall be different; what is left out stays.": "Apa yang diubah; yang tidak disebut tetap.",
    "What somebody else decides.": "Apa yang diputuskan pihak lain.",
    "When a reset of the password last took effect": ("Kapan penyetelan ulang kata sandi terakhir berlaku"),
    "When it ends by itself; null for never": "Kapan berakhir dengan sendirinya; null untuk tidak pernah",
    "When its password was reset": "Kapan kata sandinya disetel ulang",
    "Whether a reset that another administrator asked for may take effect.": (
        "Apakah penyetelan ulang yang diminta administrator lain boleh berlaku."
    ),
    "Whether an officer of the agency must confirm it before it works": (
        "Apakah pejabat lembaga harus memastikannya sebelum berlaku"
    ),
    "Whether the person has set a password": "Apakah orangnya sudah menetapkan kata sandi",
    "Who has your password reset; object to it if you did not ask for it.": (
        "Siapa yang menyetel ulang kata sandi Anda; sanggah bila Anda tidak memintanya."
    ),
    "Why an account is suspended, taken back into use, or has its password reset.": (
        "Mengapa akun dibekukan, diaktifkan kembali, atau kata sandinya disetel ulang."
    ),
    "Why an agency leaves; its accounts stop working at once, its records stay.": (
        "Mengapa lembaga keluar; akun-akunnya langsung berhenti berlaku, catatannya tetap."
    ),
    "Why you object to a reset of your password.": "Mengapa Anda menyanggah penyetelan ulang kata sandi.",
    "What a route asks for, as `subjects:verb`.": "Yang diminta sebuah rute, sebagai `subjects:verb`.",
    "What an agency is; some rules go by it.": "Jenis lembaga; beberapa aturan bergantung padanya.",
    "What proves that an account is itself.": "Yang membuktikan jati diri sebuah akun.",
    # Examples
    "A higher clearance": "Izin yang lebih tinggi",
    "A local government": "Pemerintah daerah",
    "A military command": "Komando militer",
    "A new agreement": "Kesepakatan baru",
    "A script that keeps threat levels in step": "Skrip yang menyelaraskan tingkat ancaman",
    "A secret": "Sebuah rahasia",
    "A system for an exercise": "Sistem untuk latihan",
    "An administrator whom the agency has named": "Administrator yang disebut lembaganya",
    "An auditor until the end of the count": "Auditor sampai akhir penghitungan",
    "An operator of a Polres, who reports only there": "Operator sebuah Polres, yang hanya melapor di sana",
    "Only for one regency": "Hanya untuk satu kabupaten",
    "Only from the agency's own network": "Hanya dari jaringan lembaga sendiri",
    "Only to read": "Hanya membaca",
    "The next secret, with a day to change over": "Rahasia berikutnya, dengan sehari masa peralihan",
    "Several words": "Beberapa kata",
    "The word of a second administrator": "Keputusan administrator kedua",
    "The word of an officer": "Keterangan seorang pejabat",
    "With the reason": "Dengan alasannya",
}
