"""What the bot says: Request -> Reply. Plain and synchronous; knows no platform."""
