import Basics
import Synchronization

/// Where full pages of sheets are put, so that memory need not hold them all.
package struct PageShelf: Sendable {
  /// Puts a page away and returns its place; nil where it has to stay where it is.
  package var put: @Sendable (UnsafeRawBufferPointer) -> Int?
  /// Fills the bytes with those of a page: from the place where it was put, or so many behind it. False where they
  /// cannot be had.
  package var get: @Sendable (Int, UnsafeMutableRawBufferPointer) -> Bool

  package init(
    put: @escaping @Sendable (UnsafeRawBufferPointer) -> Int?,
    get: @escaping @Sendable (Int, UnsafeMutableRawBufferPointer) -> Bool
  ) {
    self.put = put
    self.get = get
  }
}

/// The sheets of one survey as they come from one input: some twenty bytes each, in memory or on a shelf.
///
/// Sheets are held and not merely counted because a later sheet of the same person replaces an earlier one,
/// which may be anywhere before it. What names the respondent is a hash.
package final class AnswerStore: @unchecked Sendable {
  // Filled by one thread, then read by any number: whoever fills it hands it on.

  package struct Layout: Hashable, Sendable {
    package struct Question: Hashable, Sendable {
      package var name: String
      package var coding: AnswerCoding

      package init(name: String, coding: AnswerCoding) {
        self.name = name
        self.coding = coding
      }
    }

    package var survey: String
    package var questions: [Question]
    /// What the sheets are told apart by, in order.
    package var dimensions: [String]
    /// The fields that distinguish one occasion to answer from another.
    package var occasion: [String]

    package init(
      survey: String, questions: [Question], dimensions: [String], occasion: [String] = ["cohort"]
    ) {
      self.survey = survey
      self.questions = questions
      self.dimensions = dimensions
      self.occasion = occasion
    }

    /// More values than this make a dimension useless and its cells single people.
    package static let greatestDimension = 1000
  }

  /// All of a sheet but its answers.
  package struct Head: Hashable, Sendable {
    /// 0: nobody knows who answered.
    package var respondent: UInt64
    package var line: Int
    /// The index of its place in `leaves`.
    package var leaf: Int
    /// Seconds since the epoch; 0: not known.
    package var time: Int
    /// The occasion: of two sheets of one person and occasion only the later counts.
    package var occasion: UInt32
    /// 0: not said by the sheet.
    package var tandem: UInt64

    package init(
      respondent: UInt64, line: Int, leaf: Int, time: Int = 0, occasion: UInt32 = 0, tandem: UInt64 = 0
    ) {
      self.respondent = respondent
      self.line = line
      self.leaf = leaf
      self.time = time
      self.occasion = occasion
      self.tandem = tandem
    }
  }

  package let file: String
  package let layout: Layout
  /// By the index that sheets carry: a value for each dimension; the empty text is "not known".
  package private(set) var leaves: [[String]] = []
  @exclusivity(unchecked) package private(set) var count = 0
  /// What is added to the sheets' lines: known only after what is before them was read.
  package var firstLine = 0

  private let questionCount: Int
  private let width: Int
  private let rowsPerPage: Int
  private enum Page {
    case held(UnsafeMutableRawPointer)
    case shelved(Int)
  }

  private var pages: [Page] = []
  private let shelf: PageShelf?
  private let hasLost = Atomic<Bool>(false)
  @exclusivity(unchecked) private var lastPage: UnsafeMutableRawPointer?
  @exclusivity(unchecked) private var lastPageRows = 0
  private var leafIndex: [[String]: Int] = [:]
  /// Lines are held as the distance from the sheet before: of the first of each page, and where a byte is too short, as
  /// they are.
  private var pageLines: [Int] = []
  private var farLines: [Int: Int] = [:]
  @exclusivity(unchecked) private var lastLine = 0
  private let hasTime: Bool
  private let hasOccasion: Bool
  private let hasTandem: Bool
  private let timeOffset: Int
  private let occasionOffset: Int
  private let tandemOffset: Int
  private let nibbles: Int
  private let slots: [Int]
  /// By question: whether the index of its value is in a slot.
  private let isChoice: [Bool]
  /// The questions with a slot.
  private let slotted: [Int]
  /// By question, the state of the sheet that is added next (see `state`): whoever reads answers writes them here.
  package let draft: UnsafeMutableBufferPointer<UInt8>
  private static let pageSize = 1 << 17

  /// - Parameters:
  ///   - hasTime, hasOccasion, hasTandem: what the input tells of a sheet; what it does not costs no bytes.
  ///   - shelf: where pages go that are full.
  package init(
    file: String, layout: Layout, hasTime: Bool = true, hasOccasion: Bool = true, hasTandem: Bool = true,
    shelf: PageShelf? = nil
  ) {
    self.file = file
    self.shelf = shelf
    self.layout = layout
    self.hasTime = hasTime
    self.hasOccasion = hasOccasion
    self.hasTandem = hasTandem
    timeOffset = 13
    occasionOffset = timeOffset + (hasTime ? 4 : 0)
    tandemOffset = occasionOffset + (hasOccasion ? 4 : 0)
    nibbles = tandemOffset + (hasTandem ? 8 : 0)
    var offset = nibbles + (layout.questions.count + 1) / 2
    slots = layout.questions.map { question in
      let place = offset
      switch question.coding {
      case .scale, .text: break
      case .choice: offset += 2
      case .choices, .number: offset += 8
      }
      return place
    }
    isChoice = layout.questions.map { if case .choice = $0.coding { true } else { false } }
    slotted = layout.questions.indices.filter { index in
      switch layout.questions[index].coding {
      case .scale, .text: false
      case .choice, .choices, .number: true
      }
    }
    questionCount = layout.questions.count
    draft = .allocate(capacity: layout.questions.count + 1)
    draft.initialize(repeating: 0)
    width = offset
    rowsPerPage = max(1, AnswerStore.pageSize / offset)
  }

  deinit {
    for case .held(let page) in pages { page.deallocate() }
    draft.deallocate()
  }

  /// An occasion's code, by the values of the layout's fields: 0 where none is known.
  package static func occasion(_ values: [String]) -> UInt32 {
    guard values.contains(where: { !$0.isEmpty }) else { return 0 }
    var hash = StableHash()
    for value in values {
      hash.add(value.utf8)
      hash.add(CollectionOfOne(0))
    }
    return UInt32(truncatingIfNeeded: hash.value) | 1
  }

  /// The index of a place in the table.
  package func leaf(_ values: [String]) -> Int {
    if let known = leafIndex[values] { return known }
    leafIndex[values] = leaves.count
    leaves.append(values)
    return leaves.count - 1
  }

  // MARK: - Writing

  /// The state of an answer.
  @inline(__always)
  private func state(of answer: CodedAnswer, _ question: Int) -> UInt8 {
    switch answer {
    case .notAsked: 0
    case .notAnswered: 1
    case .value(let value): isChoice[question] ? 2 : 2 &+ UInt8(truncatingIfNeeded: value & 15) & 15
    case .choices, .number, .text: 2
    }
  }

  /// Writes the draft of one question.
  package func draft(_ answer: CodedAnswer, of question: Int) {
    draft[question] = state(of: answer, question)
  }

  /// Adds a sheet whose states are the draft's; of questions with a slot `answers` tells more. O(questions).
  package func append(_ head: Head, drafted answers: UnsafeBufferPointer<CodedAnswer>) {
    let row = addressOfNew()
    count += 1
    row.storeBytes(of: head.respondent, as: UInt64.self)
    row.storeBytes(of: UInt32(truncatingIfNeeded: head.leaf), toByteOffset: 8, as: UInt32.self)
    let step = head.line - lastLine
    lastLine = head.line
    row.storeBytes(of: UInt8(clamping: step), toByteOffset: 12, as: UInt8.self)
    if lastPageRows == 1 {
      pageLines.append(head.line)
    } else if !(0..<255).contains(step) {
      farLines[count - 1] = head.line
    }
    if hasTime {
      row.storeBytes(of: UInt32(clamping: head.time), toByteOffset: timeOffset, as: UInt32.self)
    }
    if hasOccasion { row.storeBytes(of: head.occasion, toByteOffset: occasionOffset, as: UInt32.self) }
    if hasTandem { row.storeBytes(of: head.tandem, toByteOffset: tandemOffset, as: UInt64.self) }
    // The draft has a byte behind its last, which stays 0.
    var index = 0
    var place = row + nibbles
    while index < questionCount {
      place.storeBytes(of: draft[index] & 15 | draft[index + 1] << 4, as: UInt8.self)
      place += 1
      index += 2
    }
    for index in slotted where index < answers.count {
      let slot = row + slots[index]
      switch answers[index] {
      case .value(let value): slot.storeBytes(of: UInt16(truncatingIfNeeded: value), as: UInt16.self)
      case .choices(let bits): slot.storeBytes(of: bits, as: UInt64.self)
      case .number(let number): slot.storeBytes(of: number, as: Double.self)
      case .notAsked, .notAnswered, .text: break
      }
    }
  }

  /// Adds a sheet; `answers` are in the order of the layout's questions.
  package func append(_ head: Head, _ answers: UnsafeBufferPointer<CodedAnswer>) {
    for index in 0..<questionCount {
      draft[index] = index < answers.count ? state(of: answers[index], index) : 0
    }
    append(head, drafted: answers)
  }

  package func append(_ head: Head, _ answers: [CodedAnswer]) {
    answers.withUnsafeBufferPointer { append(head, $0) }
  }

  private func addressOfNew() -> UnsafeMutableRawPointer {
    if let lastPage, lastPageRows < rowsPerPage {
      lastPageRows += 1
      return lastPage + (lastPageRows - 1) * width
    }
    return addressOnNewPage()
  }

  private func addressOnNewPage() -> UnsafeMutableRawPointer {
    var fresh: UnsafeMutableRawPointer?
    if let lastPage, let place = shelf?.put(UnsafeRawBufferPointer(start: lastPage, count: pageBytes)) {
      pages[pages.count - 1] = .shelved(place)
      fresh = lastPage
    }
    let page = fresh ?? .allocate(byteCount: pageBytes, alignment: 16)
    pages.append(.held(page))
    lastPage = page
    lastPageRows = 1
    return page
  }

  private var pageBytes: Int { rowsPerPage * width }

  // MARK: - Reading

  /// Whether a page could not be had back: what was read of the store is worth nothing.
  package var isBroken: Bool { hasLost.load(ordering: .relaxed) }

  /// A sheet, valid during the call that hands it out.
  package struct Row {
    fileprivate let bytes: UnsafeRawPointer

    package var respondent: UInt64 { bytes.loadUnaligned(as: UInt64.self) }
    package var leaf: Int { Int(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)) }
  }

  /// Hands out the sheets of a range in order. The range must lie within `0..<count`.
  package func forEach(in range: Range<Int>, _ body: (Int, Row) throws -> Void) rethrows {
    var row = max(0, range.lowerBound)
    let end = min(count, range.upperBound)
    var room: UnsafeMutableRawPointer?
    defer { room?.deallocate() }
    while row < end {
      let page = row / rowsPerPage
      let last = min(end, (page + 1) * rowsPerPage)
      guard var bytes = read(page, &room) else { return }
      bytes += (row - page * rowsPerPage) * width
      while row < last {
        try body(row, Row(bytes: bytes))
        bytes += width
        row += 1
      }
    }
  }

  /// The page, in `room` where it was shelved.
  private func read(_ page: Int, _ room: inout UnsafeMutableRawPointer?) -> UnsafeRawPointer? {
    switch pages[page] {
    case .held(let page): return UnsafeRawPointer(page)
    case .shelved(let place):
      let own = room ?? .allocate(byteCount: pageBytes, alignment: 16)
      room = own
      if let shelf, shelf.get(place, UnsafeMutableRawBufferPointer(start: own, count: pageBytes)) {
        return UnsafeRawPointer(own)
      }
      hasLost.store(true, ordering: .relaxed)
      return nil
    }
  }

  /// The sheet of that number, which must be below `count`; nil where its page is lost.
  package func with<Result>(row: Int, _ body: (Row) -> Result) -> Result? {
    let page = row / rowsPerPage
    let offset = (row - page * rowsPerPage) * width
    switch pages[page] {
    case .held(let page): return body(Row(bytes: UnsafeRawPointer(page) + offset))
    case .shelved(let place):
      return withUnsafeTemporaryAllocation(byteCount: width, alignment: 16) { own in
        if let shelf, shelf.get(place + offset, own), let bytes = own.baseAddress {
          return body(Row(bytes: UnsafeRawPointer(bytes)))
        }
        hasLost.store(true, ordering: .relaxed)
        return nil
      }
    }
  }

  package func time(_ row: Row) -> Int {
    hasTime ? Int(row.bytes.loadUnaligned(fromByteOffset: timeOffset, as: UInt32.self)) : 0
  }

  package func occasion(_ row: Row) -> UInt32 {
    hasOccasion ? row.bytes.loadUnaligned(fromByteOffset: occasionOffset, as: UInt32.self) : 0
  }

  package func tandem(_ row: Row) -> UInt64 {
    hasTandem ? row.bytes.loadUnaligned(fromByteOffset: tandemOffset, as: UInt64.self) : 0
  }

  /// The line of the sheet of that number. O(sheets of a page): for messages.
  package func line(of row: Int) -> Int {
    let page = row / rowsPerPage
    var line = pageLines[page]
    forEach(in: (page * rowsPerPage + 1)..<max(page * rowsPerPage + 1, row + 1)) { number, sheet in
      line = farLines[number] ?? line + Int(sheet.bytes.load(fromByteOffset: 12, as: UInt8.self))
    }
    return line + firstLine
  }

  /// Every question's state (see `state`), two in a byte, the lower half first.
  package func states(_ row: Row) -> UnsafePointer<UInt8> {
    (row.bytes + nibbles).assumingMemoryBound(to: UInt8.self)
  }

  /// 0: not asked; 1: not answered; else 2 and, on a scale, the index of its value.
  @inline(__always)
  package func state(_ row: Row, _ question: Int) -> Int {
    let byte = row.bytes.load(fromByteOffset: nibbles + question / 2, as: UInt8.self)
    return Int(question & 1 == 0 ? byte & 15 : byte >> 4)
  }

  /// The answer to a question by its index.
  package func answer(_ row: Row, _ question: Int) -> CodedAnswer {
    let state = state(row, question)
    if state == 0 { return .notAsked }
    if state == 1 { return .notAnswered }
    switch layout.questions[question].coding {
    case .scale: return .value(state - 2)
    case .text: return .text
    case .choice:
      return .value(Int(row.bytes.loadUnaligned(fromByteOffset: slots[question], as: UInt16.self)))
    case .choices: return .choices(row.bytes.loadUnaligned(fromByteOffset: slots[question], as: UInt64.self))
    case .number: return .number(row.bytes.loadUnaligned(fromByteOffset: slots[question], as: Double.self))
    }
  }
}
