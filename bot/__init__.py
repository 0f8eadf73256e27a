"""Telegram, time, files and processes: wires flows and storage together. Nobody imports bot."""
