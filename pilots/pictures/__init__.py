"""Pictures: plain values in, SVG text out. Nothing here asks the database."""
