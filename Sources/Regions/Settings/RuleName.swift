/// The rules of matching that a fact may be missing for: the keys that `matching: unknown:` may have, the names of the
/// region's own rules besides.
package enum RuleName: String, CaseIterable, Hashable, Sendable {
  case role, site, language, department
  case reportingLine = "reporting-line"
  case levelGap = "level-gap"
  case earlierTandem = "earlier-tandem"
  case acquainted, capacity, consent
  /// HR's own forbids.
  case forbidden
  case floorTaught = "floor-taught"
  case floorReturned = "floor-returned"
}
