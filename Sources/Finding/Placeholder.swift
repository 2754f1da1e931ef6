// Founding placeholder: the first real file of Finding replaces it.
