import Foundation
import Testing

/// No run overwrites what it reads, however the file is named.
@Suite struct OverwrittenInputTests {
  private static let bad = BadInputTests.staffHeading + "1,Ann Lee,no address,Sales,North,5,,en\n"

  @Test(
    arguments: ["--rejects", "--topics-report", "--pseudonyms"],
    ["staff.csv", "./staff.csv", "link.csv", "staff.csv@form=staff-csv"])
  func anOutputThatIsAnInputIsRefused(_ option: String, _ input: String) throws {
    let desk = try Desk()
    let file = try desk.write(Self.bad, "staff.csv")
    try FileManager.default.createSymbolicLink(
      atPath: desk.path("link.csv"), withDestinationPath: desk.path("staff.csv"))
    for output in [file, desk.path("./staff.csv"), desk.path("link.csv")] {
      let run = desk.run(desk.path(input), "\(option)=\(output)")
      #expect(run.status == 64 && run.errors.contains("is an input too: name another file"), "\(run.errors)")
      #expect(try desk.text("staff.csv") == Self.bad)
    }
  }

  @Test func theEarlierOutputIsAnInput() throws {
    let desk = try Desk()
    let staff = try desk.write(Self.bad, "staff.csv")
    let earlier = try desk.write("{\"record\":\"note\"}\n", "people.ndjson")
    let run = desk.run(staff, "--previous", earlier, "--rejects", earlier)
    #expect(run.status == 64)
    #expect(try desk.text("people.ndjson") == "{\"record\":\"note\"}\n")
  }

  @Test func twoOutputsAreTwoFiles() throws {
    let desk = try Desk()
    let staff = try desk.write(Self.bad, "staff.csv")
    let run = desk.run(staff, "--rejects", desk.path("out.csv"), "--topics-report=" + desk.path("./out.csv"))
    #expect(run.status == 64 && run.errors.contains("is the file of"), "\(run.errors)")
    // What is written to a device is lost to nobody.
    #expect(desk.run(staff, "--rejects", "/dev/null", "--topics-report=/dev/null").status == 65)
  }

  @Test func rejectsOfTheirOwnNameGoBesideTheInput() throws {
    let desk = try Desk()
    let staff = try desk.write(Self.bad, "staff.csv")
    let other = try desk.write(Self.bad.replacing("Ann", with: "Bob"), "more.csv")
    // Corrected rejects of an earlier run, which this run reads: of them nothing may be lost.
    let corrected = try desk.write(Self.bad.replacing("Ann", with: "Cy"), "rejects-staff.csv")
    #expect(desk.run(staff, other, corrected, "--rejects", desk.path("rejects.csv")).status == 65)
    #expect(try desk.text("rejects-staff.csv") == Self.bad.replacing("Ann", with: "Cy"))
    #expect(try desk.text("rejects-staff-2.csv") == Self.bad)
    // A folder gets the rejects under the inputs' names: here, their own folder.
    #expect(desk.run(staff, "--rejects", desk.path("")).status == 65)
    #expect(try desk.text("staff.csv") == Self.bad && desk.text("staff-2.csv") == Self.bad)
  }
}
