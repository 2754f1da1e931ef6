// Founding placeholder: the first real file of Programme replaces it.
