"""What is remembered: tables, migrations and short functions over them. Decides nothing."""
