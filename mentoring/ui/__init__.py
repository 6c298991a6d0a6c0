"""What every page is made of: the look, the components, dates in words, charts, headers, error pages."""
