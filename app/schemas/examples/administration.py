"""Examples for administration: accounts, integrations, agencies, passwords."""

from app.schemas.examples.example import Example

ADMIN, SECOND, HOST = "admin.polda-banten", "admin2.polda-banten", "admin.siaga"
REASON = "Sesuai surat tugas (fiktif)."


def whys(account: str, *reasons: str) -> dict[str, Example]:
    """Examples that differ in their reason only."""
    return {
        f"reason_{number}": Example(WITH_REASON, account, {"reason": reason})
        for number, reason in enumerate(reasons, 1)
    }


WITH_REASON = "With the reason"
SEVERAL_WORDS = "Several words"
ACCOUNTS = {
    "operator": Example(
        "An operator of a Polres, who reports only there",
        ADMIN,
        {
            "post": "operator21", "roles": ["operator"], "clearance": "terbatas", "unit": "polres-serang",
            "area": ["36.04"], "reason": "Petugas piket Polres Serang (fiktif).",
        },
    ),
    "auditor": Example(
        "An auditor until the end of the count",
        ADMIN,
        {
            "post": "auditor21", "roles": ["auditor"], "clearance": "rahasia",
            "expires_at": "2099-12-31T23:59:00+07:00", "reason": "Pemeriksa hingga akhir (fiktif).",
        },
    ),
}  # fmt: skip
CHANGES = {
    "clearance": Example("A higher clearance", ADMIN, {"clearance": "rahasia", "reason": REASON}),
    "networks": Example(
        "Only from the agency's own network",
        ADMIN,
        {"allowed_networks": ["10.20.0.0/16", "2001:db8:20::/48"], "reason": REASON},
    ),
}
INTEGRATIONS = {
    "threat_sync": Example(
        "A script that keeps threat levels in step",
        ADMIN,
        {
            "post": "integration21", "scopes": ["threat-levels:read", "threat-levels:write"],
            "allowed_networks": ["10.20.30.0/24"], "reason": "Sinkronisasi tingkat ancaman (fiktif).",
        },
    ),
    "exercise": Example(
        "A system for an exercise",
        ADMIN,
        {
            "post": "integration22", "scopes": ["incidents:read", "incidents:write"], "exercise": "latihan-1",
            "expires_at": "2099-12-31T23:59:00+07:00", "reason": "Geladi pengamanan (fiktif).",
        },
    ),
}  # fmt: skip
INTEGRATION_CHANGES = {
    "fewer": Example("Only to read", ADMIN, {"scopes": ["incidents:read"], "reason": REASON}),
    "area": Example("Only for one regency", ADMIN, {"area": ["36.04"], "reason": REASON}),
}
CREDENTIALS = {
    "secret": Example(
        "A secret", ADMIN, {"kind": "secret", "label": "Server utama (fiktif)", "reason": REASON}
    ),
    "next_secret": Example(
        "The next secret, with a day to change over",
        ADMIN,
        {"kind": "secret", "label": "Server baru (fiktif)", "overlap_days": 1, "reason": REASON},
    ),
}
IDENTITIES = {
    "keycloak": Example(
        "A user of a realm of Keycloak",
        ADMIN,
        {
            "issuer": "https://sso.polda-banten.example/realms/polda",
            "subject": "8c0d6f0e-5a3b-4c41-9d9e-0d4f6a1b2c3d", "reason": REASON,
        },
    ),
    "entra": Example(
        "A user of Entra ID",
        ADMIN,
        {
            "issuer": "https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0",
            "subject": "0f3c7a52-1d2e-4b6f-8a90-b1c2d3e4f506", "reason": REASON,
        },
    ),
}  # fmt: skip
JOINS = {
    "local_government": Example(
        "A local government",
        HOST,
        {
            "code": "pemkab-contoh", "name": "Pemerintah Kabupaten Contoh (fiktif)",
            "name_en": "Regency Government of Contoh (fictional)", "kind": "local_government",
            "sharing_agreement": "PKS 14/2024 (fiktif)", "sharing_agreement_on": "2024-09-02",
            "reason": "Kesepakatan telah ditandatangani (fiktif).",
        },
    ),
    "military": Example(
        "A military command",
        HOST,
        {
            "code": "korem-contoh", "name": "Komando Resor Militer Contoh (fiktif)",
            "name_en": "Military Resort Command of Contoh (fictional)", "kind": "military",
            "parent": "kodam-jaya", "sharing_agreement": "PKS 15/2024 (fiktif)",
            "sharing_agreement_on": "2024-09-09", "reason": "Kesepakatan telah ditandatangani (fiktif).",
        },
    ),
}  # fmt: skip
RETURNS = {
    f"agreement_{number}": Example(
        "A new agreement",
        HOST,
        {
            "sharing_agreement": f"PKS {number}/2025 (fiktif)", "sharing_agreement_on": "2025-01-10",
            "reason": "Kesepakatan diperbarui (fiktif).",
        },
    )
    for number in (1, 2)
}  # fmt: skip
DECISIONS = {
    decision: Example(
        "The word of a second administrator",
        SECOND,
        {"decision": decision, "reason": "Sudah bertemu langsung dengan petugas (fiktif)."},
    )
    for decision in ("approve", "decline")
}
EXAMPLES = {
    "create_account": ACCOUNTS,
    "change_account": CHANGES,
    "suspend_account": whys(ADMIN, "Ponsel dinas hilang (fiktif).", "Pindah tugas (fiktif)."),
    "reactivate_account": whys(ADMIN, "Ponsel ditemukan (fiktif).", "Kembali bertugas (fiktif)."),
    "create_integration": INTEGRATIONS,
    "change_integration": INTEGRATION_CHANGES,
    "suspend_integration": whys(ADMIN, "Server disita (fiktif).", "Uji pemulihan (fiktif)."),
    "reactivate_integration": whys(ADMIN, "Server kembali (fiktif).", "Uji selesai (fiktif)."),
    "add_credential": CREDENTIALS,
    "revoke_credential": whys(ADMIN, "Rahasia bocor (fiktif).", "Server dibongkar (fiktif)."),
    "add_identity": IDENTITIES,
    "revoke_identity": whys(ADMIN, "Pindah tugas (fiktif).", "Akun SSO dibekukan (fiktif)."),
    "join_agency": JOINS,
    "leave_agency": whys(HOST, "Kesepakatan berakhir (fiktif).", "Atas permintaan lembaga (fiktif)."),
    "return_agency": RETURNS,
    "appoint_administrator": {
        f"post_{number}": Example(
            "An administrator whom the agency has named",
            HOST,
            {"post": f"admin2{number}", "reason": f"Ditunjuk lembaga dengan surat {number}/2024 (fiktif)."},
        )
        for number in (1, 2)
    },
    "request_account_reset": whys(ADMIN, "Kata sandi lupa (fiktif).", "Ponsel hilang (fiktif)."),
    "decide_account_reset": DECISIONS,
    "confirm_account": {
        decision: Example(
            "The word of an officer",
            "commander.polda-banten",
            {"decision": decision, "statement": "Surat tugas 12/ST/2024 dari pimpinan (fiktif)."},
        )
        for decision in ("approve", "decline")
    },
    "confirm_red_membership": whys(
        "operator.polda-banten", "Bertemu langsung di posko (fiktif).", "Suaranya saya kenal (fiktif)."
    ),
    "change_password": {
        f"words_{number}": Example(
            SEVERAL_WORDS,
            "operator.polda-banten",
            {"current": "kuda hijau menyeberang jembatan", "password": words},
        )
        for number, words in enumerate(("tujuh perahu pulang subuh", "angin reda di atas ladang"), 1)
    },
    "refuse_reset": whys(
        "operator.polda-banten", "Saya tidak memintanya (fiktif).", "Saya masih ingat (fiktif)."
    ),
    "enrol_account": {
        f"words_{number}": Example(
            SEVERAL_WORDS,
            "operator2.kpu-banten",
            {"account": "operator2.kpu-banten", "code": "dGhlIGNvZGUgb2YgYW4gZXhhbXBsZQ", "password": words},
        )
        for number, words in enumerate(("kuda hijau lewat jembatan", "hujan turun di kebun teh"), 1)
    },
}
