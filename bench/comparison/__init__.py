"""This engine beside others, in one run: pages of results, indexing, serving.

The way of the data: `corpus` draws articles; `queries` chooses what is asked by how frequent words are in them;
`engines` build and answer, behind the protocols of `answers`; `cache` keeps what is built; `searching`, `indexing` and
`serving` are the jobs; `results` are what they measured, shown by `tables` and by `report`.
"""
