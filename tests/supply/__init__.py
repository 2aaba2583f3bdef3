"""What the portal stands on: whose it is, under which terms, in which version."""
