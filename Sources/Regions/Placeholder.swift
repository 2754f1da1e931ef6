// Founding placeholder: the first real file of Regions replaces it.
