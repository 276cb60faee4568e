"""The reading room in a browser, and the same over HTTP for programs: routes and guards, no logic."""
