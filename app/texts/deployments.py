"""Deployments."""

LINES = {
    "Deployments": "Penugasan",
    "Send personnel, follow them, and see the strength of a place": (
        "Tugaskan personel, ikuti pergerakannya, dan lihat kekuatan di suatu wilayah"
    ),
}
