"""The style page: every component in its states, and the tokens of the design. For developers, only with DEBUG.

Its own words are English and not for translators; what it shows is artificial, and nothing is asked of the database.
"""
