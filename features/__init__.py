"""What can be measured in an article: one analysis, checks with evidence, feature blocks."""
