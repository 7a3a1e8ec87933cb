"""Files in, index out.

The way of the data: `readers` read files into raw articles; `clean` makes articles of them; `annotate` finds who said
what, which figure and when; `records` are what the index holds; `german` makes terms of words; `schema` and
`collections` lay them down in Whoosh; `folder` keeps the generations; `plan` and `reindexing` keep it up to date.
"""
