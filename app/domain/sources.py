"""Where a report came from, and how far its source and its content are to be trusted."""

from enum import StrEnum

from app.domain.incident_kinds import Label


class SourceChannel(StrEnum):
    """The way by which word of it came."""

    AGENCY = "agency"
    CCTV = "cctv"
    OTHER = "other"
    PATROL = "patrol"
    PHONE_110 = "phone_110"
    PRESS = "press"
    SIGAP_LAPOR = "sigap_lapor"
    SOCIAL_MEDIA = "social_media"
    SP4N_LAPOR = "sp4n_lapor"
    WA_BAWASLU = "wa_bawaslu"
    WALK_IN_POSKO = "walk_in_posko"


class Reliability(StrEnum):
    """Reliability of the source, first half of the Admiralty grading."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"
    E = "e"
    F = "f"


class Credibility(StrEnum):
    """Credibility of the information, second half of the Admiralty grading."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"


SOURCE_CHANNELS: dict[str, Label] = {
    SourceChannel.AGENCY: ("Lembaga lain", "Another agency"),
    SourceChannel.CCTV: ("Kamera pengawas", "Surveillance camera"),
    SourceChannel.OTHER: ("Lainnya", "Other"),
    SourceChannel.PATROL: ("Patroli", "Patrol"),
    SourceChannel.PHONE_110: ("Telepon 110", "Hotline 110"),
    SourceChannel.PRESS: ("Pers", "Press"),
    SourceChannel.SIGAP_LAPOR: ("SigapLapor Bawaslu", "Bawaslu's SigapLapor"),
    SourceChannel.SOCIAL_MEDIA: ("Media sosial", "Social media"),
    SourceChannel.SP4N_LAPOR: ("SP4N-LAPOR!", "SP4N-LAPOR!"),
    SourceChannel.WA_BAWASLU: ("WhatsApp Bawaslu", "Bawaslu's WhatsApp"),
    SourceChannel.WALK_IN_POSKO: ("Datang ke posko", "Walk-in at a post"),
}
CREDIBILITIES: dict[str, Label] = {
    Credibility.CONFIRMED: ("Terkonfirmasi", "Confirmed"),
    Credibility.PROBABLY_TRUE: ("Kemungkinan besar benar", "Probably true"),
    Credibility.POSSIBLY_TRUE: ("Mungkin benar", "Possibly true"),
    Credibility.DOUBTFUL: ("Meragukan", "Doubtful"),
    Credibility.IMPROBABLE: ("Kecil kemungkinannya", "Improbable"),
    Credibility.CANNOT_BE_JUDGED: ("Tidak dapat dinilai", "Cannot be judged"),
}
RELIABILITIES: dict[str, Label] = {
    Reliability.A: ("Sangat dapat dipercaya", "Completely reliable"),
    Reliability.B: ("Biasanya dapat dipercaya", "Usually reliable"),
    Reliability.C: ("Cukup dapat dipercaya", "Fairly reliable"),
    Reliability.D: ("Biasanya kurang dapat dipercaya", "Not usually reliable"),
    Reliability.E: ("Tidak dapat dipercaya", "Unreliable"),
    Reliability.F: ("Tidak dapat dinilai", "Cannot be judged"),
}
