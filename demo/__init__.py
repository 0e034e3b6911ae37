"""A play for trying SIAGA out: many agencies, over HTTP, against a server of its own."""
