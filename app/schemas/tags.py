"""The subjects by which the OpenAPI document groups its operations."""

# In the order of a watch: who am I, what waits for me, what happened, what threatens, whom do we send.
TAGS = [
    {"name": "Account", "description": "Sign in, and see what your account may do"},
    {"name": "Inbox", "description": "What waits for you: approvals, assignments, hand-overs"},
    {"name": "Situation", "description": "How a region stands now, in one call"},
    {"name": "Incidents", "description": "Report and follow what happened, step by step, and hand it over"},
    {
        "name": "Incident details",
        "description": "The timeline of an incident, its links, the persons in it, and its files",
    },
    {"name": "Referrals", "description": "Violations of election law, and the clocks that the law sets"},
    {"name": "Acknowledgements", "description": "Who has seen what, within what time"},
    {"name": "Threat levels", "description": "State, approve and read the threat level of a place"},
    {
        "name": "Deployments",
        "description": "Send personnel, follow them, and see the strength of a place",
    },
    {
        "name": "Assistance",
        "description": "Ask other agencies for personnel, answer them, and see what is still missing",
    },
    {"name": "Sites", "description": "Places to be watched, how much each is at risk, and what guards them"},
    {
        "name": "Patrols",
        "description": "Plan rounds, put on record what they visit, and see what nobody has visited",
    },
    {"name": "Elections", "description": "Which elections a place has, in which round, and at which stage"},
    {"name": "Readiness", "description": "Siaga orders of an agency for its units, internal to it"},
    {"name": "Posture", "description": "Prepared answers to a level of threat, and what people make of them"},
    {"name": "Bulk", "description": "Many records in one request, sent again as often as you like"},
    {
        "name": "Changes",
        "description": "Mirror what you may see: all of it at once, then what changes",
    },
    {
        "name": "Webhooks",
        "description": "Be told of changes at an address of yours, without their content",
    },
    {
        "name": "Administration",
        "description": "Accounts and systems of your agency, and agencies that join and leave",
    },
    {"name": "Reference", "description": "Who covers a place, regions, agencies, and every code"},
    {
        "name": "Personal data",
        "description": "Erase what has to go, hold what belongs to a case, answer persons, keep the breach "
        "register",
    },
    {"name": "Ledger", "description": "Every accepted change, in order"},
    {
        "name": "Need-to-know",
        "description": "Read one hidden record in an emergency, and see who read what",
    },
    {
        "name": "For systems",
        "description": "Probes of the service, and what systems need to know of its tokens",
    },
]
