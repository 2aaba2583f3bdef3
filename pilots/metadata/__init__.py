"""What pages say of themselves to search engines, previews of links and harvesters."""
