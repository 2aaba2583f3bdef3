"""What machines ask for, and documents people take away."""
