"""The study file: schema, units of work, journal, undo, migrations, backup, integrity."""
