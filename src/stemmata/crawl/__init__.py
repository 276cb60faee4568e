"""Collections that no machine holds: the stages on tables that lie on a Spark cluster."""
