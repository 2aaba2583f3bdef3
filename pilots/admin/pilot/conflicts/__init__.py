"""Two editors on one entry: the page that shows both and asks what to keep."""
