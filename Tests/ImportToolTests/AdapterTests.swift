import Foundation
import RecordStream
import TestSupport
import Testing

/// A region's own program stands between an exotic export and the forms.
struct AdapterTests {
  private func desk(_ script: String) throws -> Desk {
    let desk = try Desk()
    let region = try desk.text("Config/regions/xx/region.yaml")
    try desk.write(
      region + "adapters:\n  sap: {command: [adapters/sap.sh, \"{file}\"]}\n", "Config/regions/xx/region.yaml"
    )
    let program = try desk.write(script, "Config/regions/xx/adapters/sap.sh")
    try Program.makeExecutable(program)
    return desk
  }

  @Test func rowsAreReadByTheFormThatFits() async throws {
    let desk = try desk("#!/bin/sh\necho 'two rows' >&2\ntr '~' ',' < \"$1\"\n")
    let google = try String(contentsOf: Desk.fixtures.appending(path: "google.csv"), encoding: .utf8)
    let export = try desk.write(
      google.replacing("2026/", with: "2026/").replacing(",Mentor", with: "~Mentor"), "export.sap")
    let staff = try desk.take("staff.csv")
    let run = await desk.runApart("--allow-adapters", staff, export)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("\"source\":{\"file\":\"export.sap\",\"line\":2}"))
    #expect(run.complaints.first?.contains("warning: two rows") == true)
  }

  @Test func recordsPassThrough() async throws {
    let desk = try desk("#!/bin/sh\nprintf '{\"record\":\"strange\"}\\n'\n")
    let export = try desk.write("anything", "export.dat")
    let run = await desk.runApart("--allow-adapters", "--form", "sap", export)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output == "{\"record\":\"strange\"}\n")
  }

  @Test func nothingRunsWithoutLeave() async throws {
    let desk = try desk("#!/bin/sh\ntouch \"$1.ran\"\n")
    let export = try desk.write("anything", "export.sap")
    let run = await desk.runApart(export)
    #expect(run.status == 65)
    #expect(
      run.complaints == [
        "export.sap: error: this is a file for the adapter sap, not a table: use --allow-adapters, so that the "
          + "region's program runs"
      ])
    #expect(!desk.exists("export.sap.ran"))
  }

  @Test func aFailureIsReported() async throws {
    let desk = try desk("#!/bin/sh\necho \"$1:3: error: no such sheet\" >&2\nexit 4\n")
    let export = try desk.write("anything", "export.sap")
    let run = await desk.runApart("--allow-adapters", export)
    #expect(run.status == 65)
    #expect(run.complaints.count == 2)
    #expect(run.complaints.first?.hasSuffix("export.sap:3: error: no such sheet") == true)
    #expect(run.complaints.last?.hasSuffix("sap.sh: error: ended with exit code 4: see its output") == true)
  }
}
