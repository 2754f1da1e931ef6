package import Programme

/// A part of the score reaches the region's floor.
package struct ScoreFloor: Sendable {
  package static let taught = ScoreFloor("taught") { $0.taught }
  package static let returned = ScoreFloor("returned") { $0.returned }
  static let setting = Setting(
    "floors", .record([taught.least.declared, returned.least.declared]), "below, a pair is ruled out",
    required: .programme)

  private let part: String
  private let value: @Sendable (TandemScore) -> Int
  package let least: RuleSetting<Int>

  private init(_ part: String, _ value: @escaping @Sendable (TandemScore) -> Int) {
    self.part = part
    self.value = value
    least = RuleSetting("floors.\(part)", 0...1000, "least `\(part)` of a pair", unit: "thousandths")
  }

  package var name: String { "floor-\(part)" }

  package func judge(_ score: TandemScore, under settings: MatchingSettings) -> Judgement {
    value(score) >= settings[least] ? .allowed : .forbidden
  }

  package func reason(_ score: TandemScore, under settings: MatchingSettings) -> String {
    "\(part) is \(value(score)), at least \(settings[least]) is asked"
  }

  func relaxed(_ settings: MatchingSettings) -> MatchingSettings {
    settings.with { $0[least] = 0 }
  }
}
