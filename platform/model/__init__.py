"""The model: the compiled, immutable, in-memory form of one revision. Pure data, no input or output."""

from sartor.platform.model.entity import (
    Check,
    Children,
    CopyUp,
    Entity,
    Feed,
    Field,
    OnlyOne,
    SetOn,
    UniqueKey,
)
from sartor.platform.model.model import Model
from sartor.platform.model.page import App, Form, Item, LineTable, MenuItem, RecordAction, Section, Tab, Tint, View
from sartor.platform.model.pipeline import Outcome, Pipeline, Stage, Transition
from sartor.platform.model.report import Card, Dashboard, Dimension, Measure, Metric, Report
from sartor.platform.model.role import FieldLevel, Grant, Operation, Role
from sartor.platform.model.template import Block, Labelled, Lines, Merge, Merged, Paper, Party, Template
from sartor.platform.model.values import SEVERAL, Address, Linked, Money, Reference, Several

__all__ = [
    "Address", "App", "Block", "Card", "Check", "Children", "CopyUp", "Dashboard", "Dimension", "Entity", "Feed",
    "Field", "FieldLevel", "Form", "Grant", "Item", "Labelled", "LineTable", "Lines", "Linked", "Measure", "MenuItem",
    "Merge", "Merged", "Metric", "Model", "Money", "OnlyOne", "Operation", "Outcome", "Paper", "Party", "Pipeline",
    "Reference", "Report", "Role", "RecordAction", "SEVERAL", "Section", "SetOn", "Several", "Stage", "Tab", "Template",
    "Tint", "Transition", "UniqueKey", "View",
]  # fmt: skip
