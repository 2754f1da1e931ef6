import Basics
import Programme

/// One cell's place in a table: a value for each of the table's dimensions; nil totals the dimension.
package struct Slice: Hashable, Sendable {
  /// As many as the table has dimensions, in their order. The empty text is "not known", a value like any other.
  package var values: [String?]

  package init(_ values: [String?]) { self.values = values }

  /// Whether no dimension is totalled.
  package var isLeaf: Bool { values.allSatisfy { $0 != nil } }

  /// Whether every dimension is totalled.
  package var isTotal: Bool { values.allSatisfy { $0 == nil } }

  /// Whether the other's answers are all counted in this one too.
  package func contains(_ other: Slice) -> Bool {
    zip(values, other.values).allSatisfy { $0 == nil || $0 == $1 }
  }

  /// Its values by dimension, without those that are totalled.
  func named(_ dimensions: [String]) -> [String: String] {
    Dictionary(
      zip(dimensions, values).compactMap { name, value in value.map { (name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The slice and all that it is counted in: 2ᵈ of them for a leaf of d dimensions, by which are totalled.
  package var margins: [Slice] {
    (0..<(1 << values.count)).map { mask in
      Slice(values.indices.map { mask >> $0 & 1 == 1 ? nil : values[$0] })
    }
  }
}

extension Slice: Comparable {
  /// By the first dimension, then the second …; what is totalled follows its parts.
  package static func < (a: Slice, b: Slice) -> Bool {
    for (left, right) in zip(a.values, b.values) where left != right {
      guard let left else { return false }
      guard let right else { return true }
      return left.precedesByBytes(right)
    }
    return a.values.count < b.values.count
  }
}
