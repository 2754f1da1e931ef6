// Founding placeholder: the first real file of Matching replaces it.
