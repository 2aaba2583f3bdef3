"""How dates are written, where Django's own form would be American."""
