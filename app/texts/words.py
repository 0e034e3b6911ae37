"""Words that a refusal puts into its text, by the name of the value; other values stand as one sends them."""

WORDS = {
    # Kinds of records
    "kind": {
        "assistance_answer": "jawaban permintaan bantuan",
        "assistance_request": "permintaan bantuan",
        "deployment": "penugasan",
        "breach": "kegagalan pelindungan data",
        "data_subject_request": "permintaan subjek data",
        "election": "pemilihan",
        "guard_pattern": "pola pengamanan",
        "incident": "kejadian",
        "patrol": "patroli",
        "patrol_plan": "rencana patroli",
        "readiness_order": "perintah kesiagaan",
        "posture_activation": "pelaksanaan rencana kesiapan",
        "posture_plan": "rencana kesiapan",
        "site": "lokasi",
        "threat_level": "pernyataan tingkat ancaman",
        "threat_level_proposal": "usulan tingkat ancaman",
        "unit_strength": "kekuatan satuan",
    },
    # How an agency stands to a record
    "stands": {
        "addressed": "yang dimintai",
        "assigned": "yang ditugasi",
        "audience": "penerima",
        "controlling": "pengendali",
        "lead": "pemimpin penanganan",
        "oversight": "pengawas",
        "owner": "pemilik",
    },
    # What may be done to it
    "act": {
        "answer": "menjawab permintaan",
        "assess": "menilai kerawanan",
        "assign": "menugasi lembaga",
        "attach": "melampirkan berkas",
        "check_in": "melaporkan posisi",
        "describe": "mengubah uraian",
        "field_step": "memindahkan status di lapangan",
        "hand_over": "serah terima",
        "handle": "mengubah penanganan",
        "link": "menautkan",
        "mark": "mengubah penandaan",
        "note": "menulis linimasa",
        "party": "mencatat orang yang terkait",
        "place": "mengubah tempat",
        "plan": "mengubah rencana",
        "presence": "melaporkan jumlah yang hadir",
        "refer": "merujuk pelanggaran",
        "require": "meminta konfirmasi",
        "step": "memindahkan status",
    },
    # Who commands the personnel of a deployment
    "commander": {
        "other_agency": "lembaga lain",
        "same_agency": "satuan lain atau staf di lembaga yang sama",
        "same_unit": "satuan itu sendiri",
    },
    # What the owner said of a broken glass
    "review": {"approved": "disetujui", "contested": "dipersoalkan"},
    # Where a code would stand, and there is none
    "overseer": {"an agency that is not named": "lembaga yang tidak disebut"},
    "possible": {"none, it has ended": "tidak ada, sudah berakhir"},
    # Codes that a member takes
    "what": {"group": "kelompok", "indicator": "indikator", "kind": "jenis"},
}
