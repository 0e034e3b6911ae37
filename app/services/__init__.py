"""What the system does, one function per use case; the only place with queries."""
