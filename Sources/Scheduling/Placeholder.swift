// Founding placeholder: the first real file of Scheduling replaces it.
