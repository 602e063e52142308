"""Files of records: CSV and XLSX read safely, streamed out again, and their columns understood.

Pure: nothing here knows a database, an entity or a web page.
"""
