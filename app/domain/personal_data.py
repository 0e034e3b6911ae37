"""Personal data: which fields can hold it, on what ground it is erased, and how it is told.

Articles are those of UU 27/2022 on personal data protection (UU PDP).
"""

from enum import StrEnum

from app.domain.incident_kinds import Label


class Way(StrEnum):
    """What takes the place of an erased value in the current row."""

    BLANK = "blank"  # nothing
    REWRITE = "rewrite"  # a new text without the personal data


class ErasureKind(StrEnum):
    """Why values went; also the last word of the entry's action."""

    DESTROYED = "destroyed"  # the whole content, at the end of its retention
    ERASED = "erased"  # on a legal ground, by an agency's data protection officer
    PURGED = "purged"  # the persons of a record, at the end of their retention


class LegalBasis(StrEnum):
    """The ground for erasing, articles 43 and 44."""

    CONSENT_WITHDRAWN = "consent_withdrawn"
    PURPOSE_MET = "purpose_met"
    RETENTION_ENDED = "retention_ended"
    SUBJECT_REQUEST = "subject_request"
    UNLAWFUL_PROCESSING = "unlawful_processing"


ERASURE_KINDS: dict[str, Label] = {
    ErasureKind.DESTROYED: ("Isi dimusnahkan", "Content destroyed"),
    ErasureKind.ERASED: ("Data pribadi dihapus", "Personal data erased"),
    ErasureKind.PURGED: ("Data orang dimusnahkan", "Persons purged"),
}
LEGAL_BASES: dict[str, Label] = {
    LegalBasis.CONSENT_WITHDRAWN: (
        "Persetujuan ditarik kembali (Pasal 43 ayat (1) huruf b)",
        "Consent was withdrawn (article 43(1)b)",
    ),
    LegalBasis.PURPOSE_MET: (
        "Tidak lagi diperlukan (Pasal 43 ayat (1) huruf a)",
        "No longer needed (article 43(1)a)",
    ),
    LegalBasis.RETENTION_ENDED: (
        "Masa retensi berakhir (Pasal 44 ayat (1) huruf a)",
        "Retention has ended (article 44(1)a)",
    ),
    LegalBasis.SUBJECT_REQUEST: (
        "Permintaan subjek data (Pasal 43 ayat (1) huruf c)",
        "The data subject asks for it (article 43(1)c)",
    ),
    LegalBasis.UNLAWFUL_PROCESSING: (
        "Diperoleh atau diproses melawan hukum (Pasal 43 ayat (1) huruf d)",
        "Obtained or processed unlawfully (article 43(1)d)",
    ),
}

REASON = "#reason"  # why an entry was made: free text too, kept in the ledger only
# Every field that can hold personal data, by kind of subject. What is no text of a person's is not here.
SUBJECT_TYPES: dict[str, Label] = {
    "acknowledgement": ("Konfirmasi", "Acknowledgement"),
    "acknowledgement_request": ("Permintaan konfirmasi", "Request for acknowledgement"),
    "assistance_answer": ("Jawaban permintaan bantuan", "Answer to a request for assistance"),
    "assistance_request": ("Permintaan bantuan", "Request for assistance"),
    "breach": ("Kegagalan pelindungan data", "Breach of personal data"),
    "data_subject_request": ("Permintaan subjek data", "Request of a data subject"),
    "deployment": ("Penugasan personel", "Deployment"),
    "deployment_check_in": ("Lapor posisi penugasan", "Check-in of a deployment"),
    "election": ("Pemilihan", "Election"),
    "guard_pattern": ("Pola pengamanan", "Guard pattern"),
    "incident": ("Kejadian", "Incident"),
    "incident_attachment": ("Lampiran kejadian", "Attachment of an incident"),
    "incident_custody": ("Penguasaan barang bukti", "Custody of evidence"),
    "incident_note": ("Catatan kejadian", "Note on an incident"),
    "incident_party": ("Orang dalam kejadian", "Person of an incident"),
    "patrol": ("Patroli", "Patrol"),
    "patrol_plan": ("Rencana patroli", "Plan of patrols"),
    "patrol_plan_stop": ("Titik dalam rencana patroli", "Stop in a plan of patrols"),
    "patrol_stop": ("Titik singgah patroli", "Stop of a patrol"),
    "referral": ("Rujukan pelanggaran", "Referral of a violation"),
    "readiness_order": ("Perintah kesiagaan", "Readiness order"),
    "posture_activation": ("Pelaksanaan rencana kesiapan", "Activation of a posture plan"),
    "posture_plan": ("Rencana kesiapan", "Posture plan"),
    "site": ("Lokasi", "Site"),
    "site_assessment": ("Penilaian kerawanan lokasi", "Assessment of a site"),
    "threat_level": ("Tingkat ancaman", "Threat level"),
    "threat_level_proposal": ("Usulan tingkat ancaman", "Proposed threat level"),
    "unit_strength": ("Kekuatan satuan", "Strength of a unit"),
}
ERASABLE: dict[str, dict[str, Way]] = {
    "acknowledgement": {"note": Way.BLANK},
    "acknowledgement_request": {"note": Way.BLANK},
    "assistance_answer": {"outcome_reason": Way.BLANK, "reason": Way.BLANK},
    "assistance_request": {
        "basis_note": Way.BLANK,
        "latitude": Way.BLANK,
        "longitude": Way.BLANK,
        "note": Way.BLANK,
        "site": Way.BLANK,
    },
    "breach": dict.fromkeys(("title", "data_exposed", "circumstances", "handling"), Way.REWRITE),
    "data_subject_request": {
        "answer": Way.BLANK,
        "contact": Way.BLANK,
        "subject_name": Way.BLANK,
        "wish": Way.BLANK,
    },
    "deployment": {"latitude": Way.BLANK, "longitude": Way.BLANK, "site": Way.BLANK},
    "deployment_check_in": {"latitude": Way.BLANK, "longitude": Way.BLANK},
    "election": {"decision": Way.BLANK, "name": Way.REWRITE, "source": Way.REWRITE},
    "guard_pattern": {"source": Way.REWRITE},
    "incident": {
        "description": Way.REWRITE,
        "latitude": Way.BLANK,
        "longitude": Way.BLANK,
        "site": Way.BLANK,
        "title": Way.REWRITE,
    },
    "incident_attachment": {"file_name": Way.BLANK, "note": Way.BLANK, "sha256": Way.BLANK},
    "incident_custody": {"place": Way.BLANK, "purpose": Way.BLANK},
    "incident_note": {"text": Way.REWRITE},
    "incident_party": {
        "contact": Way.BLANK,
        "name": Way.BLANK,
        "national_id_hash": Way.BLANK,
        "national_id_last4": Way.BLANK,
        "remark": Way.BLANK,
    },
    "patrol": {"name": Way.REWRITE},
    "patrol_plan": {"name": Way.REWRITE},
    "patrol_plan_stop": {"latitude": Way.BLANK, "longitude": Way.BLANK, "name": Way.BLANK},
    "patrol_stop": {
        "latitude": Way.BLANK,
        "longitude": Way.BLANK,
        "name": Way.BLANK,
        "remark": Way.BLANK,
        "visit_latitude": Way.BLANK,
        "visit_longitude": Way.BLANK,
    },
    "referral": {"summary": Way.REWRITE},
    "readiness_order": {"basis": Way.REWRITE, "issued_by_post": Way.BLANK},
    "posture_activation": {"drafts": Way.BLANK, "plan_name": Way.BLANK},
    "posture_plan": {"measures": Way.BLANK, "name": Way.REWRITE},
    "site": {"latitude": Way.BLANK, "longitude": Way.BLANK, "name": Way.REWRITE, "note": Way.BLANK},
    "site_assessment": {"rationale": Way.REWRITE},
    "threat_level": {"rationale": Way.REWRITE},
    "threat_level_proposal": {"rationale": Way.REWRITE},
    "unit_strength": {"source": Way.REWRITE},
}
# What a copy for the person has: a keyed hash tells nobody anything; as what one is recorded does.
COPIED: dict[str, tuple[str, ...]] = {
    "data_subject_request": tuple(ERASABLE["data_subject_request"]),
    "incident_party": ("role", *(name for name in ERASABLE["incident_party"] if name != "national_id_hash")),
}
# The bytes of a file cannot be taken apart: with one of these go all, and the bytes.
WHOLE = frozenset({"incident_attachment"})
# One of these tells most of the other.
TOGETHER = (
    frozenset({"latitude", "longitude"}),
    frozenset({"national_id_hash", "national_id_last4"}),
    frozenset({"visit_latitude", "visit_longitude"}),
)
# The column in which a part names its record.
PART_OF: dict[str, str] = {
    "acknowledgement": "record_id",
    "acknowledgement_request": "record_id",
    "deployment_check_in": "deployment_id",
    "incident_attachment": "incident_id",
    "incident_custody": "incident_id",
    "incident_note": "incident_id",
    "incident_party": "incident_id",
    "patrol_plan_stop": "plan_id",
    "patrol_stop": "patrol_id",
    "referral": "incident_id",
    "site_assessment": "site_id",
}
ONE_LINE = frozenset({"name", "source", "title"})
LONGEST_LINE = 200
# Stands in the current row where nobody is there to write another text.
PLACEHOLDER = "[dihapus / erased]"
RETENTION_RULE = "Masa retensi berakhir / the retention has ended."
REAPPLIED_RULE = "Penghapusan diterapkan kembali setelah pemulihan / erased again after a restore."


def fields_to_erase(subject_type: str, wanted: list[str] | None) -> list[str]:
    """The fields meant; all that can be erased where none is named, or where they only go together."""
    known = ERASABLE[subject_type]
    if not wanted or (subject_type in WHOLE and set(wanted) - {REASON}):
        return sorted({*known, *(wanted or ())})
    asked = set(wanted)
    return sorted(asked.union(*(pair for pair in TOGETHER if pair & asked)))
