"""Finding pilots: what an address may ask for, filters, counts beside options, search."""
