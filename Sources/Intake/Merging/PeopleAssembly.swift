package import Basics
package import Programme
package import Regions

/// Makes one person of all that was said about somebody: master data, questionnaires, profiles, in any order.
///
/// Who answered a questionnaire is an applicant and becomes a `person`; staff who did not apply serve the checks of
/// managers and departments. The result does not depend on the order in which rows were added.
package struct PeopleAssembly {
  /// What became of the rows.
  package struct Result: Sendable {
    /// By id.
    package var people: [Person] = []
    /// Each with the region's index.
    package var rejections: [(Rejection, region: Int)] = []
    package var diagnostics: [Diagnostic] = []
    /// Applicants who denied consent, by region.
    package var withoutConsent: [String: Int] = [:]
    /// Answers that a later one replaced.
    package var superseded: [String: Int] = [:]
  }

  /// Where somebody is known: the region's index and the employee number in it.
  package struct Key: Hashable, Sendable {
    package var region: Int
    package var employeeNumber: String
  }

  /// Where a field stands in a file, for messages.
  package struct Column: Sendable, Hashable {
    /// From 1.
    package var number: Int
    package var heading: String

    package init(number: Int, heading: String) {
      self.number = number
      self.heading = heading
    }
  }

  let regions: [Region]
  let files: [String]
  let columns: [[String: Column]]
  private(set) var staff = FactsTable()
  private(set) var answers = FactsTable()
  private var profiles = FactsTable()
  var regionsWithStaff: Set<Int> = []
  /// Paths of the master data, down to each depth.
  private(set) var departments: Set<Department> = []
  private var paths: [Int: Set<[String]>] = [:]
  /// Whether an answer names acquaintances, who may be known by their names alone.
  private(set) var hasAcquaintances = false
  let earlier: EarlierPeople?
  /// Rejected rows of master data, so that an answer is not told that the person does not exist.
  private var rejectedStaff: [RejectedRow] = []
  private var crowds = Crowds()

  /// `files` and `columns`: the names of the inputs, and where each has its fields, by `Facts.sheet`.
  ///
  /// - Parameter earlier: the people of an earlier import.
  package init(regions: [Region], files: [String], columns: [[String: Column]], earlier: [Person] = []) {
    self.regions = regions
    self.files = files
    self.columns = columns
    self.earlier = earlier.isEmpty ? nil : EarlierPeople(earlier, regions: regions)
  }

  /// Why rows that were added are lost; what was made of the others may not be used then.
  var failure: FileError? { staff.failure ?? answers.failure ?? profiles.failure }

  // MARK: - Adding

  package mutating func add(staff facts: Facts, region: Int) {
    guard facts.employeeNumber != nil else { return }
    forgetCrowds()
    staff.add(facts, region: region)
    addDepartments(facts.department, region: region)
    regionsWithStaff.insert(region)
  }

  package mutating func add(rejectedStaff row: RejectedRow, region: Int) {
    rejectedStaff.append(row)
    regionsWithStaff.insert(region)
  }

  package mutating func add(answers facts: Facts, region: Int) {
    answers.add(facts, region: region)
    if !facts.acquainted.isEmpty { hasAcquaintances = true }
  }

  package mutating func add(profile facts: Facts, region: Int) {
    profiles.add(facts, region: region)
  }

  /// What was found of numbers and addresses that many rows of master data share, where each question would read them all.
  private final class Crowds {
    /// So many rows are read again.
    static let least = 8
    var holders: [String: Set<Key>] = [:]
    var firstRows: [Key: Int] = [:]
    var isEmpty: Bool { holders.isEmpty && firstRows.isEmpty }
  }

  /// The rows of master data are others from now on. A copy keeps what it knows of its own.
  private mutating func forgetCrowds() {
    if !crowds.isEmpty { crowds = Crowds() }
  }

  private mutating func addDepartments(_ path: [String], region: Int) {
    guard paths[region, default: []].insert(path).inserted else { return }
    for depth in path.indices { departments.insert(Department(path[...depth], region: region)) }
  }

  mutating func renumber(_ row: Int, _ number: String) {
    forgetCrowds()
    staff.renumber(row, number)
  }

  // MARK: - Asking

  /// The regions on whose staff the address or the number is; for rows of a form that several regions share.
  package func regions(email: String?, employeeNumber: String?) -> Set<Int> {
    if let email, case let keys = staffKeys(email: email), !keys.isEmpty { return Set(keys.map(\.region)) }
    guard let employeeNumber else { return [] }
    return Set(
      regions.indices.filter { staff.contains(Key(region: $0, employeeNumber: employeeNumber)) })
  }

  /// The staff row of somebody, for the dimensions of a survey; nil where there is none or more than one person fits.
  package func staffFacts(email: String?, employeeNumber: String?, region: Int) -> Facts? {
    key(email: email, employeeNumber: employeeNumber, region: region).flatMap { firstRow(of: $0) }
  }

  private func key(email: String?, employeeNumber: String?, region: Int) -> Key? {
    if let employeeNumber,
      let key = staffKey(Key(region: region, employeeNumber: employeeNumber))
    {
      return key
    }
    guard let email else { return nil }
    let keys = staffKeys(email: email)
    if keys.isEmpty {
      // An address that was theirs when they answered.
      return earlier?.key(email: email).flatMap { staff.contains($0) ? $0 : nil }
    }
    let home = keys.filter { $0.region == region }
    if home.count == 1 { return home.first }
    return keys.count == 1 ? keys.first : nil
  }

  /// The key in master data, also where one of the two lacks the zeros that stand before the other.
  func staffKey(_ key: Key) -> Key? {
    if staff.contains(key) { return key }
    let plain = key.withoutZeros
    if plain != key, staff.contains(plain) { return plain }
    let keys = staff.keysWithZeros(plain)
    return keys.count == 1 ? keys.first : nil
  }

  /// Whose address it is in master data; the address in small letters.
  func staffKeys(email: String) -> Set<Key> {
    if let known = crowds.holders[email] { return known }
    let rows = staff.rows(email: email)
    let keys = Set(rows.compactMap { staff.identity($0)?.key })
    if rows.count > Crowds.least { crowds.holders[email] = keys }
    return keys
  }

  func firstRow(of key: Key) -> Facts? {
    if let known = crowds.firstRows[key] { return staff.facts(known) }
    let rows = staff.rows(of: key).map { (row: $0, facts: staff.facts($0)) }
    let first = rows.min { ($0.facts.sheet, $0.facts.line) < ($1.facts.sheet, $1.facts.line) }
    if let first, rows.count > Crowds.least { crowds.firstRows[key] = first.row }
    return first?.facts
  }

  // MARK: - Assembling

  package mutating func assemble() -> Result {
    var result = Result()
    restoreNumbers(&result)
    let managers = Managers(self)
    var bad: [Key: Rejection] = [:]
    chooseStaff(&bad, &result)
    let rejectedStaff = RejectedStaff(rejectedStaff)
    var applicants: [(key: Key, row: Int)] = []
    for row in answers.indices {
      let facts = answers.facts(row)
      switch applicant(facts, bad: bad, rejectedStaff) {
      case .person(let key):
        applicants.append((key, row))
        if let email = facts.emailKey, earlier?.key(email: email) == key, staffKeys(email: email).isEmpty,
          let now = bad[key] == nil ? firstRow(of: key)?.email : nil
        {
          result.diagnostics.append(
            Diagnostic(
              .note,
              "\(Quoted.word(email)) was the address of \(regions[key.region].id):\(key.employeeNumber) "
                + "(now \(Quoted.word(now)))", file: files[facts.sheet], line: facts.line,
              code: "changed-address"))
        }
      case .rejected(let rejection): result.rejections.append((rejection, facts.region ?? 0))
      }
    }
    let additions = Dictionary(grouping: profiles.indices) { row in
      let facts = profiles.facts(row)
      return key(email: facts.emailKey, employeeNumber: facts.employeeNumber, region: facts.region ?? 0)
    }
    applicants.sort { $0.key == $1.key ? $0.row < $1.row : inOrder($0.key, $1.key) }
    var unknown = UnknownManagers()
    var rows = applicants[...]
    while let key = rows.first?.key {
      let group = rows.prefix { $0.key == key }
      rows = rows.dropFirst(group.count)
      guard let facts = chooseAnswer(group.map { answers.facts($0.row) }, &result) else { continue }
      let staff = bad[key] == nil ? firstRow(of: key) : nil
      let person = person(
        key: key, staff: staff, answers: facts,
        profiles: (additions[key] ?? []).map { profiles.facts($0) }, managers: managers, &result)
      guard let person else { continue }
      result.people.append(person)
      if let manager = staff?.manager, !managers.isKnown(manager, of: key) {
        unknown.add(manager, region: person.region)
      }
    }
    result.diagnostics += unknown.diagnostics
    result.people.sort { $0.id < $1.id }
    result.rejections.sort {
      ($0.0.file, $0.0.line, $0.0.row, $0.0.fault) < ($1.0.file, $1.0.line, $1.0.row, $1.0.fault)
    }
    result.diagnostics.sort()
    return result
  }

  func inOrder(_ a: Key, _ b: Key) -> Bool {
    (regions[a.region].id, a.employeeNumber) < (regions[b.region].id, b.employeeNumber)
  }

  private func place(_ facts: Facts) -> String { "\(files[facts.sheet]):\(facts.line)" }

  private func rejection(_ facts: Facts, _ code: String, field: String? = nil, _ fault: String) -> Rejection {
    let column = field.flatMap { columns.indices.contains(facts.sheet) ? columns[facts.sheet][$0] : nil }
    return Rejection(
      file: files[facts.sheet], line: facts.line, row: facts.row, column: column?.number,
      heading: column?.heading, code: code, fault: fault, raw: facts.raw)
  }

  /// The field by which a row says whom it is about.
  private func identity(_ facts: Facts) -> String { facts.email != nil ? "email" : "employeeNumber" }

  /// One row of master data for each employee; rows that cannot be right go to `bad`.
  ///
  /// Rows that share neither number nor address with another, which is nearly all, are not read again.
  private func chooseStaff(_ bad: inout [Key: Rejection], _ result: inout Result) {
    let shared = SharedStaff(staff)
    for row in staff.indices
    where earlier != nil || staff.mayShareNumber(row) || staff.mayShareEmail(row) {
      guard let key = staff.identity(row)?.key, case let indexes = shared.rows(of: key) ?? [row],
        indexes.first == row
      else { continue }
      let rows = indexes.map { staff.facts($0) }.sorted { ($0.sheet, $0.line) < ($1.sheet, $1.line) }
      guard let first = rows.first else { continue }
      if let other = rows.dropFirst().first(where: { !$0.agrees(with: first) }) {
        let fields = Phrases.list(other.differences(from: first))
        for facts in rows {
          let opposite = facts.agrees(with: first) ? other : first
          let rejection = rejection(
            facts, "contradiction", field: other.differences(from: first).first,
            "employee \(key.employeeNumber) also appears at \(place(opposite)) with another \(fields): "
              + "keep the row that is right")
          result.rejections.append((rejection, key.region))
          if bad[key] == nil { bad[key] = rejection }
        }
        continue
      }
      if let email = first.emailKey,
        case let holders = shared.holders(of: email, region: key.region), holders.count > 1
      {
        let rejection = rejection(
          first, "shared-email", field: "email", PeopleAssembly.sharedEmail(email, of: key, holders))
        result.rejections.append((rejection, key.region))
        bad[key] = rejection
        continue
      }
      if let holder = earlierHolder(of: first, key) {
        let rejection = rejection(
          first, "changed-number", field: "employeeNumber",
          "\(Quoted.word(first.label)) was employee \(holder.employeeNumber) in the earlier import and is "
            + "\(key.employeeNumber) now: correct the number, or import once without --previous if it has changed"
        )
        result.rejections.append((rejection, key.region))
        bad[key] = rejection
      }
    }
  }

  /// Of few people the message names the others; of many it is the same for all, so that it is reported once.
  private static func sharedEmail(_ email: String, of key: Key, _ holders: [Key]) -> String {
    guard holders.count > PeopleAssembly.mostNamed else {
      let others = holders.filter { $0 != key }.map(\.employeeNumber)
      return
        "the address \(Quoted.word(email)) also belongs to employee \(Phrases.list(others)): correct one of them"
    }
    let some = holders.prefix(PeopleAssembly.mostNamed).map(\.employeeNumber).joined(separator: ", ")
    return
      "the address \(Quoted.word(email)) belongs to \(holders.count) employees (\(some), …): correct all but one of "
      + "them"
  }

  private static let mostNamed = 3

  private enum Applicant {
    case person(Key)
    case rejected(Rejection)
  }

  /// Whose answer it is, or why nobody's.
  private func applicant(
    _ facts: Facts, bad: [Key: Rejection], _ rejectedStaff: RejectedStaff
  ) -> Applicant {
    let region = facts.region ?? 0
    if let key = key(email: facts.emailKey, employeeNumber: facts.employeeNumber, region: region) {
      if let number = facts.employeeNumber, let email = facts.emailKey,
        case let holders = staffKeys(email: email), !holders.isEmpty, !holders.contains(key)
      {
        return .rejected(
          rejection(
            facts, "identity-mismatch", field: "employeeNumber",
            "employee \(number) has another address in the master data than \(email): correct one of them"))
      }
      guard let cause = bad[key] else { return .person(key) }
      return noStaffRecord(facts, because: cause)
    }
    if let cause = rejectedStaff.cause(of: facts) { return noStaffRecord(facts, because: cause) }
    if !regionsWithStaff.contains(region), let number = facts.employeeNumber, facts.name != nil,
      facts.site != nil, !facts.department.isEmpty
    {
      return .person(Key(region: region, employeeNumber: number))
    }
    let advice =
      regionsWithStaff.contains(region)
      ? "correct it, or add the person to the master data"
      : "import the master data of \(regions[region].id) together with the answers"
    return .rejected(
      rejection(
        facts, "no-staff-record", field: identity(facts), "no staff record for \(facts.label): \(advice)"))
  }

  private func noStaffRecord(_ facts: Facts, because cause: Rejection) -> Applicant {
    .rejected(
      rejection(
        facts, "no-staff-record", field: identity(facts),
        "the staff record of \(facts.label) was rejected (\(cause.file):\(cause.line)): correct that row and import "
          + "both again"))
  }

  /// The answer that counts: the only one, or the latest by its time stamp.
  private func chooseAnswer(_ group: [Facts], _ result: inout Result) -> Facts? {
    let rows = group.sorted { ($0.sheet, $0.line) < ($1.sheet, $1.line) }
    guard let first = rows.first else { return nil }
    guard rows.count > 1 else { return first }
    let latest = rows.compactMap(\.timestamp).max { $0.secondsSinceEpoch < $1.secondsSinceEpoch }
    let isDated = rows.allSatisfy { $0.timestamp != nil }
    let winners =
      isDated ? rows.filter { $0.timestamp?.secondsSinceEpoch == latest?.secondsSinceEpoch } : rows
    guard let winner = winners.first else { return nil }
    if let other = winners.dropFirst().first(where: { !$0.agrees(with: winner) }) {
      for facts in rows {
        let opposite = facts.agrees(with: winner) ? other : winner
        let fields = Phrases.list(facts.differences(from: opposite))
        let rejection = rejection(
          facts, "contradiction", field: facts.differences(from: opposite).first,
          "\(facts.label) also answered at \(place(opposite)) with another \(fields), and no time stamp shows which "
            + "is later: keep the one that counts")
        result.rejections.append((rejection, facts.region ?? 0))
      }
      return nil
    }
    for facts in rows where facts.sheet != winner.sheet || facts.line != winner.line {
      result.superseded[regions[facts.region ?? 0].id, default: 0] += 1
      let message =
        facts.agrees(with: winner)
        ? "the answer of \(facts.label) is repeated at \(place(winner)): one of them counts"
        : "the answer of \(facts.label) is replaced by the later one at \(place(winner))"
      result.diagnostics.append(
        Diagnostic(.warning, message, file: files[facts.sheet], line: facts.line, code: "superseded"))
    }
    return winner
  }

  private func person(
    key: Key, staff: Facts?, answers: Facts, profiles: [Facts], managers: Managers, _ result: inout Result
  ) -> Person? {
    let region = regions[key.region]
    if answers.consent == false {
      result.withoutConsent[region.id, default: 0] += 1
      return nil
    }
    func reject(_ code: String, _ field: String, _ fault: String) -> Person? {
      result.rejections.append((rejection(answers, code, field: field, fault), key.region))
      return nil
    }
    let missing = "fill it in, in the master data of \(region.id)"
    guard let role = answers.role ?? staff?.role else {
      return reject("unknown-role", "role", "no role for \(answers.label): fill it in")
    }
    guard let name = staff?.name ?? answers.name else {
      return reject("no-name", "name", "no name for \(answers.label): \(missing)")
    }
    guard let email = staff?.email ?? answers.email else {
      return reject("bad-email", "email", "no e-mail address for employee \(key.employeeNumber): \(missing)")
    }
    guard let siteName = staff?.site ?? answers.site, let site = region.site(named: siteName) else {
      return reject("unknown-site", "site", "no site for \(answers.label): \(missing)")
    }
    if !answers.department.isEmpty, staff != nil,
      !managers.knows(department: answers.department, region: key.region)
    {
      return reject(
        "unknown-department", "department",
        "the department \(Quoted.word(answers.department.joined(separator: "/"))) of \(answers.label) is not in the "
          + "master data of \(region.id): correct it there or here")
    }
    var person = Person(
      id: PersonID(region: region.id, employeeNumber: key.employeeNumber), region: region.id, site: site.name,
      name: name, email: email, role: role,
      department: staff.map(\.department).flatMap { $0.isEmpty ? nil : $0 } ?? answers.department,
      timeZone: staff?.timeZone ?? answers.timeZone ?? site.timeZone)
    person.level = staff?.level ?? answers.level
    person.manager = managers.id(staff?.manager ?? answers.manager, of: key)
    person.languages = staff?.languages ?? answers.languages ?? []
    for other in (staff?.aliases ?? []) + answers.aliases
    where other != person.email.lowercased() && !person.aliases.contains(other) {
      person.aliases.append(other)
    }
    person.learn = answers.learn
    person.teach = answers.teach
    person.interests = answers.interests
    person.said = answers.said
    for profile in profiles {
      for id in profile.interests where !person.interests.contains(id) { person.interests.append(id) }
      for (field, words) in profile.said {
        for word in words where !(person.said[field] ?? []).contains(word) {
          person.said[field, default: []].append(word)
        }
      }
    }
    person.capacity = answers.capacity ?? staff?.capacity
    for (key, path) in Person.flags { person[keyPath: path] = answers.flags[key] }
    person.workingHours = staff?.workingHours ?? answers.workingHours
    person.attributes = (staff?.attributes ?? [:]).merging(answers.attributes) { master, _ in master }
    for word in answers.acquainted {
      if let id = managers.acquaintance(word, of: key) {
        if !person.acquainted.contains(id) { person.acquainted.append(id) }
      } else {
        result.diagnostics.append(
          Diagnostic(
            .warning,
            "\(Quoted.word(word)), whom \(answers.label) knows, is not in the master data: write an "
              + "employee number or an e-mail address", file: files[answers.sheet], line: answers.line,
            code: "unknown-acquaintance"))
      }
    }
    person.source = SourcePlace(file: files[answers.sheet], line: answers.line)
    return person
  }
}
