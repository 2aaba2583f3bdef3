"""What entries said before: every change is kept, and any two can be compared."""
