"""Invented entries, for looking at the portal and measuring it when it holds many.

Everything here is made up, and says so: no name, number or date comes from a source.
"""
