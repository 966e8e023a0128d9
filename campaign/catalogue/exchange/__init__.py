"""Packs for people elsewhere: one file out (html, xlsx, po), answers in; what comes in is hostile until checked."""
