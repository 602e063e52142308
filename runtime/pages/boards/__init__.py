"""Boards and stages: lanes, cards, and moves from one stage to another."""
