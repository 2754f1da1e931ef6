import Basics
package import Intake
import Programme

/// Which responses are of people who answered more than once, and what follows: a later response of the same occasion
/// replaces an earlier one; responses of other occasions stay, and are one person's.
package struct Repeats: Sendable {
  package struct Reference: Hashable, Comparable, Sendable {
    package var store: Int
    package var row: Int

    package static func < (a: Reference, b: Reference) -> Bool {
      a.store != b.store ? a.store < b.store : a.row < b.row
    }
  }

  /// A response that does not count, and the one that does.
  package struct Superseded: Hashable, Sendable {
    package var response: Reference
    package var by: Reference
  }

  /// A response of somebody who may have answered more than once.
  private struct Occurrence {
    var place: Reference
    var time: Int
    var occasion: UInt32
  }

  /// By the response that does not count, in the order of the input.
  package let superseded: [Superseded]
  /// Responses that count, of people with more than one, in the order of the input.
  package let groups: [[Reference]]
  /// The last of each person's responses, for those with more than one.
  let latest: [UInt64: Reference]

  /// O(responses) expected. Of a million responses it takes 4 MB: a set of 32 bits each finds who may be there twice, and only
  /// those are gathered.
  package init(_ stores: [AnswerStore]) {
    let candidates = Repeats.candidates(stores)
    var found: [UInt64: [Occurrence]] = [:]
    if !candidates.isEmpty {
      for (number, store) in stores.enumerated() {
        store.forEach(in: 0..<store.count) { row, response in
          guard candidates.contains(response.respondent) else { return }
          found[response.respondent, default: []].append(
            Occurrence(
              place: Reference(store: number, row: row), time: store.time(response),
              occasion: store.occasion(response)))
        }
      }
    }
    var superseded: [Superseded] = []
    var groups: [[Reference]] = []
    var latest: [UInt64: Reference] = [:]
    for (respondent, responses) in found where responses.count > 1 {
      var winners: [UInt32: Occurrence] = [:]
      var last: Occurrence?
      for response in responses {
        // In the order of the input: of two that do not differ in time the later row counts.
        if response.time >= winners[response.occasion]?.time ?? 0 { winners[response.occasion] = response }
        if response.time >= last?.time ?? 0 { last = response }
      }
      for response in responses {
        let winner = winners[response.occasion] ?? response
        if winner.place != response.place {
          superseded.append(Superseded(response: response.place, by: winner.place))
        }
      }
      if winners.count > 1 { groups.append(winners.values.map(\.place).sorted()) }
      latest[respondent] = last?.place
    }
    self.superseded = superseded.sorted { $0.response < $1.response }
    self.groups = groups.sorted {
      ($0.first ?? Reference(store: 0, row: 0)) < ($1.first ?? Reference(store: 0, row: 0))
    }
    self.latest = latest
  }

  /// Respondents who may be there more than once: all who are, and by chance a few who are not.
  private static func candidates(_ stores: [AnswerStore]) -> Set<UInt64> {
    let total = stores.reduce(0) { $0 + $1.count }
    // In parts, two or so at a time, that their sets are small; each part looks at every response.
    let parts = total > 100_000 ? min(8, total / 250_000 + 2) : 1
    var bits = 4
    while 1 << bits < total / parts * 3 / 2 { bits += 1 }
    let mask = (1 << bits) - 1
    return Parallel.map(0..<parts) { part in
      // The low bits choose the place, the high ones are kept: together they are nearly the whole hash.
      let marks = Cells<UInt32>(repeating: 0, count: mask + 1)
      var own: Set<UInt64> = []
      for store in stores {
        store.forEach(in: 0..<store.count) { _, response in
          let hash = response.respondent
          guard hash != 0, parts == 1 || (Int(truncatingIfNeeded: hash & 0xFF) * parts) >> 8 == part else {
            return
          }
          let mark = UInt32(truncatingIfNeeded: hash >> 32) | 1
          var place = Int(truncatingIfNeeded: hash >> 8) & mask
          var left = mask
          while marks[place] != 0, marks[place] != mark, left > 0 {
            place = (place + 1) & mask
            left -= 1
          }
          // Where chance filled the set, those without a place are looked at more closely.
          if marks[place] == 0 { marks[place] = mark } else { own.insert(hash) }
        }
      }
      return own
    }.reduce(into: []) { $0.formUnion($1) }
  }
}
