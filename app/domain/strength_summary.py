"""By what the strength in the field can be summed up, and how finely regions are told apart."""

from enum import StrEnum

from app.domain.incident_kinds import Label


class StrengthBy(StrEnum):
    """What the sums can be grouped by."""

    REGION = "region"
    AGENCY = "agency"
    CONTROLLING_AGENCY = "controlling_agency"
    ROLE = "role"
    STATUS = "status"


class RegionLevel(StrEnum):
    """The levels of Kemendagri codes."""

    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


CODE_LENGTHS = {
    RegionLevel.PROVINCE: len("36"),
    RegionLevel.REGENCY: len("36.04"),
    RegionLevel.DISTRICT: len("36.04.05"),
    RegionLevel.VILLAGE: len("36.04.05.2001"),
}

STRENGTH_BY: dict[str, Label] = {
    StrengthBy.REGION: ("Wilayah", "Region"),
    StrengthBy.AGENCY: ("Lembaga asal", "Home agency"),
    StrengthBy.CONTROLLING_AGENCY: ("Lembaga pengendali", "Commanding agency"),
    StrengthBy.ROLE: ("Tugas", "Role"),
    StrengthBy.STATUS: ("Status", "Status"),
}
REGION_LEVELS: dict[str, Label] = {
    RegionLevel.PROVINCE: ("Provinsi", "Province"),
    RegionLevel.REGENCY: ("Kabupaten atau kota", "Regency or city"),
    RegionLevel.DISTRICT: ("Kecamatan", "District"),
    RegionLevel.VILLAGE: ("Desa atau kelurahan", "Village"),
}
