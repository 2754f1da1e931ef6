import Testing

@testable import Matching

@Suite struct ScoreFileTests {
  private func read(_ text: String, pieces size: Int = Int.max) throws -> ScoreFile {
    try read(Array(text.utf8), pieces: size)
  }

  private func read(_ bytes: [UInt8], pieces size: Int = Int.max) throws -> ScoreFile {
    var reader = ScoreReader()
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, size == Int.max ? bytes.count : start + size)
      try reader.read(bytes.span.extracting(start..<end))
      start = end
    }
    return try reader.finish()
  }

  private func rows(_ file: ScoreFile) -> [String] {
    file.problem.left.indices.flatMap { node in
      (file.problem.rowStart[node]..<file.problem.rowStart[node + 1]).map {
        "\(file.leftNames[node])|\(file.rightNames[Int(file.problem.column[$0])])|\(file.problem.score[$0])"
      }
    }
  }

  @Test func readsPlainLinesAndNumbersNodesInOrder() throws {
    let file = try read("left,right,score\n10,b,5\n9,a,-3\n10,a,0\n")
    #expect(file.leftNames == ["9", "10"])
    #expect(file.rightNames == ["a", "b"])
    #expect(rows(file) == ["9|a|-3", "10|a|0", "10|b|5"])
  }

  @Test(arguments: [
    ("1,2,3\n", ["1|2|3"]), ("1,2,3", ["1|2|3"]), ("1;2;3\r\n", ["1|2|3"]), ("a\tb\t3\n", ["a|b|3"]),
    ("\u{FEFF}mentor,mentee,points\n1,2,3\n", ["1|2|3"]), ("\n\n1,2,3\n\n 4,2,6\n", ["1|2|3", " 4|2|6"]),
    ("\"a,\"\"b\"\"\",\"x\ny\",7\n1,2,+3\n", ["1|2|3", "a,\"b\"|x\ny|7"]),
    ("007,2,3\n7,2,4\n", ["7|2|4", "007|2|3"]), ("12345678,2,3\n", ["12345678|2|3"]),
    ("\"7\",2,1\n7,3,2\n", ["7|2|1", "7|3|2"]), ("", []), ("left,right,score\n", []),
    ("\"x\ny\",b,7\n\"1\n2\n3\",b,8\n4,b,9\n", ["x\ny|b|7", "1\n2\n3|b|8", "4|b|9"]),
    ("pl:7,de:x,5\npl:7,9,6\n", ["pl:7|de:x|5", "pl:7|9|6"]), ("żółw,陈,1000000000\n", ["żółw|陈|1000000000"]),
    ("0,0, 5 \n", ["0|0|5"]),
  ])
  func readsEveryForm(text: String, expected: [String]) throws {
    #expect(rows(try read(text)).sorted() == expected.sorted())
    for size in [1, 2, 3, 7] { #expect(rows(try read(text, pieces: size)).sorted() == expected.sorted()) }
  }

  @Test(arguments: [
    (
      "1,2\n", ScoreFileError.columns(line: 1, found: 2), "2 columns instead of three; write left,right,score"
    ),
    ("a,b,c\n1,2,3,4\n", .columns(line: 2, found: 4), "4 columns instead of three; write left,right,score"),
    (
      "1,2,3\n\n,2,3\n", .emptyIdentifier(line: 3, column: 1),
      "column 1 is empty; write the identifier of the left side"
    ),
    (
      "1,2,3\n1,,3\n", .emptyIdentifier(line: 2, column: 2),
      "column 2 is empty; write the identifier of the right side"
    ),
    (
      "1,2,3\n1,3,x\n", .score(line: 2, text: "x"),
      "score 'x' is not an integer within ±1000000000; round or scale the scores"
    ),
    (
      "1,2,3\n1,3,1000000001\n", .score(line: 2, text: "1000000001"),
      "score '1000000001' is not an integer within ±1000000000; round or scale the scores"
    ),
    (
      "1,2,2.5\n1,3,2\n", .score(line: 1, text: "2.5"),
      "score '2.5' is not an integer within ±1000000000; round or scale the scores"
    ),
    (
      "\na,b,\na,c,2\n", .score(line: 2, text: ""),
      "score '' is not an integer within ±1000000000; round or scale the scores"
    ),
    (
      "a,b,nan\na,c,2\n", .score(line: 1, text: "nan"),
      "score 'nan' is not an integer within ±1000000000; round or scale the scores"
    ),
    (
      "1,2,x\n3,4,2\n", .score(line: 1, text: "x"),
      "score 'x' is not an integer within ±1000000000; round or scale the scores"
    ),
    (
      "pl:1,de:2,x\npl:1,de:3,2\n", .score(line: 1, text: "x"),
      "score 'x' is not an integer within ±1000000000; round or scale the scores"
    ),
    (
      "pl:1;de:2;none\npl:3;de:2;2\n", .score(line: 1, text: "none"),
      "score 'none' is not an integer within ±1000000000; round or scale the scores"
    ),
    (
      "1,2,99999999999999999999\n", .score(line: 1, text: "99999999999999999999"),
      "score '99999999999999999999' is not an integer within ±1000000000; round or scale the scores"
    ),
    (
      "1,2,3\n1,3,2.5\n", .score(line: 2, text: "2.5"),
      "score '2.5' is not an integer within ±1000000000; round or scale the scores"
    ),
    (
      "1,2,3\n\"a,2,3\n", .quote(line: 2),
      "a quoted field does not end here; close it with \" and double a quote inside it"
    ),
    (
      "1,2,3\n\"a\"b,2,3\n", .quote(line: 2),
      "a quoted field does not end here; close it with \" and double a quote inside it"
    ),
    (
      "left,right,score\n1,2,3\n\n2,2,1\n1,2,4\n", .duplicatePair(line: 5, left: "1", right: "2"),
      "the pair 1, 2 appears on an earlier line; give each pair once"
    ),
  ])
  func namesTheLineAtFault(text: String, error: ScoreFileError, message: String) throws {
    for size in [Int.max, 1, 5] {
      #expect(throws: error) { try read(text, pieces: size) }
    }
    #expect(error.description == message)
  }

  @Test func refusesAQuoteThatIsNeverClosed() throws {
    let lines = String(repeating: "1,2,3\n", count: 20_000)
    #expect(throws: ScoreFileError.quote(line: 2)) { try read("1,2,3\n\"a" + lines, pieces: 5000) }
  }

  @Test func refusesWhatIsNoUTF8() throws {
    #expect(throws: ScoreFileError.encoding(line: 2)) {
      try read(Array("1,2,3\na".utf8) + [0xFF] + Array(",2,3\n".utf8))
    }
  }

  @Test func solvesABareInstanceToTheEnd() throws {
    var pieces = ["2,b,1\n\"=x\",b,4\n", "left,right,score\n1,\"a,c\",5\n1,b,9\n"].map { Array($0.utf8) }
    var output: [UInt8] = []
    let report = try BareInstance.solve(.total) { take in
      guard let piece = pieces.popLast() else { return false }
      try take(piece.span)
      return true
    } writing: {
      output += $0
    }
    #expect(String(decoding: output, as: UTF8.self) == "left,right,score\n1,\"a,c\",5\n'=x,b,4\n")
    #expect((report.pairs, report.total, report.worst) == (2, 9, 4))
    #expect(report.summary.hasPrefix("2 pairs, total 9, worst 4, 0.0"))
    #expect(report.summary.hasSuffix(" s"))
  }
}
