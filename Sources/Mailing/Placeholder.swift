// Founding placeholder: the first real file of Mailing replaces it.
