"""What is told of the day before anything is asked: the figures of the data files, with source and day."""

from demo.figures import Figures, shown
from demo.stage import NAMES, PROMPTER, PROVINCE, Stage

KINDS = ("police", "military", "local_government")
RISKS = {
    "very_risky_august": "sangat rawan/very risky",
    "very_risky_november": "sangat rawan/very risky",
    "risky_november": "rawan/risky",
}


def told(stage: Stage, figures: Figures) -> None:
    """Voters, polling stations, their risk and the personnel, as the input has them."""
    stage.title("Masukan: angka resmi dan berita · The input: figures told of the day")
    names = {each["code"]: each["name"] for each in stage[PROMPTER].every("/api/v1/regions", parent=PROVINCE)}
    for figure in ("voters", "tps"):
        parts = sum(figures[code, figure] for code in names)
        stage.expect(f"The sum of {figure}", parts, figures[PROVINCE, figure])
    for code, name in names.items():
        print(line(figures, f"{code} {name}", code))
    print(line(figures, f"{PROVINCE} jumlah/sum", PROVINCE))
    for code in ("polda-banten", "polda-metro-jaya"):
        people = " + ".join(
            f"{shown(figures[code, kind])} {stage.labels['agency_kind', kind]}" for kind in KINDS
        )
        stage.tell(stage[code], f"{shown(figures[code, 'tps'])} TPS; {people}")
        whole = figures.told[code, "local_government"]
        stage.tell(stage[code], f"  {whole.origin} ({whole.note})")
    whole = figures.told["polda-banten", "personnel"]
    parts = sum(figures["polda-banten", kind] for kind in KINDS)
    stage.expect("The personnel of polda-banten", parts, whole.value)
    stage.tell(stage["polda-banten"], f"personel: {whole}")
    for figure, label in RISKS.items():
        stage.tell(stage["polda-banten"], f"TPS {label}: {figures.told['polda-banten', figure]}")


def line(figures: Figures, title: str, code: str) -> str:
    """One region of the table."""
    voters, stations = figures.told[code, "voters"], figures.told[code, "tps"]
    told_of = f"{shown(voters.value):>10} pemilih/voters {shown(stations.value):>7} TPS"
    return f"  {title:<{NAMES}} {told_of}  {stations.origin}"
