/// One question's counts over all slices that may go out: what the suppression works on, whatever was asked.
package struct GuardedTable: Hashable, Sendable {
  /// How a cell's answers make up its count.
  package enum Counting: Hashable, Sendable {
    /// Nothing but the count is told.
    case plain
    /// Each answer is one of the values: their counts add up to the answered.
    case exclusive
    /// Each answer is any number of the values: none is given more often than was answered.
    case overlapping
    /// A sum (or a mean, which is one) stands beside the count.
    case sums
  }

  package struct Cell: Hashable, Sendable {
    package var slice: Slice
    package var answered: Int
    /// Distinct people behind the answers.
    package var respondents: Int
    /// Distinct tandems of those people; 0: none is known.
    package var tandems: Int
    /// How often each value was given; empty where the table counts plainly or sums.
    package var values: [Int]
    /// All answered alike.
    package var isUniform: Bool
    /// What the attacker knows the count not to exceed: the asked, where these are known from elsewhere.
    package var most: Int?

    package init(
      slice: Slice, answered: Int, respondents: Int? = nil, tandems: Int = 0, values: [Int] = [],
      isUniform: Bool? = nil, most: Int? = nil
    ) {
      self.slice = slice
      self.answered = answered
      self.respondents = respondents ?? answered
      self.tandems = tandems
      self.values = values
      self.isUniform = isUniform ?? (answered > 0 && values.contains(answered))
      self.most = most
    }
  }

  /// What went out of a slice before.
  package enum Earlier: Hashable, Sendable {
    case hidden
    /// The counts by value are nil where they were withheld or are not told; the mean is nil where none was told, or it is today's.
    case shown(answered: Int, values: [Int]?, mean: Double?)
  }

  package var counting: Counting
  /// Fewest distinct people of whom anything is told.
  package var minimum: Int
  package var cells: [Cell]
  /// Hidden whatever they hold.
  package var withheld: Set<Slice> = []
  /// By slice, for each earlier publication.
  package var earlier: [[Slice: Earlier]]

  package init(
    counting: Counting, minimum: Int, cells: [Cell], earlier: [[Slice: Earlier]] = []
  ) {
    self.counting = counting
    self.minimum = minimum
    self.cells = cells
    self.earlier = earlier
  }
}
