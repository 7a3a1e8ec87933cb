"""Seeded corpora of any size: the same seed gives the same articles, in a stream that is never in memory as a whole.

The way of the data: `resampled` (real sentences, new words in them) or `made` (templates of our own) gives sentences;
`values` draws what an article has beside its text; `writing` puts articles together into a file of JSON Lines, which
`fundstelle index` reads as it stands; `item` reads it again, with the values for the facets.
"""
