"""What a template receives: one module per page, frozen dataclasses of texts and addresses, ready to be shown."""
