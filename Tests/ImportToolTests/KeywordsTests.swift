import Basics
import Testing

/// The lists that pairs send after their first session.
struct KeywordsTests {
  private let form = """
    kind: keywords
    format: csv
    fields:
      employeeNumber: Number
      email: Email
      keywords: {columns: List, separators: [";"]}

    """
  private let plan = #"""
    {"department":["A"],"email":"m@xx.example.com","id":"xx:1","name":"M","record":"person","region":"xx","role":"mentor","site":"North","timeZone":"Europe/Berlin"}
    {"department":["B"],"email":"t@xx.example.com","id":"xx:2","name":"T","record":"person","region":"xx","role":"mentee","site":"North","timeZone":"Europe/Berlin"}
    {"cohort":"2026-autumn","id":"2026-autumn/xx:1+xx:2","mentee":"xx:2","mentor":"xx:1","record":"tandem","region":"xx","status":"active"}

    """#

  @Test func theListGoesToThePairInItsOrder() throws {
    let desk = try Desk()
    try desk.write(form, "Config/regions/xx/forms/keywords.yaml")
    let list = try desk.write(
      "Number,Email,List\n,T@xx.example.com,Xylophone ; Zither;Xylophone;our e-mails\n", "keywords.csv")
    let stream = try desk.write(plan, "plan.ndjson")
    let run = desk.run(list, stream)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.count == 3)
    let keywords = try run.record(2)["keywords"]?.array
    #expect(keywords == [.string("Xylophone"), .string("Zither"), .string("our e-mails")])
    #expect(Array(run.lines.prefix(2)) == plan.split(separator: "\n").prefix(2).map(String.init))
  }

  @Test func whoIsInNoPairIsRejected() throws {
    let desk = try Desk()
    try desk.write(form, "Config/regions/xx/forms/keywords.yaml")
    let list = try desk.write("Number,Email,List\n9,,Zither\n1,,\n1,,Zither\n", "keywords.csv")
    let stream = try desk.write(plan, "plan.ndjson")
    let run = desk.run(list, stream)
    #expect(run.status == 65)
    #expect(run.errors.contains("nobody on the stream is 9: import the list together with the plan"))
    #expect(run.errors.contains("the list is empty"))
    #expect(try run.record(2)["keywords"]?.array == [.string("Zither")])
    let alone = desk.run(list)
    #expect(alone.status == 65 && alone.lines.isEmpty)
  }
}
