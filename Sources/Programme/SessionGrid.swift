/// The times of day at which sessions may begin: every so many minutes from midnight, within the hours that anybody works.
package struct SessionGrid: Hashable, Sendable {
  /// Why there is no such grid: it would have more starts a day than `most`.
  package struct TooFine: Error, Hashable, Sendable {
    package var step: Int
    /// The finest that would do.
    package var least: Int

    package var message: String {
      "at most \(SessionGrid.most) starts a day are offered; choose \(least) minutes or more"
    }
  }

  /// The most starts of a day: as many as a machine word has bits.
  package static let most = 64
  /// Minutes between two starts, of those that a region may choose.
  package static let steps = [5, 10, 15, 20, 30, 60]

  /// Minutes between two starts.
  package let step: Int
  /// The first start of a day, in minutes since midnight.
  package let origin: Int

  /// - Parameters:
  ///   - length: minutes of a session.
  ///   - hours: when people work; a grid that is coarse enough begins at midnight, whatever they are.
  package init(
    every step: Int, length: Int, within hours: some Sequence<ClockSpan>
  ) throws(TooFine) {
    let earliest = hours.map(\.start).min() ?? 0
    let latest = hours.map(\.end).max() ?? 1440
    func origin(_ step: Int) -> Int? {
      if step * SessionGrid.most >= 1440 { return 0 }
      guard step > 0 else { return nil }
      let origin = earliest / step * step
      return latest - length - origin > (SessionGrid.most - 1) * step ? nil : origin
    }
    guard let own = origin(step) else {
      throw TooFine(step: step, least: SessionGrid.steps.first { $0 > step && origin($0) != nil } ?? 60)
    }
    (self.step, self.origin) = (step, own)
  }
}
