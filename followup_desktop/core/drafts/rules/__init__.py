"""What drafts decide: which templates are safe, how a draft is made, what the coach says."""
