"""Barcodes of products: a type of field. The smallest plugin, and the template for yours."""
