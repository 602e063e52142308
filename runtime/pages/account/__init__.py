"""Who is here: set-up, sign-in, invitations, the reader's own page."""
