"""The project's own two-level taxonomy of incidents, with Indonesian and English labels.

Codes are `<group prefix>_<kind>`; the group follows from the kind and is never stored apart.
"""

Label = tuple[str, str]  # Indonesian, English

INCIDENT_GROUPS: dict[str, Label] = {
    "terror": ("Teror", "Terror"),
    "mass": ("Massa", "Crowd"),
    "violence": ("Kekerasan", "Violence"),
    "property": ("Harta benda", "Property"),
    "election_offence": ("Pelanggaran pemilihan", "Election offence"),
    "logistics": ("Logistik", "Logistics"),
    "result_dispute": ("Sengketa hasil", "Dispute over results"),
    "info": ("Informasi", "Information"),
    "cyber": ("Siber", "Cyber"),
    "safety": ("Keselamatan", "Safety"),
    "other": ("Lainnya", "Other"),
}

KINDS_BY_GROUP: dict[str, dict[str, Label]] = {
    "terror": {
        "terror_armed_attack": ("Serangan bersenjata", "Armed attack"),
        "terror_assassination_attempt": ("Percobaan pembunuhan tokoh", "Assassination attempt"),
        "terror_bomb_threat": ("Ancaman bom", "Bomb threat"),
        "terror_cbrn": ("Bahan kimia, biologi, radiologi, nuklir", "CBRN agent"),
        "terror_explosion": ("Ledakan", "Explosion"),
        "terror_hostage": ("Penyanderaan", "Hostage taking"),
        "terror_propaganda": ("Propaganda teror", "Terrorist propaganda"),
        "terror_suspicious_object": ("Benda mencurigakan", "Suspicious object"),
        "terror_suspicious_person": ("Orang mencurigakan", "Suspicious person"),
    },
    "mass": {
        "mass_blockade": ("Pemblokiran jalan atau akses", "Blockade"),
        "mass_office_siege": ("Pengepungan kantor", "Siege of an office"),
        "mass_protest_disorderly": ("Unjuk rasa tidak tertib", "Disorderly protest"),
        "mass_protest_peaceful": ("Unjuk rasa damai", "Peaceful protest"),
        "mass_riot": ("Kerusuhan (anarkis)", "Riot"),
        "mass_supporter_clash": ("Bentrok antarpendukung", "Clash of supporters"),
    },
    "violence": {
        "viol_assault": ("Penganiayaan", "Assault"),
        "viol_homicide": ("Pembunuhan", "Homicide"),
        "viol_intimidation_journalist": ("Intimidasi jurnalis", "Intimidation of a journalist"),
        "viol_intimidation_official": ("Intimidasi penyelenggara", "Intimidation of an official"),
        "viol_intimidation_voter": ("Intimidasi pemilih", "Intimidation of a voter"),
        "viol_kidnapping": ("Penculikan", "Kidnapping"),
        "viol_sexual": ("Kekerasan seksual", "Sexual violence"),
    },
    "property": {
        "prop_apk_damage": ("Perusakan alat peraga kampanye", "Damage to campaign material"),
        "prop_arson": ("Pembakaran", "Arson"),
        "prop_damage": ("Perusakan", "Damage to property"),
        "prop_theft_logistics": ("Pencurian logistik pemilihan", "Theft of election logistics"),
    },
    "election_offence": {
        "eo_apk_violation": ("Pelanggaran alat peraga kampanye", "Campaign material violation"),
        "eo_asn_neutrality": ("Netralitas ASN", "Civil servant neutrality"),
        "eo_ballot_tampering": ("Perusakan atau pengubahan surat suara", "Ballot tampering"),
        "eo_black_campaign": ("Kampanye hitam", "Smear campaign"),
        "eo_campaign_in_quiet_period": ("Kampanye di masa tenang", "Campaigning in the quiet period"),
        "eo_double_voting": ("Memilih lebih dari sekali", "Double voting"),
        "eo_money_politics": ("Politik uang", "Vote buying"),
        "eo_organiser_neutrality": ("Netralitas penyelenggara", "Organiser neutrality"),
        "eo_result_manipulation": ("Manipulasi hasil", "Manipulation of results"),
        "eo_sara_politicisation": ("Politisasi SARA", "Politicising ethnicity or religion"),
        "eo_state_facility_abuse": ("Penyalahgunaan fasilitas negara", "Abuse of state facilities"),
        "eo_tni_polri_neutrality": ("Netralitas TNI/Polri", "Military and police neutrality"),
        "eo_underage_voting": ("Pemilih di bawah umur", "Underage voting"),
        "eo_village_head_neutrality": ("Netralitas kepala desa", "Village head neutrality"),
    },
    "logistics": {
        "log_damage": ("Logistik rusak", "Damaged supplies"),
        "log_delay": ("Logistik terlambat", "Late supplies"),
        "log_network_down": ("Jaringan terputus", "Network down"),
        "log_power_outage": ("Listrik padam", "Power outage"),
        "log_shortage": ("Logistik kurang", "Short supplies"),
        "log_swapped": ("Logistik tertukar", "Swapped supplies"),
    },
    "result_dispute": {
        "rd_count_rejected": ("Penolakan hasil penghitungan", "Count rejected"),
        "rd_recap_disrupted": ("Rekapitulasi terganggu", "Recapitulation disrupted"),
        "rd_revote_ordered": ("Pemungutan suara ulang diperintahkan", "Re-vote ordered"),
    },
    "info": {
        "info_hate_speech": ("Ujaran kebencian", "Hate speech"),
        "info_hoax": ("Hoaks", "Hoax"),
        "info_impersonation": ("Penyamaran lembaga atau pejabat", "Impersonation"),
        "info_incitement": ("Hasutan", "Incitement"),
    },
    "cyber": {
        "cyb_account_takeover": ("Pengambilalihan akun", "Account takeover"),
        "cyb_data_breach": ("Kebocoran data", "Data breach"),
        "cyb_ddos": ("Serangan DDoS", "DDoS attack"),
        "cyb_defacement": ("Pengubahan tampilan situs", "Defacement"),
    },
    "safety": {
        "safe_accident": ("Kecelakaan", "Accident"),
        "safe_disaster": ("Bencana", "Disaster"),
        "safe_official_death": ("Petugas meninggal", "Death of an official"),
        "safe_official_ill": ("Petugas sakit", "Illness of an official"),
        "safe_weather_access": ("Akses terganggu cuaca", "Access cut by weather"),
    },
    "other": {"other": ("Lainnya", "Other")},
}

INCIDENT_KINDS: dict[str, Label] = {
    code: label for kinds in KINDS_BY_GROUP.values() for code, label in kinds.items()
}
GROUP_OF_KIND: dict[str, str] = {code: group for group, kinds in KINDS_BY_GROUP.items() for code in kinds}
