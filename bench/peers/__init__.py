"""The sites the portal is compared with. They run in a virtual environment of their own and import nothing of it."""
