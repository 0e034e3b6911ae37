"""Words that a refusal puts into its text: kinds of records, relations to them, what may be done to them."""

WORDS = {
    # Kinds of records
    "account": "akun",
    "incident": "kejadian",
    # Relations
    "assigned": "yang ditugasi",
    "audience": "penerima",
    "lead": "pemimpin penanganan",
    "oversight": "pengawas",
    "owner": "pemilik",
    # What may be done
    "assign": "menugasi lembaga",
    "describe": "mengubah uraian",
    "hand_over": "serah terima",
    "handle": "mengubah penanganan",
    "link": "menautkan",
    "mark": "mengubah penandaan",
    "note": "menulis linimasa",
    "party": "mencatat orang yang terkait",
    "step": "memindahkan status",
    # Others
    "approved": "disetujui",
    "contested": "dipersoalkan",
    "an agency that is not named": "lembaga yang tidak disebut",
    "group": "kelompok",
    "kind": "jenis",
}
