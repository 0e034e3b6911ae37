"""The lifecycle of a deployment, its roles and its commands, with Indonesian and English labels."""

from enum import StrEnum

from app.domain.incident_kinds import Label


class DeploymentStatus(StrEnum):
    """Where a deployment stands."""

    REQUESTED = "requested"
    COMMITTED = "committed"
    MOBILIZING = "mobilizing"
    EN_ROUTE = "en_route"
    ON_SCENE = "on_scene"
    ASSIGNED = "assigned"
    OUT_OF_SERVICE = "out_of_service"
    RELEASED = "released"
    DEMOBILIZED = "demobilized"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class DeploymentRole(StrEnum):
    """What the personnel are sent for."""

    BRIMOB_PHH = "brimob_phh"
    DALMAS = "dalmas"
    INTEL = "intel"
    JIBOM = "jibom"
    K9 = "k9"
    LANTAS = "lantas"
    MEDIS = "medis"
    NEGOSIATOR = "negosiator"
    PAM_OBJEK = "pam_objek"
    PAM_TPS = "pam_tps"
    PATROLI = "patroli"
    RAIMAS = "raimas"
    RESERVE = "reserve"
    WAL_LOGISTIK = "wal_logistik"


class CommandRelation(StrEnum):
    """Under whose command the personnel act while they are deployed."""

    ORGANIK = "organik"
    BKO = "bko"
    PERBANTUAN_TNI = "perbantuan_tni"
    KOORDINASI = "koordinasi"


S = DeploymentStatus
DEPLOYMENT_STEPS: dict[DeploymentStatus, frozenset[DeploymentStatus]] = {
    S.REQUESTED: frozenset({S.COMMITTED, S.DECLINED, S.CANCELLED}),
    S.COMMITTED: frozenset({S.MOBILIZING, S.CANCELLED}),
    S.MOBILIZING: frozenset({S.EN_ROUTE, S.OUT_OF_SERVICE, S.CANCELLED}),
    S.EN_ROUTE: frozenset({S.ON_SCENE, S.OUT_OF_SERVICE, S.RELEASED}),
    S.ON_SCENE: frozenset({S.ASSIGNED, S.OUT_OF_SERVICE, S.RELEASED}),
    S.ASSIGNED: frozenset({S.ON_SCENE, S.OUT_OF_SERVICE, S.RELEASED}),
    S.OUT_OF_SERVICE: frozenset({S.MOBILIZING, S.ON_SCENE, S.RELEASED}),
    S.RELEASED: frozenset({S.DEMOBILIZED}),
    S.DEMOBILIZED: frozenset(),
    S.DECLINED: frozenset(),
    S.CANCELLED: frozenset(),
}

# These hold the unit: whoever is in one of them cannot be promised to another deployment at that time.
# A request binds nobody yet; who is released may be tasked anew before being home.
HOLDING = (S.COMMITTED, S.MOBILIZING, S.EN_ROUTE, S.ON_SCENE, S.ASSIGNED, S.OUT_OF_SERVICE)

# Nobody can be present in these.
ABSENT = frozenset({S.REQUESTED, S.COMMITTED, S.DEMOBILIZED, S.DECLINED, S.CANCELLED})

DEPLOYMENT_STATUSES: dict[str, Label] = {
    S.REQUESTED: ("Diminta", "Requested"),
    S.COMMITTED: ("Disanggupi", "Committed"),
    S.MOBILIZING: ("Disiapkan", "Mobilizing"),
    S.EN_ROUTE: ("Dalam perjalanan", "En route"),
    S.ON_SCENE: ("Di lokasi", "On scene"),
    S.ASSIGNED: ("Bertugas", "Assigned"),
    S.OUT_OF_SERVICE: ("Tidak dapat bertugas", "Out of service"),
    S.RELEASED: ("Dilepas dari tugas", "Released"),
    S.DEMOBILIZED: ("Kembali ke kesatuan", "Demobilized"),
    S.DECLINED: ("Ditolak", "Declined"),
    S.CANCELLED: ("Dibatalkan", "Cancelled"),
}
DEPLOYMENT_ROLES: dict[str, Label] = {
    DeploymentRole.BRIMOB_PHH: ("Brimob penanggulangan huru-hara", "Mobile brigade riot control"),
    DeploymentRole.DALMAS: ("Pengendalian massa", "Crowd control"),
    DeploymentRole.INTEL: ("Intelijen", "Intelligence"),
    DeploymentRole.JIBOM: ("Penjinak bom", "Bomb disposal"),
    DeploymentRole.K9: ("Satwa K9", "Dog unit"),
    DeploymentRole.LANTAS: ("Lalu lintas", "Traffic"),
    DeploymentRole.MEDIS: ("Medis (Biddokkes)", "Medical"),
    DeploymentRole.NEGOSIATOR: ("Negosiator", "Negotiator"),
    DeploymentRole.PAM_OBJEK: ("Pengamanan objek", "Guard of an object"),
    DeploymentRole.PAM_TPS: ("Pengamanan TPS", "Guard of polling stations"),
    DeploymentRole.PATROLI: ("Patroli", "Patrol"),
    DeploymentRole.RAIMAS: ("Pengurai massa", "Crowd dispersal"),
    DeploymentRole.RESERVE: ("Cadangan (Power on Hand)", "Reserve"),
    DeploymentRole.WAL_LOGISTIK: ("Pengawalan logistik", "Escort of election supplies"),
}
COMMAND_RELATIONS: dict[str, Label] = {
    CommandRelation.ORGANIK: ("Organik", "Under its own command"),
    CommandRelation.BKO: ("Bawah kendali operasi (BKO)", "Under operational control of another unit"),
    CommandRelation.PERBANTUAN_TNI: ("Perbantuan TNI", "Military assistance"),
    CommandRelation.KOORDINASI: ("Koordinasi", "In coordination, no command passes"),
}
