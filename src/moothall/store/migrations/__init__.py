"""Schema changes, one file each, named by date and time; forward only."""
