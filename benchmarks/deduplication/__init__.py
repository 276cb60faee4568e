"""Finding copies in a large pile: speed beside other tools and the limit of C, recall, growth, and a load test."""
