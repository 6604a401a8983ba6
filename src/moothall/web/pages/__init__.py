"""Server-rendered pages and fragments."""
