/// Shares as people read them.
package enum Share {
  /// A percentage with one decimal, rounded up: a gap is never reported smaller than it is.
  package static func text(_ part: Int, of whole: Int) -> String {
    guard part > 0 else { return "0.0%" }
    let tenths = (part * 1000 + max(1, whole) - 1) / max(1, whole)
    return "\(tenths / 10).\(tenths % 10)%"
  }
}
