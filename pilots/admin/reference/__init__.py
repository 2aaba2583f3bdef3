"""What pilots refer to: organisations, vocabularies, sources, glossary, synonyms."""
