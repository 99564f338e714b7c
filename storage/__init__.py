"""What is kept: persons and their conversations, encrypted, in SQLite or PostgreSQL."""
