"""Forms that an office fills in without a new signature: values checked, laid out, read back, and kept nowhere."""
