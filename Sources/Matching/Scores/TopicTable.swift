import Programme
import Regions

/// Topics as small numbers, and how near each two are in thousandths.
struct TopicTable: Sendable {
  private var numberOf: [String: Int32] = [:]
  private(set) var ids: [String] = []
  /// `nearness[a * count + b]`, 0…1000.
  private(set) var nearness: [Int16] = []

  var count: Int { ids.count }

  /// The topics of all catalogues, of two with one id the first by the region's id, and those that people name besides:
  /// these are near to themselves alone. O(topics²), because the table is full.
  init(_ applicants: Applicants) {
    var topics: [Topic] = []
    for topic in applicants.regions.flatMap(\.topics.catalogue.topics) {
      add(topic.id) { topics.append(topic) }
    }
    let catalogue = TopicCatalogue(topics)
    let known = ids.count
    for person in applicants.people {
      for id in person.learn { add(id) {} }
      for id in person.teach { add(id) {} }
      for id in person.interests { add(id) {} }
    }
    nearness = [Int16](repeating: 0, count: count * count)
    for a in 0..<count {
      nearness[a * count + a] = 1000
      guard a < known else { continue }
      for b in 0..<known where a != b {
        nearness[a * count + b] = Int16(
          (catalogue.nearness(ids[a], ids[b]) * 1000).rounded(.toNearestOrAwayFromZero))
      }
    }
  }

  private mutating func add(_ id: String, isNew: () -> Void) {
    guard numberOf[id] == nil else { return }
    numberOf[id] = Int32(truncatingIfNeeded: ids.count)
    ids.append(id)
    isNew()
  }

  /// In the order given, each once.
  func numbers(_ topics: [String]) -> [Int32] {
    var numbers: [Int32] = []
    for id in topics {
      if let number = numberOf[id], !numbers.contains(number) { numbers.append(number) }
    }
    return numbers
  }

  func nearness(_ a: Int32, _ b: Int32) -> Int { Int(nearness[Int(a) * count + Int(b)]) }

  /// For each topic how near the nearest of `topics` is.
  func best(_ topics: [Int32]) -> [Int16] {
    var best = [Int16](repeating: 0, count: count)
    for topic in topics {
      let row = Int(topic) * count
      for other in 0..<count where nearness[row + other] > best[other] { best[other] = nearness[row + other] }
    }
    return best
  }
}
