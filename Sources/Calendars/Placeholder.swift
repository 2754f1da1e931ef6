// Founding placeholder: the first real file of Calendars replaces it.
