import Foundation
import Testing

/// What a call says of the export is not detected, and the draft says it too.
@Suite struct FormCommandTests {
  private let desk: RegionDesk
  private let folder: String

  init() throws {
    desk = try RegionDesk()
    folder = desk.config + "/exports"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    return "\(folder)/\(name)"
  }

  private static let staff = Array(
    """
    Nr pracownika|Imię i nazwisko|E-mail|Lokalizacja
    1|Jan, Łoś|jan@pl.example.com|Warszawa
    2|Ewa, Żak|ewa@pl.example.com|Warszawa

    """.utf8)

  /// In windows-1250: Ę and Ł where UTF-8 has two bytes.
  private static let polish: [UInt8] =
    Array("Nr pracownika;Imi".utf8) + [0xEA] + Array(" i nazwisko;E-mail;Lokalizacja\n1;Jan ".utf8) + [0xA3]
    + Array("ak;jan@pl.example.com;Warszawa\n".utf8)

  @Test(arguments: [[], ["--delimiter", "|"], ["--encoding", "UTF-8", "--heading-rows", "1"]])
  func `options, and the same behind the file's name`(_ words: [String]) throws {
    defer { desk.remove() }
    let export = try file("staff.csv", Self.staff)
    let run = desk.run(["form", export, "--region", "pl"] + words)
    #expect(run.status == 0 && run.output.contains("columns: [Nr pracownika]"), "\(run.errors)\(run.output)")
    let pairs = stride(from: 0, to: words.count, by: 2).map { "\(words[$0].dropFirst(2))=\(words[$0 + 1])" }
    let named = desk.run(
      "form", pairs.isEmpty ? export : export + "@" + pairs.joined(separator: ","), "--region", "pl")
    #expect(named.status == 0 && named.output == run.output, "\(named.errors)")
    #expect(run.output.contains("delimiter: ") == words.contains("--delimiter"))
    #expect(run.output.contains("encoding: UTF-8") == words.contains("--encoding"))
  }

  @Test func `a stated encoding is in the draft, by which the export is read`() throws {
    defer { desk.remove() }
    let export = try file("staff.csv", Self.polish)
    let run = desk.run("form", export + "@encoding=cp1250,delimiter=;", "--region", "pl")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("\nencoding: windows-1250\ndelimiter: "), "\(run.output)")
    #expect(run.output.contains("name: {columns: [Imię i nazwisko]"), "\(run.output)")
    #expect(run.output.contains("Of 1 row, so many have a value"), "\(run.output)")
  }

  @Test(arguments: [
    (["--encoding", "utf-9"], "--encoding: write UTF-8"), (["--delimiter", "||"], "--delimiter: write one"),
  ])
  func `a wish that cannot be is a mistake of the call`(_ words: [String], _ message: String) throws {
    defer { desk.remove() }
    let run = desk.run(["form", try file("staff.csv", Self.staff), "--region", "pl"] + words)
    #expect(run.status == 64 && run.errors.contains(message), "\(run.errors)")
  }

  @Test func `the form is what is drafted`() throws {
    defer { desk.remove() }
    let export = try file("staff.csv", Self.staff)
    let run = desk.run("form", export + "@form=staff", "--region", "pl")
    #expect(run.status == 64 && run.errors.contains("the form is what is drafted"), "\(run.errors)")
    let other = desk.run("form", export + "@frm=staff", "--region", "pl")
    #expect(other.status == 64 && other.errors.contains("no option 'frm'"), "\(other.errors)")
  }

  @Test func `a file that is not there, and one that is no table`() throws {
    defer { desk.remove() }
    #expect(desk.run("form", folder + "/none.csv", "--region", "pl").status == 66)
    #expect(desk.run("form", folder, "--region", "pl").status == 66)
    #expect(desk.run("form", try file("a.pdf", Array("%PDF-1.7\nx".utf8)), "--region", "pl").status == 65)
  }

  @Test func `a form of the region that is wrong is no obstacle, a wrong region is`() throws {
    defer { desk.remove() }
    let export = try file("staff.csv", Self.staff)
    try Data().write(to: URL(fileURLWithPath: desk.config + "/regions/pl/forms/new.yaml"))
    #expect(desk.run("form", export, "--region", "pl").status == 0)
    #expect(desk.run("form", export, "--region", "nowhere").status == 78)
  }
}
