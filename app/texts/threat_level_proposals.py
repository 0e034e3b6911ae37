"""Proposals of threat levels: made by one account, decided by another."""

LINES = {
    # Operations
    "A proposal that waits for another account": "Usulan yang menunggu akun lain",
    "Any account of the issuing agency that may approve, except the one that proposed it.": (
        "Akun mana pun dari lembaga pengusul yang berwenang menyetujui, kecuali akun pengusul."
    ),
    "Approve or decline a proposed threat level of your agency": (
        "Menyetujui atau menolak usulan tingkat ancaman lembaga Anda"
    ),
    "Decide on a proposed threat level of your agency": "Putuskan usulan tingkat ancaman lembaga Anda",
    "List proposed threat levels, newest first": ("Daftar usulan tingkat ancaman, yang terbaru lebih dahulu"),
    "List the history of a proposal": "Daftar riwayat usulan",
    "Read a proposed threat level": "Baca usulan tingkat ancaman",
    "Take back what your account proposed": "Tarik kembali usulan akun Anda",
    "Whose level it would be": "Lembaga yang tingkatnya diusulkan",
    # Schemas
    "A level, or a withdrawal, that takes effect when another account of the issuing agency approves it.": (
        "Tingkat, atau penarikan, yang berlaku setelah disetujui akun lain dari lembaga pengusul."
    ),
    "A page of proposals, newest first.": "Satu halaman usulan, yang terbaru lebih dahulu.",
    "Null where it proposes to withdraw a statement": (
        "Null jika yang diusulkan adalah penarikan pernyataan"
    ),
    "The statement that it became": "Pernyataan yang dihasilkannya",
    "The statement to withdraw, if you may know of it": (
        "Pernyataan yang hendak ditarik, jika Anda boleh mengetahuinya"
    ),
    "What another account of the agency decides.": "Keputusan akun lain dari lembaga itu.",
    "What has become of a proposal.": "Kedudukan sebuah usulan.",
    "When it lapses undecided": "Kapan kedaluwarsa bila belum diputuskan",
    "Who proposed it; the account stands in the history, for its own agency": (
        "Pengusulnya; akunnya ada di riwayat, bagi lembaganya sendiri"
    ),
    "Why the proposer takes a proposal back.": "Alasan pengusul menarik kembali usulannya.",
    "Yes or no, and why.": "Setuju atau tidak, dan alasannya.",
    # Examples
    "Approve: reports agree": "Setuju: laporan-laporan sejalan",
    "Decline: the source is not confirmed": "Tolak: sumber belum dikonfirmasi",
    "Decline: a lower level is enough": "Tolak: tingkat lebih rendah sudah memadai",
    "The level was a slip": "Salah ketik tingkatan",
    "New reports say otherwise": "Laporan terbaru menyebut lain",
    # Refusals
    "Another proposal of your agency waits for this place and category: have it decided.": (
        "Usulan lain dari lembaga Anda masih menunggu untuk wilayah dan kategori ini: mintakan putusannya "
        "dahulu."
    ),
    "Its review_by has passed: propose it again.": "Batas review_by-nya sudah lewat: usulkan lagi.",
    "Only the account that proposed it may withdraw it; another one may decline.": (
        "Hanya akun pengusul yang boleh menariknya kembali; akun lain dapat menolaknya."
    ),
    "Only the issuing agency decides on its proposals.": (
        "Hanya lembaga pengusul yang memutuskan usulannya."
    ),
    "The statement that it would withdraw is no longer in force.": (
        "Pernyataan yang hendak ditarik tidak berlaku lagi."
    ),
    "This proposal is no longer pending: {status}.": "Usulan ini tidak menunggu lagi: {status}.",
    "You proposed it: another account of your agency decides.": (
        "Anda yang mengusulkannya: akun lain dari lembaga Anda yang memutuskan."
    ),
}
