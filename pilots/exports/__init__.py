"""What can be taken away: tables, places, graphs, pictures, feeds. Writers are pure: plain values in, bytes out."""
