"""Briefing packs: pilots as documents to read, to print and to hand on."""
