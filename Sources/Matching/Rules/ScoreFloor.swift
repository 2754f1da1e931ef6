package import Programme
package import Regions

/// A part of the score reaches the region's floor. Judged last: pairs that another rule forbids have no score.
package struct ScoreFloor: Sendable {
  package enum Part: String, CaseIterable, Sendable {
    case taught, returned
  }

  package let part: Part

  package init(_ part: Part) { self.part = part }

  package var name: String {
    switch part {
    case .taught: RuleName.floorTaught.rawValue
    case .returned: RuleName.floorReturned.rawValue
    }
  }

  package func floor(under settings: MatchingSettings) -> Int {
    switch part {
    case .taught: settings.floorTaught
    case .returned: settings.floorReturned
    }
  }

  package func judge(_ score: TandemScore, under settings: MatchingSettings) -> Judgement {
    value(of: score) >= floor(under: settings) ? .allowed : .forbidden
  }

  package func reason(_ score: TandemScore, under settings: MatchingSettings) -> String {
    "\(part.rawValue) is \(value(of: score)), at least \(floor(under: settings)) is asked"
  }

  private func value(of score: TandemScore) -> Int {
    switch part {
    case .taught: score.taught
    case .returned: score.returned
    }
  }
}
