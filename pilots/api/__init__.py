"""What programs read: the public content as JSON, read only."""
