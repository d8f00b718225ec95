"""Telegram: updates in, HTML messages out (python-telegram-bot)."""
