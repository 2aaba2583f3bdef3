"""What is public, as sets of ids at one version of the content."""
