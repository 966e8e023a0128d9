"""The steps in order: from a workspace to built, checked, verified material. Prints nothing."""
