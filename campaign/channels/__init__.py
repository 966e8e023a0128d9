"""The ways out: each channel turns a message into finished files in memory."""
