"""Examples for webhooks: an integration's own, so that nobody has to put an id in."""

from app.schemas.examples.example import Example

INTEGRATION = "integration.polda-banten"
MADE = ("create_webhook.all",)
ALL, SOME = "https://siaga.polda-banten.example/hook", "https://siaga.polda-banten.example/threat-levels"
CREATED = {
    "all": Example(
        "All that the integration may read",
        INTEGRATION,
        {"url": ALL, "label": "Server sinkronisasi (fiktif)", "reason": "Agar segera diambil (fiktif)."},
    ),
    "threat_levels": Example(
        "Threat levels only",
        INTEGRATION,
        {
            "url": SOME, "types": ["threat_level"], "label": "Peta kerawanan (fiktif)",
            "reason": "Peta harus mutakhir (fiktif).",
        },
    ),
}  # fmt: skip
EXAMPLES = {
    "create_webhook": CREATED,
    "change_webhook": {
        "off": Example(
            "Switch it off for a while",
            INTEGRATION,
            {"active": False, "reason": "Server penerima dipindah (fiktif)."},
            MADE,
        ),
        "types": Example(
            "Other types of records",
            INTEGRATION,
            {"types": ["incident", "threat_level"], "reason": "Kejadian juga diperlukan (fiktif)."},
            MADE,
        ),
    },
    "change_webhook_secret": {
        "at_leisure": Example(
            "Both secrets count for a day",
            INTEGRATION,
            {"overlap_hours": 24, "reason": "Rotasi berkala (fiktif)."},
            MADE,
        ),
        "at_once": Example(
            "The one before counts no more",
            INTEGRATION,
            {"overlap_hours": 0, "reason": "Rahasia mungkin bocor (fiktif)."},
            MADE,
        ),
    },
    "request_webhook_test": {
        name: Example("With the reason", INTEGRATION, {"reason": reason}, MADE)
        for name, reason in (
            ("new", "Menguji penerima yang baru (fiktif)."),
            ("back", "Penerima telah pulih (fiktif)."),
        )
    },
    "request_webhook_replay": {
        "range": Example(
            "Several positions",
            INTEGRATION,
            {"first": 120, "last": 140, "reason": "Penerima kehilangan data (fiktif)."},
            MADE,
        ),
        "one": Example(
            "One position",
            INTEGRATION,
            {"first": 131, "last": 131, "reason": "Satu pesan tidak terbaca (fiktif)."},
            MADE,
        ),
    },
}
