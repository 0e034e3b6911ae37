"""What waits for an account."""

LINES = {
    "Inbox": "Kotak masuk",
    "What waits for you: approvals, assignments, hand-overs": (
        "Apa yang menunggu Anda: persetujuan, penugasan, serah terima"
    ),
}
