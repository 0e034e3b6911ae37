"""What probes tell, in the text format that Prometheus reads (version 0.0.4)."""

from collections.abc import Iterable, Iterator
from typing import get_args

from app.domain.log import Refusal
from app.domain.relay import RelayState
from app.domain.witnesses import WitnessState
from app.schemas.health import IdentityProviderState, Readiness

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PROVIDER_STATES = get_args(IdentityProviderState.model_fields["state"].annotation)
ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


def written(readiness: Readiness) -> str:
    """Gauges: numbers as they are, and of each state that there can be whether it is the present one."""
    return "".join(f"{line}\n" for line in _lines(readiness))


def _lines(readiness: Readiness) -> Iterator[str]:
    log = readiness.ledger
    yield from _gauge("siaga_ledger_entries", "Entries of the ledger", {"": log.entries})
    yield from _gauge("siaga_ledger_signed", "Entries that the signed tree holds", {"": log.signed})
    yield from _gauge(
        "siaga_ledger_refused",
        "Whether nothing is signed, for each reason",
        {_labels(reason=each): int(log.reason == each) for each in Refusal},
    )
    providers = [({"name": each.name}, each.state) for each in readiness.identity_providers]
    yield from _states(
        "siaga_identity_provider",
        "The state of the keys of each agency's identity provider",
        providers,
        PROVIDER_STATES,
    )
    witnesses = [({"name": each.name}, each.state) for each in readiness.witnesses]
    yield from _states("siaga_witness", "The state of each witness of the ledger", witnesses, WitnessState)
    relays = [({"agency": each.agency}, each.state) for each in readiness.relays]
    yield from _states("siaga_relay", "The state of the relay to each agency", relays, RelayState)
    yield from _gauge(
        "siaga_relay_behind",
        "Entries of the ledger that the relay to each agency has not looked at yet",
        {_labels(agency=each.agency): each.behind for each in readiness.relays},
    )


def _states(
    name: str, meaning: str, of: Iterable[tuple[dict[str, str], str]], states: Iterable[str]
) -> Iterator[str]:
    """For each of these, whether each state that there can be is its present one."""
    all_states = tuple(states)
    values = {
        _labels(**labels, state=state): int(present == state)
        for labels, present in of
        for state in all_states
    }
    yield from _gauge(name, meaning, values)


def _gauge(name: str, meaning: str, values: dict[str, int]) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} gauge"
    yield from (f"{name}{labels} {value}" for labels, value in values.items())


def _labels(**labels: str) -> str:
    return "{" + ",".join(f'{name}="{value.translate(ESCAPED)}"' for name, value in labels.items()) + "}"
