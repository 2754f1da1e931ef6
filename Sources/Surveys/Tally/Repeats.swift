import Basics
package import Intake
import Programme

/// Which sheets are of people who answered more than once, and what follows: a later sheet of the same occasion takes
/// the place of an earlier one; sheets of other occasions stay, and are one person's.
package struct Repeats: Sendable {
  package struct Reference: Hashable, Comparable, Sendable {
    package var store: Int
    package var row: Int

    package static func < (a: Reference, b: Reference) -> Bool {
      a.store != b.store ? a.store < b.store : a.row < b.row
    }
  }

  /// A sheet that does not count, and the one that does.
  package struct Superseded: Hashable, Sendable {
    package var sheet: Reference
    package var by: Reference
  }

  /// A sheet of somebody who may have answered more than once.
  private struct Sheet {
    var place: Reference
    var time: Int
    var occasion: UInt32
  }

  /// By the sheet that does not count, in the order of the input.
  package let superseded: [Superseded]
  /// Sheets that count, of people with more than one, in the order of the input.
  package let groups: [[Reference]]
  /// The last of each person's sheets, for those with more than one.
  let latest: [UInt64: Reference]

  /// O(sheets) expected. Of a million sheets it takes 4 MB: a set of 32 bits each finds who may be there twice, and only
  /// those are gathered.
  package init(_ stores: [AnswerStore]) {
    let candidates = Repeats.candidates(stores)
    var found: [UInt64: [Sheet]] = [:]
    if !candidates.isEmpty {
      for (number, store) in stores.enumerated() {
        store.forEach(in: 0..<store.count) { row, sheet in
          guard candidates.contains(sheet.respondent) else { return }
          found[sheet.respondent, default: []].append(
            Sheet(
              place: Reference(store: number, row: row), time: store.time(sheet),
              occasion: store.occasion(sheet)))
        }
      }
    }
    var superseded: [Superseded] = []
    var groups: [[Reference]] = []
    var latest: [UInt64: Reference] = [:]
    for (respondent, sheets) in found where sheets.count > 1 {
      var winners: [UInt32: Sheet] = [:]
      var last: Sheet?
      for sheet in sheets {
        // In the order of the input: of two that do not differ in time the later row counts.
        if sheet.time >= winners[sheet.occasion]?.time ?? 0 { winners[sheet.occasion] = sheet }
        if sheet.time >= last?.time ?? 0 { last = sheet }
      }
      for sheet in sheets {
        let winner = winners[sheet.occasion] ?? sheet
        if winner.place != sheet.place {
          superseded.append(Superseded(sheet: sheet.place, by: winner.place))
        }
      }
      if winners.count > 1 { groups.append(winners.values.map(\.place).sorted()) }
      latest[respondent] = last?.place
    }
    self.superseded = superseded.sorted { $0.sheet < $1.sheet }
    self.groups = groups.sorted {
      ($0.first ?? Reference(store: 0, row: 0)) < ($1.first ?? Reference(store: 0, row: 0))
    }
    self.latest = latest
  }

  /// Respondents who may be there more than once: all who are, and by chance a few who are not.
  private static func candidates(_ stores: [AnswerStore]) -> Set<UInt64> {
    let total = stores.reduce(0) { $0 + $1.count }
    // In parts, two or so at a time, that their sets are small; each part looks at every sheet.
    let parts = total > 100_000 ? min(8, total / 250_000 + 2) : 1
    var bits = 4
    while 1 << bits < total / parts * 3 / 2 { bits += 1 }
    let mask = (1 << bits) - 1
    return Parallel.map(0..<parts) { part in
      // The low bits choose the place, the high ones are kept: together they are nearly the whole hash.
      var marks = [UInt32](repeating: 0, count: mask + 1)
      var own: Set<UInt64> = []
      marks.withUnsafeMutableBufferPointer { marks in
        for store in stores {
          store.forEach(in: 0..<store.count) { _, sheet in
            let hash = sheet.respondent
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
            // Where chance filled the set, whoever finds no place is looked at more closely.
            if marks[place] == 0 { marks[place] = mark } else { own.insert(hash) }
          }
        }
      }
      return own
    }.reduce(into: []) { $0.formUnion($1) }
  }
}
