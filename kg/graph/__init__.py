"""From resolved claims to a graph of facts with their evidence: mapped, derived, validated."""
