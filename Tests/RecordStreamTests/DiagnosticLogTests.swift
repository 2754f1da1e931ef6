import Basics
import Programme
import RecordStream
import Testing

@Suite struct DiagnosticLogTests {
  @Test func textAndObjectsSayTheSame() {
    let diagnostic = Diagnostic(.error, "ragged", file: "a.csv", line: 3, column: 7, code: "ragged-row")
    let text = Output.memory()
    DiagnosticLog(text).report(diagnostic)
    #expect(text.text == "a.csv:3:7: error: ragged\n")
    let json = Output.memory()
    DiagnosticLog(json, style: .json).report(diagnostic)
    #expect(
      json.text
        == "{\"code\":\"ragged-row\",\"column\":7,\"file\":\"a.csv\",\"line\":3,\"message\":\"ragged\",\"severity\":\"error\"}\n"
    )
  }

  @Test func aFileCannotWriteToTheTerminal() {
    let output = Output.memory()
    DiagnosticLog(output).report(Diagnostic(.error, "bad \u{1B}[2J\nvalue\u{9B}", file: "a"))
    #expect(output.text == "a: error: bad \u{FFFD}[2J\\nvalue\u{FFFD}\n")
  }

  @Test func quietKeepsNotesBackAndCountsTheRest() {
    let output = Output.memory()
    let log = DiagnosticLog(output, isQuiet: true)
    log.report(Diagnostic(.note, "n"))
    log.report(Diagnostic(.warning, "w"))
    log.report(Diagnostic(.error, "e"))
    #expect(output.text == "warning: w\nerror: e\n")
    #expect((log.errors, log.warnings) == (1, 1))
  }
}
