"""What happens to visitors and editors when something breaks: `make faults` breaks it, counts, and writes FAULTS.md."""
