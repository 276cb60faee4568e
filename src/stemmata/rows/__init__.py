"""The rows of the user's own files: where each document stands, all its columns, and how what stays is written."""
