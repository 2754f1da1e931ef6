/// A number and what it counts, for messages: `1 pair`, `2 pairs`.
///
/// - Parameter plural: for a noun, or a noun and its verb, that does not just add an s: `counted(2, "person", "people")`.
package func counted(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
  "\(number) \(number == 1 ? singular : plural ?? singular + "s")"
}
