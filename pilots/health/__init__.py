"""How the portal is: numbers for Prometheus, and findings in words for probes and administrators."""
