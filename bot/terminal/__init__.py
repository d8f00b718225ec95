"""The terminal: lines in, text out (rich; plain when piped)."""
