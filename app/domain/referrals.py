"""Referrals of violations of election law: their kinds, who is competent, whom a clock binds, how they go."""

from enum import StrEnum

from app.domain.incident_kinds import Label


class ViolationKind(StrEnum):
    """What a violation is, as Bawaslu sorts reports; disputes beside them."""

    ADMINISTRATIVE = "administrative"
    ADMINISTRATIVE_TSM = "administrative_tsm"  # structured, systematic, massive
    CODE_OF_ETHICS = "code_of_ethics"
    DISPUTE = "dispute"
    ELECTION_CRIME = "election_crime"
    OTHER_LAW = "other_law"


class Authority(StrEnum):
    """Who is competent for a kind of violation."""

    BAWASLU = "bawaslu"
    BY_OTHER_LAW = "by_other_law"
    DKPP = "dkpp"
    KPU = "kpu"
    SENTRA_GAKKUMDU = "sentra_gakkumdu"


class MustAct(StrEnum):
    """Whom a clock binds."""

    BAWASLU = "bawaslu"
    COURT = "court"
    COURT_OF_APPEAL = "court_of_appeal"
    POLICE = "police"
    PROSECUTOR = "prosecutor"


class ReferralStatus(StrEnum):
    """Where a referral stands; each step ends the clock of the one before."""

    STUDY = "study"
    STUDY_EXTENDED = "study_extended"
    FORWARDING = "forwarding"
    INVESTIGATION = "investigation"
    PROSECUTION = "prosecution"
    TRIAL = "trial"
    APPEAL = "appeal"
    WITH_AUTHORITY = "with_authority"
    ENDED = "ended"


V, A, S = ViolationKind, Authority, ReferralStatus

VIOLATION_KINDS: dict[str, Label] = {
    V.ADMINISTRATIVE: ("Pelanggaran administrasi", "Administrative violation"),
    V.ADMINISTRATIVE_TSM: (
        "Pelanggaran administrasi terstruktur, sistematis, dan masif",
        "Administrative violation, structured, systematic and massive",
    ),
    V.CODE_OF_ETHICS: ("Pelanggaran kode etik", "Violation of the code of ethics"),
    V.DISPUTE: ("Sengketa pemilihan", "Election dispute"),
    V.ELECTION_CRIME: ("Tindak pidana pemilihan", "Election crime"),
    V.OTHER_LAW: ("Pelanggaran hukum lainnya", "Violation of another law"),
}
AUTHORITIES: dict[str, Label] = {
    A.BAWASLU: ("Bawaslu", "Bawaslu, the election supervisor"),
    A.BY_OTHER_LAW: ("Instansi menurut undang-undang lain", "The body that another law names"),
    A.DKPP: ("DKPP", "DKPP, the council of election ethics"),
    A.KPU: ("KPU", "KPU, the election commission"),
    A.SENTRA_GAKKUMDU: ("Sentra Gakkumdu", "Sentra Gakkumdu, of Bawaslu, police and prosecutors"),
}
MUST_ACT: dict[str, Label] = {
    MustAct.BAWASLU: ("Bawaslu", "Bawaslu, the election supervisor"),
    MustAct.COURT: ("Pengadilan negeri", "District court"),
    MustAct.COURT_OF_APPEAL: ("Pengadilan tinggi", "High court"),
    MustAct.POLICE: ("Penyidik Polri", "Police investigators"),
    MustAct.PROSECUTOR: ("Penuntut umum", "Public prosecutor"),
}
REFERRAL_STATUSES: dict[str, Label] = {
    S.STUDY: ("Kajian awal", "Preliminary study"),
    S.STUDY_EXTENDED: ("Kajian diperpanjang", "Study extended"),
    S.FORWARDING: ("Penerusan ke penyidik", "To be forwarded to the investigators"),
    S.INVESTIGATION: ("Penyidikan", "Investigation"),
    S.PROSECUTION: ("Penuntutan", "Prosecution"),
    S.TRIAL: ("Sidang pengadilan negeri", "Trial"),
    S.APPEAL: ("Banding", "Appeal"),
    S.WITH_AUTHORITY: ("Di lembaga berwenang", "With the competent authority"),
    S.ENDED: ("Selesai", "Ended"),
}
