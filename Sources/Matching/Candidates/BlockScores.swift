import Basics
import Programme
import Regions

/// The scores of one mentor with all mentees of a block: `ScoreBook.score`, prepared for a row at a time.
///
/// Topics are looked up in a table of each mentee's nearest offers; free words go through an inverted index, so that only
/// pieces that both said cost time.
struct BlockScores {
  private let book: ScoreBook
  private let mentees: [Int32]
  private let topicCount: Int
  /// Of mentee *m* and topic *t* at `m * topicCount + t`: how near the mentee's nearest is.
  private var offers: [Int16] = []
  private var pursuits: [Int16] = []
  /// By field: the mentees in whose words a piece occurs, and its weight there.
  private var postings: [Postings] = []
  private var departments: [[String]: Int] = [:]
  private var departmentOf: [Int] = []
  private var distances: [[String]: [Int]] = [:]
  private let hasWords: Bool
  private let weights: [MatchingSettings.Weights]
  private let shares: [Int]
  private let settingsOf: [Int]

  init(_ book: ScoreBook, mentees: [Int32]) {
    self.book = book
    self.mentees = mentees
    topicCount = book.topics.count
    weights = book.applicants.settings.map(\.weights)
    shares = book.applicants.settings.map(\.freeWords)
    settingsOf = mentees.map { Int(book.applicants.settingsOf[Int($0)]) }
    offers.reserveCapacity(mentees.count * topicCount)
    pursuits.reserveCapacity(mentees.count * topicCount)
    for mentee in mentees {
      offers.append(contentsOf: book.topics.best(book.teach[Int(mentee)]))
      pursuits.append(contentsOf: book.topics.best(book.interests[Int(mentee)]))
      let department = book.applicants.people[Int(mentee)].department
      let number = departments[department] ?? departments.count
      departments[department] = number
      departmentOf.append(number)
    }
    postings = WordTable.Field.allCases.map { Postings(book.words, mentees, $0) }
    hasWords = postings.contains { !$0.isEmpty }
  }

  /// Calls `body` with each position whose bit is set, its total, taught and returned.
  mutating func forEach(
    of mentor: Int, in row: [UInt64],
    _ body: (_ position: Int, _ score: Int, _ taught: Int, _ returned: Int) -> Void
  ) {
    let ownOffers = book.topics.best(book.teach[mentor])
    let ownPursuits = book.topics.best(book.interests[mentor])
    let ownWishes = book.learn[mentor]
    let ownInterests = book.interests[mentor]
    let distances = distances(of: mentor)
    let taughtWords = likeness(of: mentor, .teach, to: .learn)
    let returnedWords = likeness(of: mentor, .learn, to: .teach)
    let sharedWords = likeness(of: mentor, .interests, to: .interests)
    for word in row.indices {
      var bits = row[word]
      while bits != 0 {
        let position = word << 6 + bits.trailingZeroBitCount
        bits &= bits &- 1
        let mentee = Int(mentees[position])
        let share = shares[settingsOf[position]]
        let base = position * topicCount
        func part(_ topics: Int, _ likeness: [Int], hasTopics: Bool) -> Int {
          topics
            + ScoreFormula.words(
              topics: topics, likeness: likeness.isEmpty ? 0 : WordsMeasure.thousandths(likeness[position]),
              share: share, hasTopics: hasTopics)
        }
        let wishes = book.learn[mentee]
        let taught = part(
          ScoreFormula.wishes(wishes.count) { Int(ownOffers[Int(wishes[$0])]) }, taughtWords,
          hasTopics: !wishes.isEmpty)
        let returned = part(
          ScoreFormula.wishes(ownWishes.count) { Int(offers[base + Int(ownWishes[$0])]) }, returnedWords,
          hasTopics: !ownWishes.isEmpty)
        let interests = book.interests[mentee]
        var theirs = 0
        for topic in interests { theirs += Int(ownPursuits[Int(topic)]) }
        var own = 0
        for topic in ownInterests { own += Int(pursuits[base + Int(topic)]) }
        let shared = part(
          ScoreFormula.interests(own, of: ownInterests.count, theirs, of: interests.count), sharedWords,
          hasTopics: !ownInterests.isEmpty && !interests.isEmpty)
        let total = ScoreFormula.total(
          weights[settingsOf[position]], taught: taught, returned: returned, shared: shared,
          distance: distances[departmentOf[position]])
        body(position, total, taught, returned)
      }
    }
  }

  /// By the block's number of a department.
  private mutating func distances(of mentor: Int) -> [Int] {
    let own = book.applicants.people[mentor].department
    if let known = distances[own] { return known }
    var row = [Int](repeating: 0, count: departments.count)
    for (department, number) in departments { row[number] = ScoreFormula.distance(own, department) }
    distances[own] = row
    return row
  }

  /// Products of the mentor's words with those of each mentee; empty where nobody said anything.
  private func likeness(
    of mentor: Int, _ field: WordTable.Field, to other: WordTable.Field
  ) -> [Int] {
    guard hasWords else { return [] }
    var products = [Int](repeating: 0, count: mentees.count)
    let index = postings[other.rawValue]
    for place in book.words.range(mentor, field) {
      let weight = Int(book.words.weights[place])
      index.forEach(book.words.pieces[place]) { position, theirs in
        products[Int(position)] += weight * Int(theirs)
      }
    }
    return products
  }
}

/// An inverted index over the words of a block's mentees in one field.
struct Postings {
  /// The pieces that occur, ascending, and for each where its mentees begin.
  private var startOf: [Int32: Int32] = [:]
  private var starts: [Int32] = []
  private var positions: [Int32] = []
  private var weights: [UInt16] = []

  var isEmpty: Bool { positions.isEmpty }

  init(_ words: WordTable, _ mentees: [Int32], _ field: WordTable.Field) {
    var counts: [Int32] = []
    for mentee in mentees {
      for place in words.range(Int(mentee), field) {
        let piece = words.pieces[place]
        if let number = startOf[piece] {
          counts[Int(number)] += 1
        } else {
          startOf[piece] = Int32(truncatingIfNeeded: counts.count)
          counts.append(1)
        }
      }
    }
    starts = [0]
    starts.reserveCapacity(counts.count + 1)
    var sum: Int32 = 0
    for count in counts {
      sum += count
      starts.append(sum)
    }
    positions = [Int32](repeating: 0, count: Int(sum))
    weights = [UInt16](repeating: 0, count: Int(sum))
    var next = starts
    for (position, mentee) in mentees.enumerated() {
      for place in words.range(Int(mentee), field) {
        guard let number = startOf[words.pieces[place]] else { continue }
        let slot = Int(next[Int(number)])
        positions[slot] = Int32(truncatingIfNeeded: position)
        weights[slot] = words.weights[place]
        next[Int(number)] += 1
      }
    }
  }

  func forEach(_ piece: Int32, _ body: (Int32, UInt16) -> Void) {
    guard let number = startOf[piece] else { return }
    for slot in Int(starts[Int(number)])..<Int(starts[Int(number) + 1]) {
      body(positions[slot], weights[slot])
    }
  }
}
