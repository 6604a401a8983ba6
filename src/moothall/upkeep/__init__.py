"""Backup, retention, health, metrics."""
