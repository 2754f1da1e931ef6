// Founding placeholder: the first real file of Workshops replaces it.
