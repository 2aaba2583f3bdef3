"""Who somebody is, and how often they may try to prove it: second factors, sessions, limits to attempts."""
