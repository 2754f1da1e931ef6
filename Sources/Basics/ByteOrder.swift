extension String {
  /// Order by UTF-8 bytes: `sort` under `LC_ALL=C` gives the same. Swift's own `<` compares by Unicode
  /// normalisation and is many times slower.
  package func precedesByBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
