"""Slack: events in, Block Kit messages out (slack-bolt)."""
