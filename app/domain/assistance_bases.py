"""On what ground agencies lend each other personnel: the instruments, and what each of them says.

What they say is told in our own words, from press and public copies, not quoted; where no article was seen,
none is named. They are data: the agencies' lawyers amend a line, not code.
"""

from enum import StrEnum

from app.domain.incident_kinds import Label


class AssistanceBasis(StrEnum):
    """The instrument that a request rests on."""

    CROWD_CONTROL_RULE = "crowd_control_rule"
    ELECTION_DESK = "election_desk"
    LINMAS_APPOINTMENT = "linmas_appointment"
    OPERATIONS_RULE = "operations_rule"
    ORDER = "order"
    OTHER = "other"
    SOCIAL_CONFLICT_LAW = "social_conflict_law"
    TNI_POLRI_AGREEMENT = "tni_polri_agreement"
    TNI_POLRI_REGULATION = "tni_polri_regulation"


# Such a ground says too little by itself: the request must say which one is meant.
TO_BE_NAMED = frozenset({AssistanceBasis.ORDER, AssistanceBasis.OTHER})

ASSISTANCE_BASES: dict[str, Label] = {
    AssistanceBasis.CROWD_CONTROL_RULE: (
        (
            "Perkap 16/2006 (pengendalian massa): kekuatan digelar menurut situasi massa: hijau tertib, "
            "kuning tidak tertib, merah melanggar hukum"
        ),
        (
            "Perkap 16/2006 (crowd control): forces act by the state of the crowd, which is green orderly, "
            "yellow disorderly, red unlawful"
        ),
    ),
    AssistanceBasis.ELECTION_DESK: (
        (
            "Permendagri 9/2005 dan 61/2011 (Desk Pilkada): pemerintah daerah, kepolisian, dan kejaksaan "
            "memantau dan menginventarisasi masalah bersama"
        ),
        (
            "Permendagri 9/2005 and 61/2011 (election desk): local government, police and prosecutors "
            "monitor and take stock of problems together"
        ),
    ),
    AssistanceBasis.LINMAS_APPOINTMENT: (
        "Pengangkatan Linmas oleh pemerintah daerah (Kemendagri): dua orang tiap TPS",
        "Appointment of Linmas by local government (Ministry of Home Affairs): two for each polling station",
    ),
    AssistanceBasis.OPERATIONS_RULE: (
        (
            "Perkap 1/2019 jo. 8/2021 (operasi kepolisian): operasi terpusat atau kewilayahan mandiri, "
            "dengan penugasan BKO di dalamnya"
        ),
        (
            "Perkap 1/2019 as amended by 8/2021 (police operations): central or regional operations, within "
            "which units are put under operational control"
        ),
    ),
    AssistanceBasis.ORDER: (
        "Surat telegram atau surat perintah; sebutkan nomornya",
        "Telegram or written order; name its number",
    ),
    AssistanceBasis.OTHER: ("Dasar lain; sebutkan", "Another ground; name it"),
    AssistanceBasis.SOCIAL_CONFLICT_LAW: (
        (
            "UU 7/2012 (penanganan konflik sosial): bila Polri tidak dapat mengendalikan dan fungsi "
            "pemerintahan terganggu, status keadaan konflik ditetapkan kepala daerah atau Presiden, paling "
            "lama 90 hari; TNI membantu atas permintaan"
        ),
        (
            "UU 7/2012 (social conflict): where the police cannot control it and government fails, the head "
            "of the region or the President declares a state of conflict, for at most 90 days; the military "
            "assists on request"
        ),
    ),
    AssistanceBasis.TNI_POLRI_AGREEMENT: (
        (
            "Pedoman Kerja B/81/XII/2018 dan Kerma/54/XII/2018: perbantuan TNI kepada Polri berstatus BKO; "
            "kendali operasi beralih kepada penerima, administrasi tetap di kesatuan asal"
        ),
        (
            "Working guideline B/81/XII/2018 and Kerma/54/XII/2018: military assistance to the police as "
            "BKO; operational control passes to the receiver, administration stays with the home unit"
        ),
    ),
    AssistanceBasis.TNI_POLRI_REGULATION: (
        "Perpang 71/VIII/2011: bantuan TNI kepada Polri dalam rangka keamanan dan ketertiban masyarakat",
        "Perpang 71/VIII/2011: assistance of the military to the police for public order",
    ),
}
