"""Two identity providers that exist in the demo alone, so that signing in through one can be tried offline."""
