"""New comments reach open pages: outbox, hub, server-sent events."""
