"""What people see: page objects, templates, formats, icons, the built front end. Knows no record and no model."""
