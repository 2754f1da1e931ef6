import Matching
import Programme
import Testing

@Suite struct DecisionFileTests {
  static let people = PersonLookup([
    MatchFixture.person(100, .mentor, name: "Łukasz Żak"),
    MatchFixture.person(101, .mentor, name: "Anna Nowak"),
    MatchFixture.person(102, .mentor, site: "Wrocław", name: "Anna Nowak"),
    MatchFixture.person(200, .mentee, name: "José O'Neil, Jr."),
    MatchFixture.person(201, .mentee, name: "李 娜"), MatchFixture.person(202, .either, name: "Zofia Łącka"),
  ])

  private func read(_ text: String, _ wanted: DecisionFile.Decision = .lock) -> DecisionFile {
    DecisionFile(Array(text.utf8), file: "locks.csv", wanted: wanted, people: Self.people)
  }

  private let pair = [MatchFixture.pair(100, 200)]

  @Test(arguments: [
    "pl:100,pl:200\n", "100;200\r\n", "\u{FEFF}100\t200", "Mentor;Mentee\nŁukasz Żak;200\n",
    "p100@pl.example.com,P200@PL.example.com", "łukasz żak;\"José O'Neil, Jr.\"", "Żak Łukasz;oneil jr jose",
    "lukasz zak,200", "Name,Name\n100,200", "Mentee,Mentor\n200,100", "200,100", "\n\n 100 , 200 \n\n",
    "Łukasz Żak <p100@pl.example.com>;200", "\"100\";\"200\"", "100;200;;\n", "nr,mentor,mentee\n1,100,200",
    "100,200\n100,200\n", "Imię i nazwisko;Adres e-mail\n100;200",
  ]) func whatAClerkWritesIsUnderstood(_ text: String) {
    let file = read(text)
    #expect(file.pairs == pair)
    #expect(file.diagnostics == [])
  }

  @Test(arguments: [
    (
      "100,Anna Nowak", "1:5",
      "\"Anna Nowak\" may be pl:101 (Anna Nowak, Warszawa) or pl:102 (Anna Nowak, Wrocław); write the id"
    ),
    (
      "mentor;mentee\n100;Zofia Łacka x", "2:5",
      "\"Zofia Łacka x\" is nobody on the stream; is Zofia Łącka (pl:202) meant?"
    ),
    ("Lukas Żak;200", "1:1", "\"Lukas Żak\" is nobody on the stream; is Łukasz Żak (pl:100) meant?"),
    ("100;200\n999;200", "2:1", "\"999\" is nobody on the stream; write an id, an address or a whole name"),
    (
      "100,200\n100,", "2:1",
      "1 column where two are needed; write the mentor, then the mentee, divided by a comma or a semicolon"
    ),
    ("mentor;mentee\n;200", "2:1", "the cell is empty; write an id, an address or a whole name"),
    (
      "100,200,201", "1:1",
      "3 columns where two are needed; write the mentor, then the mentee, divided by a comma or a semicolon"
    ),
    ("100,100", "1:5", "pl:100 is in both columns; name two people"),
    ("100;\"200", "1:5", "the quotation mark is never closed; close it or take it out"),
    ("decision,mentor,mentee\nperhaps,100,200", "2:1", "\"perhaps\" is not a decision; write lock or forbid"),
    ("李 娜x;200", "1:1", "\"李 娜x\" is nobody on the stream; is 李 娜 (pl:201) meant?"),
  ]) func whatCannotBeUnderstoodIsNamedWithItsPlace(_ text: String, _ place: String, _ message: String) {
    let file = read(text)
    #expect(file.diagnostics.map { "\($0)" } == ["locks.csv:\(place): error: \(message)"])
  }

  @Test func aHeadingOfTheClerksOwnIsReported() {
    let file = read("Wer hilft;Wem geholfen wird\n100;200")
    #expect(file.pairs == pair)
    #expect(
      file.diagnostics.map { "\($0)" } == [
        "locks.csv:1:1: warning: the line names nobody and is taken for a heading; if it is not one, correct it"
      ])
  }

  @Test func bytesThatAreNoUTF8AreRefused() {
    let file = DecisionFile(
      Array("100,200\n".utf8) + [0xA3, 0x6F, 0x2C, 0x31], file: "f", wanted: .forbid, people: Self.people)
    #expect(
      file.diagnostics.map { "\($0)" } == [
        "f:2:1: error: the line is not UTF-8; save the file as CSV in UTF-8"
      ])
    #expect(file.pairs.isEmpty)
  }

  @Test func theDecisionsFileServesBoth() {
    let text =
      "decision,mentor,mentee,mentor name,mentee name\r\nlock,pl:100,pl:200,Łukasz Żak,\"José O'Neil, Jr.\"\r\n"
      + "forbid,pl:101,pl:201,Anna Nowak,李 娜\r\n,pl:102,pl:201,x,y\r\n"
    #expect(read(text, .lock).pairs == pair)
    #expect(read(text, .forbid).pairs == [MatchFixture.pair(101, 201)])
    #expect(read(text, .lock).diagnostics == [])
  }

  @Test func anEmptyFileDecidesNothing() {
    for text in ["", "\u{FEFF}", "\n", "mentor,mentee\n"] {
      #expect(read(text).pairs.isEmpty && read(text).diagnostics.isEmpty)
    }
  }
}
