/// Which mentees of a block each mentor may have by the rules on facts, as bits: 64 mentees a step.
struct BlockMasks {
  private let mentees: [Int32]
  private let wordCount: Int
  private let columns: [RuleColumn]
  /// By rule: the mentees of each class, as bits.
  private let classes: [[(number: Int32, bits: [UInt64])]]
  /// By rule and mentor's class: the mentees allowed; nil where that is all of them.
  private var allowed: [[Int32: [UInt64]?]]
  private let full: [UInt64]

  init(mentees: [Int32], columns: [RuleColumn]) {
    self.mentees = mentees
    self.columns = columns
    let wordCount = (mentees.count + 63) / 64
    self.wordCount = wordCount
    var full = [UInt64](repeating: 0, count: wordCount)
    for position in mentees.indices { full[position >> 6] |= 1 << UInt64(position & 63) }
    self.full = full
    classes = columns.map { column in
      var places: [Int32: Int] = [:]
      var classes: [(number: Int32, bits: [UInt64])] = []
      for (position, mentee) in mentees.enumerated() {
        let number = column.classOf[Int(mentee)]
        let place = places[number] ?? classes.count
        if place == classes.count {
          places[number] = place
          classes.append((number, [UInt64](repeating: 0, count: wordCount)))
        }
        classes[place].bits[position >> 6] |= 1 << UInt64(position & 63)
      }
      return classes
    }
    allowed = columns.map { _ in [:] }
  }

  /// The mentees allowed to a mentor, as bits; pairs that rules forbid one by one are still in.
  ///
  /// O(rules × mentees / 64) once the mentor's classes are known.
  mutating func row(of mentor: Int) -> [UInt64] {
    var row = full
    for index in columns.indices {
      let number = columns[index].classOf[mentor]
      let mask: [UInt64]?
      if let known = allowed[index][number] {
        mask = known
      } else {
        mask = makeMask(index, number)
        allowed[index][number] = .some(mask)
      }
      guard let mask else { continue }
      for word in row.indices { row[word] &= mask[word] }
    }
    return row
  }

  private func makeMask(_ index: Int, _ mentor: Int32) -> [UInt64]? {
    var mask = [UInt64](repeating: 0, count: wordCount)
    for (number, bits) in classes[index]
    where columns[index].standing(ofClasses: mentor, number) != .forbidden {
      for word in mask.indices { mask[word] |= bits[word] }
    }
    return mask == full ? nil : mask
  }
}
