"""Articles and where they come from: schema, records, corpora, tasks, splits."""
