"""SIAGA: agencies share incidents, threat levels and deployments through one auditable data store."""
