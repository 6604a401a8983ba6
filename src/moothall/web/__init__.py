"""HTTP; thin. Litestar stays inside this room."""
