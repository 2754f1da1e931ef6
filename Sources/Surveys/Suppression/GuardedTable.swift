/// One question's counts over all slices that may be published: what the suppression works on, for every kind of question.
package struct GuardedTable: Hashable, Sendable {
  /// How a cell's answers make up its count.
  package enum Counting: Hashable, Sendable {
    /// Only the count is published.
    case plain
    /// Each answer is one of the values: their counts add up to the number of answers.
    case exclusive
    /// Each answer is any number of the values: none is given more often than was answered.
    case overlapping
    /// A sum (or a mean, which gives it away) is published beside the count.
    case sums
    /// How many answers there are is known, and their sum is what other tables leave over: each answer is one of the numbers, or any
    /// number at all.
    case rests(ClosedRange<Int>?)
  }

  package struct Cell: Hashable, Sendable {
    package var slice: Slice
    package var answered: Int
    /// Distinct people behind the answers.
    package var respondents: Int
    /// Distinct tandems of those people; 0: none is known.
    package var tandems: Int
    /// How often each value was given; empty where the table counts plainly or sums; the sum where the table is of rests.
    package var values: [Int]
    /// All answered alike, or all but one, who then knows what each of the others said.
    package var isUniform: Bool
    /// What the attacker knows the count not to exceed: the asked, where these are known from elsewhere.
    package var most: Int?
    /// What the attacker knows it to be at least.
    package var least: Int?

    package init(
      slice: Slice, answered: Int, respondents: Int? = nil, tandems: Int = 0, values: [Int] = [],
      isUniform: Bool? = nil, most: Int? = nil, least: Int? = nil
    ) {
      self.slice = slice
      self.answered = answered
      self.respondents = respondents ?? answered
      self.tandems = tandems
      self.values = values
      self.isUniform = isUniform ?? GuardedTable.isUniform(values, of: answered)
      self.most = most
      self.least = least
    }
  }

  /// Whether a value was given by all, or by all but one. A single answer is never published anyway.
  package static func isUniform(_ counts: some Sequence<Int>, of answered: Int) -> Bool {
    answered > 0 && counts.contains { $0 >= max(1, answered - 1) }
  }

  /// Figures of a slice beside its counts, as they went out before.
  package enum OtherFigures: Hashable, Sendable {
    /// None was published.
    case unpublished
    /// They are today's, or add nothing to the counts by value.
    case same
    case different
  }

  /// What went out of a slice before.
  package enum Earlier: Hashable, Sendable {
    case hidden
    /// The counts by value are nil where they were withheld or never published.
    case shown(answered: Int, values: [Int]?, other: OtherFigures)
  }

  package var counting: Counting
  /// Fewest distinct people about whom anything is published.
  package var minimum: Int
  package var cells: [Cell]
  /// Hidden whatever they hold.
  package var withheld: Set<Slice> = []
  /// Nothing but their count is shown, whatever they hold.
  package var coarsened: Set<Slice> = []
  /// By slice, for each earlier publication.
  package var earlier: [[Slice: Earlier]] = []
}
