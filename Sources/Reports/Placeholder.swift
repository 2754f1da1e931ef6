// Founding placeholder: the first real file of Reports replaces it.
