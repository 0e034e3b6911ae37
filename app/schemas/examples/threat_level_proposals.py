"""Examples for proposals of threat levels: decided by another account, or taken back."""

from app.schemas.examples.example import Example

DECISIONS = {
    "approve": Example(
        "Approve: reports agree",
        "commander2.polda-banten",
        {"decision": "approve", "reason": "Sesuai dengan laporan tiga Polsek (fiktif)."},
    ),
    "decline_unconfirmed": Example(
        "Decline: the source is not confirmed",
        "commander2.polda-banten",
        {"decision": "decline", "reason": "Sumber tunggal dan belum dikonfirmasi (fiktif)."},
    ),
    "decline_too_high": Example(
        "Decline: a lower level is enough",
        "commander2.polda-banten",
        {"decision": "decline", "reason": "Tingkat 3 sudah memadai; usulkan ulang bila memburuk (fiktif)."},
    ),
}
WITHDRAWALS = {
    "slip": Example(
        "The level was a slip",
        "operator.polda-banten",
        {"reason": "Salah ketik tingkatan (fiktif)."},
    ),
    "new_reports": Example(
        "New reports say otherwise",
        "operator.polda-banten",
        {"reason": "Laporan terbaru menyebut massa sudah bubar (fiktif)."},
    ),
}
EXAMPLES = {
    "decide_threat_level_proposal": DECISIONS,
    "withdraw_threat_level_proposal": WITHDRAWALS,
}
