"""Translating: original and translation side by side, text by text; what is to do in each language."""
