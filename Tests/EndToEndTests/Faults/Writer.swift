import Foundation
import Synchronization
import TestSupport
import Testing

/// A call that writes something, and what must hold of it.
struct Writer: Sendable, CustomTestStringConvertible {
  var name: String
  var call: [String]
  /// The file that is its standard input.
  var input: String?
  /// Makes what stands before the call, in its folder.
  var prepare: @Sendable (_ folder: Desk, _ material: Material) throws -> Void
  /// Files to which lines are added.
  var grows: Set<String> = []
  /// Files of lines about what was done, each added after it was: the last may be missing.
  var lists: Set<String> = []
  /// Files that tell of the moment, such as when a mail went.
  var isOfTheMoment: @Sendable (String) -> Bool = { _ in false }
  /// How a repeated run may end where the killed one had done all.
  var whenDone: Int32?
  /// A second run does more: where the first had done all, it is not repeated, and must have said so.
  var isOnce = false
  /// Standard output tells what this very run did.
  var tellsItsOwn = false

  var testDescription: String { name }

  /// A folder of a test, with its streams beside it; gone when the test is.
  final class Desk: Sendable {
    let path: String
    private let parent: WorkFolder

    init() throws {
      parent = try WorkFolder()
      path = parent.path + "/desk"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// A copy of another.
    init(copying other: Desk) throws {
      parent = try WorkFolder()
      path = parent.path + "/desk"
      try FileManager.default.copyItem(atPath: other.path, toPath: path)
    }

    func file(_ name: String, _ text: String) throws {
      let url = URL(fileURLWithPath: "\(path)/\(name)")
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }

    /// A run that must end well.
    func run(_ call: [String], input: String? = nil, expecting statuses: Set<Int32> = [0]) throws {
      let ending = try Child.run(call, in: path, input: input)
      guard statuses.contains(ending.status) else {
        throw Material.Failed(call: call, status: ending.status, errors: ending.errors)
      }
    }
  }

  func desk() throws -> Desk {
    let desk = try Desk()
    try prepare(desk, Material.made.get())
    return desk
  }

  func run(in desk: Desk, environment: [String: String] = [:], redirection: String = "") throws
    -> Child.Ending
  {
    try Child.run(call, in: desk.path, input: input, environment: environment, redirection: redirection)
  }

  /// The run that nothing disturbs.
  struct Undisturbed: Sendable {
    var base: Writer.Desk
    var before: Snapshot
    var after: Snapshot
    var ending: Child.Ending
    var seconds: Double
  }

  private static let known = Mutex<[String: Undisturbed]>([:])
  /// Their folders go with the tests.
  private static let goesWithTheTests: Void = { _ = atexit { known.withLock { $0.removeAll() } } }()

  /// Made once: many tests ask for it.
  func undisturbed() throws -> Undisturbed {
    if let known = Writer.known.withLock({ $0[name] }) { return known }
    Writer.goesWithTheTests
    let made = try makeUndisturbed()
    Writer.known.withLock { $0[name] = made }
    return made
  }

  private func makeUndisturbed() throws -> Undisturbed {
    let base = try desk()
    let desk = try Desk(copying: base)
    let start = ContinuousClock.now
    let ending = try run(in: desk)
    let taken = ContinuousClock.now - start
    let (before, after) = (try Snapshot(base.path), try Snapshot(desk.path))
    #expect([0, 65].contains(ending.status), "\(name): \(ending.status) \(ending.errors)")
    #expect(before != after, "\(name) writes something")
    #expect(!after.files.keys.contains(where: Snapshot.isDraft), "\(name) leaves a draft behind")
    return Undisturbed(
      base: base, before: before, after: after, ending: ending,
      seconds: Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18)
  }

  /// After a run that was stopped: nothing is half, and the same call again brings all to where an undisturbed one does.
  func mend(_ desk: Desk, as whole: Undisturbed, _ stopped: Child.Ending, _ moment: String) throws {
    let left = try Snapshot(desk.path)
    let harm = left.harm(from: whole.before, to: whole.after, grows: grows) {
      isOfTheMoment($0) || lists.contains($0)
    }
    #expect(harm == [], "\(name), \(moment)")
    let isDone = left.differences(from: whole.after) {
      isOfTheMoment($0) || lists.contains($0) || Snapshot.isDraft($0)
    }.isEmpty
    if isDone, isOnce {
      #expect(stopped.output == whole.ending.output, "\(name), \(moment): standard output of the killed run")
      return
    }
    let again = try run(in: desk)
    if isDone, let whenDone {
      #expect([whole.ending.status, whenDone].contains(again.status), "\(name), \(moment): \(again.errors)")
    } else {
      #expect(again.status == whole.ending.status, "\(name), \(moment): \(again.errors)")
      if !tellsItsOwn {
        #expect(again.output == whole.ending.output, "\(name), \(moment): standard output")
      }
    }
    let mended = try Snapshot(desk.path)
    #expect(
      mended.differences(from: whole.after) { isOfTheMoment($0) || lists.contains($0) } == [],
      "\(name), \(moment)")
    for list in lists {
      func lines(_ snapshot: Snapshot) -> Set<ArraySlice<UInt8>> {
        Set((snapshot[list] ?? []).split(separator: 10))
      }
      let (listed, wanted) = (lines(mended), lines(whole.after))
      #expect(listed.isSubset(of: wanted) && wanted.count - listed.count <= 1, "\(name), \(moment): \(list)")
    }
  }
}
