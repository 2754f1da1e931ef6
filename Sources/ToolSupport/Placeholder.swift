// Founding placeholder: the first real file of ToolSupport replaces it.
