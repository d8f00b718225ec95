"""The steps that make the tables, one file each, run by alembic.

A new step is one file in `versions/` and its name in `bot.store.migrate.HEAD`.
"""
