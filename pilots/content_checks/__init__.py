"""What is looked at before an entry is published. Plain values in, findings out; no database."""
