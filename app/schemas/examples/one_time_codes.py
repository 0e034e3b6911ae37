"""Examples of enrolling an authenticator."""

from app.schemas.examples.example import ANY_ID, Example

OPERATOR = "operator.polda-banten"
NEEDS = ("First put in the offer you got, a code the authenticator shows for it, and your password.",)
CONFIRMED = {"offer": ANY_ID, "otp": "123456", "password": "kata-sandi-anda"}

OFFERS = {
    "duty_phone": Example("For the phone of the watch", OPERATOR, {"label": "Ponsel piket"}),
    "token": Example("For a device in the safe", OPERATOR, {"label": "Perangkat di brankas"}),
}
CONFIRMATIONS = {
    "first": Example("The first authenticator of an account", OPERATOR, CONFIRMED, needs=NEEDS),
    "next": Example(
        "A new one in place of the old, of which a code is needed too", OPERATOR,
        {**CONFIRMED, "current_otp": "654321"}, needs=NEEDS,
    ),
}  # fmt: skip
EXAMPLES = {"offer_authenticator": OFFERS, "confirm_authenticator": CONFIRMATIONS}
