"""From documents to a model: references resolved, expressions checked, every fault reported with its place."""

from sartor.platform.definitions.compile.compiler import check, compile_documents

__all__ = ["check", "compile_documents"]
