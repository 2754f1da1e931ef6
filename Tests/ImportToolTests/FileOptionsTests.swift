import Basics
import Foundation
import Testing

@testable import Intake

/// What is found out about each file, and what a call says of one file alone.
@Suite("Options of one file")
struct FileOptionsTests {
  static let staff = """
    Employee number,Name,Email,Department,Site,Level
    101,Anna Ray,anna@tt.example.com,Engineering,North,1
    102,Bob Lee,bob@tt.example.com,Finance,North,7

    """

  /// A desk whose region speaks the language.
  private func desk(_ language: String) throws -> Desk {
    let desk = try Desk()
    let region = desk.config.appending(path: "regions/xx/region.yaml")
    let text = try String(contentsOf: region, encoding: .utf8)
    try text.replacing("language: en", with: "language: \(language)").write(
      to: region, atomically: true, encoding: .utf8)
    return desk
  }

  private func bytes(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
    Array(text.utf8).withUnsafeBufferPointer { Transcoder(encoding).original($0) }
  }

  @Test(
    "the code page of the region's language is found",
    arguments: [
      ("ru", TextEncoding.windows1251, "Наталья Щербакова"), ("el", .windows1253, "Γιώργος Παπαδόπουλος"),
      ("tr", .windows1254, "Gülşah Yıldırım"), ("lt", .windows1257, "Žydrūnė Šimkutė"),
      ("ja", .shiftJIS, "田中 由美子"), ("ja", .eucJP, "佐藤 健"), ("zh-TW", .big5, "陳美玲"), ("ko", .eucKR, "김민수"),
      ("pl", .cp852, "Łukasz Źrebięcki"), ("de", .cp850, "Jörg Müller"),
      ("fr", .macRoman, "Éléonore Lefèvre"),
      ("ru", .koi8R, "Наталья Щербакова"), ("ru", .cp866, "Наталья Щербакова"),
    ])
  func codePages(language: String, encoding: TextEncoding, name: String) throws {
    let desk = try desk(language)
    let staff = try desk.write(bytes(Self.staff.replacing("Anna Ray", with: name), encoding), "staff.csv")
    let answers = try desk.write(
      "Email Address,Role,What would you like to learn?\nanna@tt.example.com,Mentor,Logistics\n",
      "answers.csv")
    let found = desk.run(staff, answers + "@form=google-forms", "--format", "ndjson")
    #expect(found.output.contains("\"name\":\"\(name)\""), "\(found.errors)")
    #expect(found.status == 0)
    #expect(
      found.notes.contains { $0.contains(encoding.rawValue + " (") && $0.contains("% sure)") },
      "\(found.errors)")
  }

  @Test("letters of none of the region's languages are a warning with a sample")
  func foreignLetters() throws {
    let desk = try desk("pl")
    let text = Self.staff.replacing("Anna Ray", with: "Наталья").replacing("Bob Lee", with: "Щербакова")
    let found = desk.run(try desk.write(bytes(text, .windows1251), "staff.csv"))
    let warning = found.complaints.first { $0.contains("are in none of the region's languages") }
    #expect(
      warning?.contains("read as windows-1251") == true && warning?.contains("Наталья") == true,
      "\(found.errors)")
    #expect(found.status == 0)
    #expect(desk.run("--strict", desk.path("staff.csv")).status == 65)
  }

  @Test("each file has its own options, and one whose name has an @ is that file")
  func ownOptions() throws {
    let desk = try Desk()
    let staff = try desk.write(bytes(Self.staff.replacing("Anna", with: "Żaneta"), .windows1250), "staff.csv")
    let found = desk.run(staff + "@form=staff-csv,encoding=cp1250,delimiter=comma,heading-rows=1")
    #expect(found.status == 0 && found.notes.first?.contains("windows-1250, ','") == true, "\(found.errors)")
    let answers = try desk.write(
      "Email Address,Role,What would you like to learn?\nanna@tt.example.com,Mentor,Logistics\n",
      "answers.csv")
    let people = desk.run(staff + "@encoding=cp1250", answers + "@form=google-forms", "--format", "ndjson")
    #expect(people.status == 0 && people.output.contains(#""name":"Żaneta Ray""#), "\(people.errors)")
    for name in ["staff@form=old.csv", "a,b@c.csv"] {
      let own = desk.run(try desk.write(Self.staff, name), answers, "--format", "ndjson")
      #expect(own.status == 0 && own.output.contains(#""name":"Anna Ray""#), "\(own.errors)")
    }
  }

  @Test(
    "options that no file has are a mistake of the call",
    arguments: [
      ("frm=staff-csv", "no option 'frm' (nearest 'form')"), ("encoding=utf-9", "encoding: write UTF-8"),
      ("heading-rows=many", "heading-rows: write a number from 0 to 10"),
    ])
  func unknownOptions(option: String, complaint: String) throws {
    let desk = try Desk()
    let found = desk.run(try desk.write(Self.staff, "staff.csv") + "@" + option)
    #expect(found.status == 64 && found.errors.contains(complaint), "\(found.errors)")
  }

  @Test(
    "what is stated against the bytes is an error with the evidence",
    arguments: [
      ("encoding=cp1250", "its 5 characters beyond ASCII are well-formed UTF-8"),
      ("encoding=utf-16", "well-formed UTF-8"), ("delimiter=;", "no row has it, and ',' makes 6 columns"),
      ("form=midterm", "the nearest is midterm of xx: no heading"),
    ])
  func contradictions(option: String, evidence: String) throws {
    let desk = try Desk()
    let staff = try desk.write(Self.staff.replacing("Anna", with: "Żółćę"), "staff.csv")
    let found = desk.run(staff + "@" + option)
    #expect(found.status == 65 && found.errors.contains(evidence), "\(found.errors)")
  }

  @Test("UTF-8 that is stated and is not, and another code page than the letters are of")
  func statedEncodings() throws {
    let desk = try desk("ru")
    let text = Self.staff.replacing("Anna Ray", with: "Наталья Щербакова").replacing(
      "Bob Lee", with: "Пётр Ильич")
    let staff = try desk.write(bytes(text, .windows1251), "staff.csv")
    let stated = desk.run(staff + "@encoding=utf-8")
    #expect(
      stated.status == 65 && stated.errors.contains("read as windows-1251 (99% sure): 'Наталья"),
      "\(stated.errors)")
    let other = desk.run(staff, "--encoding", "latin1")
    #expect(other.status == 0)
    #expect(other.complaints.contains { $0.contains("windows-1251 would read 'Наталья") }, "\(other.errors)")
  }

  @Test("heading rows stated for two files swallow no row with an address")
  func headingRows() throws {
    let desk = try Desk()
    let staff = try desk.write(Self.staff, "staff.csv")
    let two = try desk.write(
      "What,,,\nEmail Address,Role,What would you like to learn?,What can you do?\nanna@tt.example.com,Mentor,logistics,social media\n",
      "answers.csv")
    for words in [["--heading-rows", "2", staff], [staff + "@heading-rows=2"]] {
      let found = desk.run(words + [two])
      #expect(found.notes.contains { $0.contains("row 2 is an answer, not a heading") }, "\(found.errors)")
      #expect(found.status == 0)
    }
  }

  @Test("UTF-32 is read")
  func utf32() throws {
    let desk = try Desk()
    for encoding in [TextEncoding.utf32LittleEndian, .utf32BigEndian] {
      let bytes = encoding.byteOrderMark + bytes(Self.staff, encoding)
      let answers = try desk.write(
        "Email Address,Role,What would you like to learn?\nanna@tt.example.com,Mentor,Logistics\n",
        "answers.csv")
      let found = desk.run(try desk.write(bytes, "staff.csv"), answers, "--format", "ndjson")
      #expect(found.output.contains(#""name":"Anna Ray""#), "\(found.errors)")
      #expect(found.status == 0 && found.notes.contains { $0.contains(encoding.rawValue) }, "\(found.errors)")
    }
  }
}
