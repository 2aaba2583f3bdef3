"""Where editors change entries."""
