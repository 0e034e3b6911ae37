"""What tests stand on: databases, the running service, servers of their own, factories."""
