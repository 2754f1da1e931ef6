import Foundation
import Testing
import ToolSupport

@testable import tandem_schedule

@Suite struct CertificateCommandTests {
  private static let stream: String = {
    let plan = ScheduleRun(["--cohort", "2026-autumn"], input: ScheduleRun.stream(2)).text
    let ids = (1...10).map { "2026-autumn/pl:10+pl:20#\($0)" } + ["2026-autumn/pl:11+pl:21#1"]
    return ScheduleRun(["held"] + ids, input: plan, at: ScheduleRun.after).text
  }()

  @Test func eachOfACompletedTandemGetsOneInTheLanguageOfTheSite() throws {
    let folder = try TestFolder()
    let run = ScheduleRun(["certificate", "--to", folder.path + "/out"], input: Self.stream)
    #expect(run.status == .done, "\(run.errors)")
    #expect(run.text.isEmpty)
    #expect(
      run.errors.contains("note: 1 tandem is completed: 2 certificates in \(folder.path)/out; 1 is not\n"))
    #expect(
      folder.names == [
        "out", "out/2026-autumn-pl-10-pl-20-pl-10.html", "out/2026-autumn-pl-10-pl-20-pl-20.html",
      ])
    let mentor = try String(contentsOfFile: folder.path + "/" + folder.names[1], encoding: .utf8)
    #expect(mentor.contains("<html lang=\"pl\">"))
    #expect(mentor.contains("<h1>Zaświadczenie o udziale</h1>"))
    #expect(mentor.contains("<p class=\"name\">Zażółć 10; &quot;X&quot;</p>"))
    #expect(mentor.contains("w roli mentora/mentorki"))
    #expect(mentor.contains("W tandemie z: Zażółć 20; &quot;X&quot;"))
    #expect(mentor.contains("Odbyło się: 10 spotkań"))
    #expect(mentor.contains("października 2026 r. – "))
    let mentee = try String(contentsOfFile: folder.path + "/" + folder.names[2], encoding: .utf8)
    #expect(mentee.contains("w roli mentee"))
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + folder.names[2])
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let dated = try TestFolder()
    _ = ScheduleRun(["certificate", "--to", dated.path, "--on", "2027-05-03"], input: Self.stream)
    let text = try String(contentsOfFile: dated.path + "/" + dated.names[0], encoding: .utf8)
    #expect(text.contains("<p>Warszawa, 3 maja 2027 r.</p>"))
  }

  @Test func aCompletedTandemWithoutItsPeopleOrSessionsIsReported() throws {
    let folder = try TestFolder()
    let alone = Self.stream.split(separator: "\n").filter { !$0.contains("\"id\":\"pl:10\"") }
    let run = ScheduleRun(["certificate", "--to", folder.path], input: alone.joined(separator: "\n"))
    #expect(run.status == .badInput)
    #expect(
      run.errors.contains(
        "error: tandem 2026-autumn/pl:10+pl:20 gets no certificate: its people are not on the stream; pass the person "
          + "records on\n"))
    let unheld = ScheduleRun.stream(1).replacing("\"status\":\"proposed\"", with: "\"status\":\"completed\"")
    let none = ScheduleRun(["certificate", "--to", folder.path], input: unheld)
    #expect(none.errors.contains("gets no certificate: none of its sessions is recorded as held\n"))
    #expect(folder.names.isEmpty)
    let wrong = ScheduleRun(["certificate", "--to", folder.path], input: "")
    #expect(wrong.status == .badInput)
    #expect(wrong.errors.hasPrefix("error: no tandem is on the stream: run tandem-match first\n"))
    let spring = ScheduleRun(
      ["certificate", "--to", folder.path, "--cohort", "2026-spring"], input: Self.stream)
    #expect(spring.status == .badInput)
    #expect(
      spring.errors.hasPrefix(
        "error: no tandem of the cohort 2026-spring is on the stream, only of 2026-autumn\n"))
    let file = try folder.write("", to: "file")
    #expect(ScheduleRun(["certificate", "--to", file + "/x"], input: "").status == .cannotCreate)
    #expect(ScheduleRun(["certificate"]).status == .usage)
  }
}
