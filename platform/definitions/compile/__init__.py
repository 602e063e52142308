"""From documents to a model: references resolved, expressions checked, every fault reported with its place."""

from sartor.platform.definitions.compile.compiler import Compiler, check, compile_documents

__all__ = ["Compiler", "check", "compile_documents"]
