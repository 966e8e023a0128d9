"""What a workspace is told about itself: checks, status, proofs, next steps."""
