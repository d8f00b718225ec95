"""What is kept: chats, subscriptions and deliveries (SQLAlchemy, alembic)."""
