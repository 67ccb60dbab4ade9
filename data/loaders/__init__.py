"""One module a corpus: ``load(files)`` gives split name to a function that streams articles.

``EXTRA`` names the columns that its articles have in ``extra``, with their Arrow types.

A loader yields natural records, one article a labelled unit, with the corpus's own label;
which rows and labels a task uses is the task's business. A split without an official name
is called ``all``. Modules without ``load`` are readers that several loaders share:
`archives`, `tables`, `spreadsheets`, `mqm`, `wmt`, `keys`.
"""
