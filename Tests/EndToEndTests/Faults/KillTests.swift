import Foundation
import TestSupport
import Testing

/// Killed at any moment, a tool leaves nothing half; run again, it makes what an undisturbed run makes, and nothing twice.
///
/// $TANDEM_KILLS says how often each writer is killed (`make faults`: 200), $TANDEM_SEED when.
@Suite struct KillTests {
  @Test(arguments: Writer.all) func atRandom(_ writer: Writer) throws {
    let whole = try writer.undisturbed()
    var draws = Draws(writer.name)
    var hit = 0
    for kill in 1...Draws.kills {
      let desk = try Writer.Desk(copying: whole.base)
      let wait = Double.random(in: 0...whole.seconds, using: &draws)
      let child = try Child(writer.call, in: desk.path, input: writer.input)
      usleep(UInt32(wait * 1e6))
      child.kill()
      let ending = try child.ending()
      if ending.status == -SIGKILL { hit += 1 }
      try writer.mend(desk, as: whole, ending, "kill \(kill) after \(wait) s (seed \(Draws.seed))")
    }
    if Draws.kills > 10 { print("faults: \(writer.name): \(Draws.kills) kills, \(hit) of them in its midst") }
  }

  /// Before and within each call that changes something on the disk: where a moment is too short to be hit by chance.
  @Test(Steps.possible, arguments: Writer.all)
  func atEachStep(_ writer: Writer) throws {
    let whole = try writer.undisturbed()
    let count = try Steps.count(of: writer, in: whole.base)
    #expect(count > 3, "\(writer.name): the steps were counted")
    var draws = Draws(writer.name + " steps")
    for step in Steps.chosen(of: count, &draws) {
      let desk = try Writer.Desk(copying: whole.base)
      let how = Bool.random(using: &draws) ? "kill" : "half"
      let ending = try writer.run(in: desk, environment: try Steps.environment("\(how):\(step)"))
      #expect(ending.status == -SIGKILL, "\(writer.name): step \(step) of \(count)")
      try writer.mend(desk, as: whole, ending, "\(how):\(step) of \(count) (seed \(Draws.seed))")
    }
    if Draws.kills > 10 { print("faults: \(writer.name): \(count) steps") }
  }
}

/// The library that is preloaded into a tool to stop it at a step: see Fixtures/steps.c.
enum Steps {
  static let possible = NotRun.possible(
    "the tools are built with a sanitizer, which must be loaded first"
  ) { ProcessInfo.processInfo.environment["TANDEM_SANITIZED"] == nil }

  private static let library = Result {
    let source = Repository.path + "/Tests/EndToEndTests/Fixtures/steps.c"
    let made = NSTemporaryDirectory() + "/tandem-steps-\(getpid()).so"
    let built = try Program.run("clang", ["-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"])
    guard built.status == 0 else { throw Missing("\(source) does not compile: \(built.text)") }
    atexit { unlink(NSTemporaryDirectory() + "/tandem-steps-\(getpid()).so") }
    return made
  }

  static func environment(_ step: String, counting file: String = "") throws -> [String: String] {
    ["LD_PRELOAD": try library.get(), "TANDEM_STEP": step, "TANDEM_STEPS": file]
  }

  static func count(of writer: Writer, in base: Writer.Desk) throws -> Int {
    let desk = try Writer.Desk(copying: base)
    let file = desk.path + ".steps"
    _ = try writer.run(in: desk, environment: try environment("count", counting: file))
    return Int(try String(contentsOfFile: file, encoding: .utf8).dropLast()) ?? 0
  }

  /// All of them, or as many as a writer is killed; the last are where the books are closed.
  static func chosen(of count: Int, _ draws: inout Draws) -> [Int] {
    guard count > Draws.kills else { return Array(1...max(1, count)) }
    return Set(
      (1...Draws.kills).map { draw in
        draw % 3 == 0
          ? max(1, count - Int.random(in: 0..<10, using: &draws)) : Int.random(in: 1...count, using: &draws)
      }
    ).sorted()
  }
}
