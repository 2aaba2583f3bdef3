"""The least that Django can do: it returns bytes that are ready."""
