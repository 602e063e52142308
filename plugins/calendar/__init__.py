"""A calendar: records on their days, moved by dragging, by finger or by keys."""
