import Basics
import Foundation
import Intake
import Programme
import RecordStream
import Regions
import Surveys
import ToolSupport

/// The answers of a run, out of exports and streams, and the tandems of those who gave them.
struct SurveyAnswers {
  private let plan: SurveyPlan
  private let regions: [Region]
  private let wishes: FormWishes
  /// What is said of one file, by its name.
  private var ownWishes: [String: FormWishes] = [:]
  private let folder: ConfigurationFolder
  private let console: Console
  /// In the order of the inputs' names.
  private(set) var stores: [AnswerStore] = []
  private(set) var earlierStores: [AnswerStore] = []
  /// By the hash of a person's id.
  private(set) var tandems: [UInt64: [UInt64]] = [:]
  private var others: [String: Int] = [:]
  private var people: [PersonID: Person] = [:]
  private var pairs: [Tandem] = []
  /// Half a million responses or so are held; more go to the disk.
  private let scratch = ScratchPages(keep: 12 << 20)

  init(
    plan: SurveyPlan, regions: [Region], wishes: FormWishes, folder: ConfigurationFolder, console: Console
  ) {
    self.plan = plan
    self.regions = regions
    self.wishes = wishes
    self.folder = folder
    self.console = console
  }

  mutating func read(_ paths: [String]) throws {
    var exports: [ByteSource] = []
    var streams: [Input] = []
    try open(paths, &exports, &streams)
    for stream in streams.sorted(by: { $0.name.precedesByBytes($1.name) }) { try read(stream) }
    // The plan says who the people are that the exports are of; in the table exports come first.
    let (ofStreams, earlierOfStreams) = (stores, earlierStores)
    (stores, earlierStores) = ([], [])
    if !exports.isEmpty { try read(exports) }
    stores += ofStreams
    earlierStores += earlierOfStreams
    for (survey, count) in others.sorted(by: { $0.key.precedesByBytes($1.key) }) {
      console.report(
        Diagnostic(
          .note, "\(counted(count, "response")) to `\(survey)` left out",
          code: "other-survey"))
    }
  }

  /// All are opened before any work.
  private mutating func open(_ paths: [String], _ exports: inout [ByteSource], _ streams: inout [Input])
    throws
  {
    var isComplete = true
    var isSound = true
    let arguments: [ExportArgument]
    do throws(ExportFault) {
      arguments = try ExportArgument.all(paths)
    } catch {
      throw ToolFailure(.usage, error.message, file: error.argument)
    }
    for argument in arguments {
      if argument.wishes != FormWishes() { ownWishes[argument.name] = argument.wishes }
      do throws(SourceProblem) {
        let source = try argument.open()
        if source.isRecords { streams.append(try source.records()) } else { exports.append(source) }
      } catch {
        console.report(Rejection(error).diagnostic)
        if error.isMissing { isComplete = false } else { isSound = false }
      }
    }
    guard isComplete else { throw ToolFailure(.noInput) }
    // A table of the other files would look like one of all answers.
    guard isSound else { throw ToolFailure(.badInput) }
  }

  private mutating func read(_ exports: [ByteSource]) throws {
    var read: [AnswerStore] = []
    let progress = Progress("rows read", on: console)
    let console = console
    var run = ImportRun(
      regions: regions, wishes: wishes, ownWishes: ownWishes, layouts: plan.layouts, shelf: scratch.shelf,
      planned: planned(),
      sinks: ImportRun.Sinks(
        diagnostic: { console.report($0) }, people: { _ in }, response: { _ in }, rejection: { _, _ in },
        progress: { progress.update(done: $0) }, answers: { read.append($0) }))
    run.shipped = { [folder] in folder.shippedForms }
    do {
      _ = try run.run(exports)
    } catch let error as DimensionTooWide {
      throw SurveyError.dimensionTooWide(error.dimension, most: AnswerStore.Layout.greatestDimension)
    }
    progress.finish()
    for store in read { add(store) }
  }

  /// The people of the streams, with the role that they have in their tandems; in those that have ended, where they have no
  /// other.
  private func planned() -> [Person] {
    let current = roles { $0.status != .ended }
    let former = roles { $0.status == .ended }
    return people.values.map { person in
      var person = person
      if let own = current[person.id] ?? former[person.id] {
        person.role = own.count == 1 ? own.first ?? .either : .either
      }
      return person
    }
  }

  private func roles(_ counts: (Tandem) -> Bool) -> [PersonID: Set<Role>] {
    var roles: [PersonID: Set<Role>] = [:]
    for tandem in pairs where counts(tandem) {
      roles[tandem.mentor, default: []].insert(.mentor)
      roles[tandem.mentee, default: []].insert(.mentee)
    }
    return roles
  }

  private mutating func add(_ store: AnswerStore) {
    if store.layout.survey == plan.survey.name {
      stores.append(store)
    } else {
      earlierStores.append(store)
    }
  }

  private mutating func read(_ stream: Input) throws {
    var reader = ResponseReader(
      file: stream.name, surveys: [plan.survey], dimensions: plan.dimensions, shelf: scratch.shelf)
    var earlier = ResponseReader(file: stream.name, surveys: plan.earlier.map { [$0] } ?? [], dimensions: [])
    let earlierName = plan.earlier?.name
    var tandems = tandems
    var people = people
    var pairs = pairs
    try RecordReader(stream, log: console.report).forEachLine { line in
      switch line.kind {
      case "response":
        guard case .response(let response) = try line.decode() else { return }
        if response.survey == earlierName {
          try earlier.add(response, line: line.number)
        } else {
          try reader.add(response, line: line.number)
        }
      case "tandem":
        guard case .tandem(let tandem) = try line.decode() else { return }
        pairs.append(tandem)
        let id = StableHash(tandem.id.text.utf8).value
        for person in [tandem.mentor, tandem.mentee] {
          tandems[StableHash(person.text.utf8).value, default: []].append(id)
        }
      case "person":
        guard case .person(let person) = try line.decode() else { return }
        people[person.id] = person
      case PartialAggregate.Header.fields.description.kind:
        throw ToolFailure(
          .usage, "holds partial aggregates, not answers: `tandem-survey merge` makes a table of them",
          file: stream.name)
      default: break
      }
    }
    self.tandems = tandems
    self.people = people
    self.pairs = pairs
    for store in reader.stores.values where store.count > 0 { stores.append(store) }
    for store in earlier.stores.values where store.count > 0 { earlierStores.append(store) }
    others.merge(reader.others, uniquingKeysWith: +)
  }

  /// The people of a cohort's tandems who are asked, by id; of no role in particular where the audience is empty.
  func asked(cohort: String, audience: [String]) -> [FollowUp.Asked] {
    var roles: [PersonID: Set<String>] = [:]
    for tandem in pairs where tandem.cohort == cohort && tandem.status != .ended {
      roles[tandem.mentor, default: []].insert("mentor")
      roles[tandem.mentee, default: []].insert("mentee")
    }
    let asked = roles.filter { audience.isEmpty || !$0.value.isDisjoint(with: audience) }
    return asked.keys.sorted { $0.text.precedesByBytes($1.text) }.compactMap { id in
      people[id].map {
        FollowUp.Asked(person: $0, role: (asked[id] ?? []).sorted().joined(separator: " and "))
      }
    }
  }

  /// Throws where responses that went to the disk cannot be read back: the figures would be of the others only.
  func checkDisk() throws {
    guard (stores + earlierStores).contains(where: \.isBroken) else { return }
    throw ToolFailure(.ioError, "a temporary file cannot be read back: free some space for it, or set TMPDIR")
  }

  /// So many are named one by one; the others are counted.
  private static let mostNamed = 20

  /// Names the responses that do not count.
  func report(_ repeats: Repeats) {
    for one in repeats.superseded.prefix(SurveyAnswers.mostNamed) {
      let by = place(one.by)
      let own = place(one.response)
      let other = by.file == own.file ? "in line \(by.line)" : "in \(by.file):\(by.line)"
      console.report(
        Diagnostic(
          .warning,
          "the same person answered `\(plan.survey.name)` again \(other): the later response counts",
          file: own.file, line: own.line, code: "duplicate-respondent"))
    }
    let more = repeats.superseded.count - SurveyAnswers.mostNamed
    if more > 0 {
      console.report(
        Diagnostic(
          .warning, "\(more) more responses are left out for a later one of the same person",
          code: "duplicate-respondent"))
    }
    let nameless = stores.filter { store in
      store.count > 0 && store.with(row: 0) { $0.respondent == 0 } == true
    }
    for store in nameless {
      console.report(
        Diagnostic(
          .warning, "no column says who answered: each row counts as another person", file: store.file,
          code: "nameless"))
    }
  }

  private func place(_ reference: Repeats.Reference) -> (file: String, line: Int) {
    let store = stores[reference.store]
    return (store.file, store.line(of: reference.row))
  }
}
