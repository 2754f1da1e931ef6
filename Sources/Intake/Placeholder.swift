// Founding placeholder: the first real file of Intake replaces it.
