// Founding placeholder: the first real file of Surveys replaces it.
