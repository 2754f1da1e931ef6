/// Who could come when, and what it costs: a workshop's mentors and candidate dates, free of calendars.
package struct DateProblem: Sendable {
  /// One way to hold the workshop: a date, an hour, a venue, and in how many groups at once.
  package struct Candidate: Hashable, Sendable {
    package var capacity: Int
    /// Fewer people do not make a workshop.
    package var smallest: Int
    /// Groups that meet side by side: a department is spread over them.
    package var groups: Int
    /// What opening it costs.
    package var opening: Int
    /// Candidates of one slot exclude each other: the same hour and rooms, in more or fewer groups.
    package var slot: Int
    /// What each further person costs the date, whoever it is; never less than the one before. Empty: nothing.
    package var seats: [Int]

    package init(
      capacity: Int, smallest: Int, groups: Int = 1, opening: Int, slot: Int, seats: [Int] = []
    ) {
      self.capacity = capacity
      self.smallest = smallest
      self.groups = groups
      self.opening = opening
      self.slot = slot
      self.seats = seats
    }

    /// What one more person costs who comes after so many others.
    func seat(after others: Int) -> Int { seats.isEmpty ? 0 : seats[min(others, seats.count - 1)] }
  }

  package private(set) var candidates: [Candidate]
  /// By mentor: the department's number.
  package private(set) var departments: [Int]
  package let departmentCount: Int
  /// What a mentor costs who is left out.
  package let missingCost: Int
  /// By mentor, then by candidate, with "left out" as the last: what coming costs, `never` where they cannot.
  let costs: [Int32]

  /// More than any sum of costs on a path.
  static let never: Int32 = 1 << 29

  /// - Parameters:
  ///   - departments: by mentor, from 0 on.
  ///   - cost: of a mentor at a candidate; nil: the mentor cannot come. At most 100,000.
  package init(
    candidates: [Candidate], departments: [Int], missingCost: Int,
    cost: (_ mentor: Int, _ candidate: Int) -> Int?
  ) {
    self.candidates = candidates
    self.departments = departments
    departmentCount = (departments.max() ?? -1) + 1
    self.missingCost = missingCost
    var costs: [Int32] = []
    costs.reserveCapacity(departments.count * (candidates.count + 1))
    for mentor in departments.indices {
      for candidate in candidates.indices {
        costs.append(
          cost(mentor, candidate).map { Int32(clamping: min($0, 100_000)) } ?? DateProblem.never)
      }
      costs.append(Int32(clamping: min(missingCost, 100_000)))
    }
    self.costs = costs
  }

  package var mentorCount: Int { departments.count }

  package func canCome(_ mentor: Int, _ candidate: Int) -> Bool {
    costs[mentor * (candidates.count + 1) + candidate] != DateProblem.never
  }
}

/// Which dates are held, and who comes to which.
package struct DatePlan: Hashable, Sendable {
  /// The candidates that are held, ascending.
  package var held: [Int]
  /// By mentor: the candidate; nil: left out.
  package var date: [Int?]
  package var cost: Int
}
