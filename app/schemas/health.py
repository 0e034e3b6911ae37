"""What the probes answer."""

from app.schemas.fields import Outgoing


class Health(Outgoing):
    """The state of the service."""

    status: str
