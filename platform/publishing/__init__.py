"""From edited definitions to a new revision: change sets, plans, publishing, rollback, and the models in memory."""
