import Testing

/// What the command says and refuses; what its files hold is tested beside their models.
@Suite struct QuestionnaireCommandTests {
  @Test(arguments: ["csv", "lss", "html"]) func everyShapeIsWritten(target: String) throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    let run = desk.run("questionnaire", "--region", "de", "--as", target)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    #expect(run.output.contains("Was möchten Sie lernen?"))
    #expect(run.output.contains("Logistik"))
    let english = desk.run("questionnaire", "--region", "de", "--as", target, "--language", "en")
    #expect(english.output.contains("logistics"))
  }

  @Test func whatCannotBeMadeIsRefused() throws {
    let desk = try RegionDesk()
    defer { desk.remove() }
    #expect(desk.run("questionnaire", "--region", "de").status == 64)
    #expect(desk.run("questionnaire", "--region", "de", "--as", "pdf").status == 64)
    #expect(desk.run("questionnaire", "--as", "csv").status == 64)
    let unknown = desk.run("questionnaire", "--region", "de", "--as", "csv", "--form", "answer")
    #expect(unknown.status == 64 && unknown.errors.contains("did you mean `answers`?"))
    // The Polish form names the elements of an XML that only that survey has.
    #expect(desk.run("questionnaire", "--region", "pl", "--as", "csv").status == 78)
  }
}
