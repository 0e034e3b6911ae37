"""Bodies that an officer can send as they are. All of them are made up, and say so."""
