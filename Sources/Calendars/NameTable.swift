/// Finds what a name of iCalendar means, whatever the case of its letters.
///
/// The names of one length lie side by side, so a look-up compares a few bytes: O(names of that length).
struct NameTable<Value: Sendable>: Sendable {
  private struct Group {
    var letters = 0
    var values = 0..<0
  }

  private var groups: [Group] = []
  private var letters: [UInt8] = []
  private var values: [Value] = []

  init(_ names: [(name: String, value: Value)]) {
    groups = Array(repeating: Group(), count: (names.map(\.name.utf8.count).max() ?? 0) + 1)
    for length in groups.indices {
      groups[length] = Group(letters: letters.count, values: values.count..<values.count)
      for (name, value) in names where name.utf8.count == length {
        letters += name.uppercased().utf8
        values.append(value)
      }
      groups[length].values = groups[length].values.lowerBound..<values.count
    }
  }

  /// nil for a name that the table does not have.
  subscript(name: Octets) -> Value? {
    guard name.count < groups.count else { return nil }
    let group = groups[name.count]
    var letter = group.letters
    for value in group.values {
      if name.isEqual(to: letters, at: letter) { return values[value] }
      letter += name.count
    }
    return nil
  }
}

extension NameTable where Value: CaseIterable & RawRepresentable<String> {
  /// Every case under its raw value.
  init() { self.init(Value.allCases.map { ($0.rawValue, $0) }) }
}

extension Octets {
  /// Compares with capitals without regard to the case of ASCII letters.
  fileprivate func isEqual(to capitals: [UInt8], at start: Int) -> Bool {
    for index in 0..<count {
      var byte = self[index]
      if byte >= 0x61, byte <= 0x7A { byte &-= 0x20 }
      if byte != capitals[start + index] { return false }
    }
    return true
  }
}
