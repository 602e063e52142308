"""Flask and Celery: where people work."""
