// Founding placeholder: the first real file of RecordStream replaces it.
