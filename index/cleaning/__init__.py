"""Parts of `index.clean`: a scraped text -> its lines, and what each line is.

`lines` makes lines of a text; `boilerplate` says which of them are no part of the article; `stamps`, `credits` and
`outlets` read date, agencies and outlet; `headline` finds the title and parts it from its kicker.
"""
