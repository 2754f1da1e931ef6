/// The rules of matching. A new one is a file and a line in this list.
package enum MatchingRules {
  /// In the order in which reasons are listed.
  package static let all: [any ProgrammeRule.Type] = [
    RoleRule.self, ConsentRule.self, CapacityRule.self, SiteRule.self, LanguageRule.self,
    DepartmentRule.self, ReportingLineRule.self, LevelGapRule.self, EarlierTandemRule.self,
    AcquaintedRule.self, ForbiddenRule.self,
  ]

  /// Judged last: pairs that another rule forbids have no score.
  package static let floors = [ScoreFloor.taught, ScoreFloor.returned]

  /// The keys that `matching: unknown:` may have, the names of the region's own rules besides.
  package static let names = all.map { $0.name } + floors.map(\.name)

  static let settings = all.flatMap { $0.settings } + [ScoreFloor.setting]

  /// The same without a rule, a rule of the region's own too; nil for rules that no setting states.
  package static func relax(_ rule: String, in settings: MatchingSettings) -> MatchingSettings? {
    if let known = all.first(where: { $0.name == rule }) { return known.relaxed(settings) }
    if let floor = floors.first(where: { $0.name == rule }) { return floor.relaxed(settings) }
    var relaxed = settings
    relaxed.extraRules.removeAll { $0.name == rule }
    return relaxed == settings ? nil : relaxed
  }
}

extension ValueReader {
  /// What `matching` sets of the rules, by path.
  func rules() throws(Missing) -> [String: Value.Content] {
    var stated: [String: Value.Content] = [:]
    func take(_ settings: [Setting], _ path: [String]) throws(Missing) {
      for setting in settings {
        let own = path + [setting.name]
        if case .record(let parts) = setting.shape {
          try take(parts, own)
        } else {
          stated[own.joined(separator: ".")] = try content(["matching"] + own)
        }
      }
    }
    try take(MatchingRules.settings, [])
    return stated
  }
}
