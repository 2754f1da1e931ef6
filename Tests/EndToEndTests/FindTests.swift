import Foundation
import TestSupport
import Testing

/// `tandem-find` as somebody uses it: look, ask, and be held to the region's limit.
@Suite struct FindTests {
  private let stream = Array(
    [
      ("1", "Ada Nowak", "Sales", "[]"), ("2", "Bo Kos", "Logistics", "[\"video\"]"),
      ("3", "Ćma Żak", "Quality", "[\"video\",\"social-media\"]"),
      ("4", "Dan Wąs", "Sales/Export", "[\"video\"]"),
    ].map { number, name, department, topics in
      let path = department.split(separator: "/").map { "\"\($0)\"" }.joined(separator: ",")
      return """
        {"department":[\(path)],"email":"p\(number)@pl.example.com","findable":true,"id":"pl:\(number)",\
        "interests":\(topics),"learn":[],"name":"\(name)","record":"person","region":"pl","role":"either",\
        "site":"Warszawa","teach":\(topics),"timeZone":"Europe/Warsaw"}

        """
    }.joined().utf8)

  private func find(_ arguments: [String]) async throws -> BuiltTool.Run {
    try await BuiltTool("tandem-find").run(
      ["--region", "pl", "--on", "2026-10-05"] + arguments, input: stream)
  }

  @Test func theTableNamesEachWithAReason() async throws {
    let run = try await find(["--for", "ada nowak", "--topic", "wideo i blogi", "--format", "table"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("Bo Kos"))
    #expect(run.text.contains("Ćma Żak"))
    #expect(run.text.contains("wideo"))
    #expect(!run.text.contains("Dan Wąs"))
    #expect(run.text.contains("2 found; left out: 1 of the same field"))
  }

  @Test func whoWasInvitedOftenEnoughIsNotNamedAgain() async throws {
    let folder = try WorkFolder()
    let call = ["--for", "pl:1", "--topic", "video", "--asked", folder.path + "/asked.csv", "--invite"]
    for purpose in ["rehearsal", "product-test", "campaign"] {
      let run = try await find(call + ["--purpose", purpose])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.lines.filter { $0.contains("\"record\":\"invitation\"") }.count == 2)
    }
    // The same asked twice on one day is one asking.
    _ = try await find(call + ["--purpose", "rehearsal"])
    let ledger = try String(contentsOfFile: folder.path + "/asked.csv", encoding: .utf8)
    #expect(ledger.split(separator: "\n").count == 7)
    let exhausted = try await find(call)
    #expect(exhausted.status == 69)
    #expect(exhausted.errors.contains("2 asked often enough"))
  }

  @Test(
    arguments: [
      (["--for", "nobody", "--topic", "x"], 65, "nobody on the stream is \"nobody\""),
      (["--for", "pl:1", "--topic", "x", "--purpose", "fun"], 65, "\"fun\" is not a purpose"),
      (["--for", "pl:1", "--topic", "x", "--site", "Mars"], 65, "\"Mars\" is not a site"),
      (["--for", "pl:1", "--topic", "x", "--invite"], 64, "--invite needs --asked FILE"),
      (["--for", "pl:1", "--topic", "x", "--limit", "0"], 64, "--limit must be at least 1"),
      (["--for", "pl:1", "--topic", "x", "--on", "5.10.2026"], 64, "write the day as 2026-10-05"),
    ] as [([String], Int32, String)])
  func aWrongCallIsSaid(_ arguments: [String], _ status: Int32, _ message: String) async throws {
    let run = try await find(arguments)
    #expect(run.status == status)
    #expect(run.errors.contains(message), "\(run.errors)")
  }
}
