"""Accounts: who may log in, with which role, and their passwords."""
