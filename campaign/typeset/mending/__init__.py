"""The text layer of a finished PDF mended: each letter is one code that says it once, in the order of reading.

Typst parts a shaped line wherever a glyph is set above or below the line: the dots of an Arabic letter become a text
object of their own whose text is the whole letter, and so is the text of the letter without its dots. Copying,
searching and reading aloud then say the letter twice. What is drawn stays where it is.
"""
