import Foundation
import TestSupport
import Testing

/// A disk that is full, or a folder that may not be written: the old files stand, the message says what to do, and with room the
/// same call succeeds.
@Suite struct FullDiskTests {
  /// From a step on every write fails, at each of several.
  @Test(Steps.possible, arguments: Writer.all)
  func fromAStepOn(_ writer: Writer) throws {
    let whole = try writer.undisturbed()
    let count = try Steps.count(of: writer, in: whole.base)
    var draws = Draws(writer.name + " full")
    for step in Steps.chosen(of: count, &draws) {
      let desk = try Writer.Desk(copying: whole.base)
      let ending = try writer.run(in: desk, environment: try Steps.environment("full:\(step)"))
      try check(ending, writer, whole, "full:\(step) of \(count) (seed \(Draws.seed))")
      try writer.mend(desk, as: whole, ending, "full:\(step) of \(count) (seed \(Draws.seed))")
    }
  }

  /// Either the tool had what it needs, or it says which file has no room and what to do.
  private func check(
    _ ending: Child.Ending, _ writer: Writer, _ whole: Writer.Undisturbed, _ moment: String
  ) throws {
    guard ending.status != whole.ending.status else { return }
    #expect([73, 74].contains(ending.status), "\(writer.name), \(moment): \(ending.status) \(ending.errors)")
    let line = ending.errors.split(separator: "\n").last { $0.contains("error: ") } ?? ""
    #expect(
      !line.hasPrefix("error: ") && line.contains("No space left on device; make room"),
      "\(writer.name), \(moment): \(ending.errors)")
  }

  /// How to mount in a namespace of its own: as root of a new user namespace, which a chroot forbids, or as root. In a chroot
  /// the propagation of its root cannot be changed; what is mounted must not reach the outside.
  private static let namespace: [String]? = [
    (["-rm"], "true"), (["-m"], "true"),
    (["-m", "--propagation", "unchanged"], "! grep -q shared: /proc/self/mountinfo"),
  ].lazy.filter { options, condition in
    let script = "\(condition) && mount -t tmpfs -o size=64k none /mnt && mount -o remount,ro /mnt"
    let run = try? Program.run("unshare", options + ["/bin/sh", "-c", script])
    return run?.status == 0
  }.first.map { ["/usr/bin/unshare"] + $0.0 }

  private static let canMount = NotRun.possible(
    "this machine lets nobody mount, so that no disk can be full or read-only"
  ) { namespace != nil }

  /// A small disk of the tool's own, with so many kilobytes left.
  @Test(
    canMount, arguments: Writer.all)
  func aSmallDisk(_ writer: Writer) throws {
    let whole = try writer.undisturbed()
    var draws = Draws(writer.name + " disk")
    for room in [0, 4 + 4 * Int.random(in: 0...30, using: &draws)] {
      let desk = try Writer.Desk(copying: whole.base)
      let place = try WorkFolder()
      let call = writer.call.map { "'\($0)'" }.joined(separator: " ")
      let input = writer.input.map { "$desk/\($0)" } ?? "/dev/null"
      let script = """
        desk=\(desk.path) place=\(place.path)
        mkdir $place/disk && mount -t tmpfs -o size=64m,mode=700 none $place/disk && cp -a $desk $place/disk/desk || exit 99
        cd $place/disk/desk
        dd if=/dev/zero of=$place/disk/filler bs=4k 2>/dev/null
        if [ \(room) -gt 0 ]; then truncate -s -\(room)k $place/disk/filler; fi
        \(Child.tools)/\(call) <\(input) >$place/output 2>$place/errors; echo $? >$place/status
        cp -a $place/disk/desk $place/left
        rm $place/disk/filler
        \(Child.tools)/\(call) <\(input) >$place/output2 2>$place/errors2; echo $? >$place/status2
        cp -a $place/disk/desk $place/final
        """
      let run = try Child.run(
        try #require(Self.namespace) + ["/bin/sh", "-c", script], in: place.path)
      #expect(run.status == 0, "\(run.errors)")
      func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(place.path)/\(name)", encoding: .utf8)
      }
      let moment = "\(room) KB left (seed \(Draws.seed))"
      let status = Int32(try text("status").dropLast()) ?? -1
      let first = Child.Ending(
        status: status, output: Array(try text("output").utf8), errors: try text("errors"))
      try check(first, writer, whole, moment)
      if room == 0 { #expect(status != whole.ending.status, "\(writer.name): nothing could be written") }
      let left = try Snapshot(place.path + "/left")
      #expect(
        left.harm(from: whole.before, to: whole.after, grows: writer.grows) { writer.lists.contains($0) }
          == [], "\(writer.name), \(moment)")
      #expect(
        status == whole.ending.status || !left.files.keys.contains(where: Snapshot.isDraft),
        "\(writer.name), \(moment): a run that ends by itself takes its drafts with it")
      guard status != whole.ending.status else { continue }
      let (second, errors) = (Int32(try text("status2").dropLast()), try text("errors2"))
      #expect(second == whole.ending.status, "\(writer.name), \(moment): \(errors)")
      let final = try Snapshot(place.path + "/final")
      #expect(
        final.differences(from: whole.after) { writer.lists.contains($0) } == [], "\(writer.name), \(moment)")
    }
  }

  /// Read-only, for whoever it is: root, too.
  @Test(
    canMount,
    arguments: Writer.all)
  func aFolderThatMayOnlyBeRead(_ writer: Writer) throws {
    let desk = try writer.desk()
    let before = try Snapshot(desk.path)
    let script = "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && cd \"$0\" && exec \"$@\""
    let call =
      try #require(Self.namespace)
      + ["/bin/sh", "-c", script, desk.path, "\(Child.tools)/\(writer.call[0])"]
    let ending = try Child.run(call + writer.call.dropFirst(), in: desk.path, input: writer.input)
    #expect([73, 74].contains(ending.status), "\(writer.name): \(ending.status) \(ending.errors)")
    #expect(ending.errors.contains("Read-only file system; "), "\(writer.name): \(ending.errors)")
    #expect(try Snapshot(desk.path) == before)
  }
}
