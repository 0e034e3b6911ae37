"""A client of SIAGA for the scripts of partners; it shares no code with the service."""
