import Testing

@testable import Regions

@Suite struct TextTemplateTests {
  @Test func sectionsOnLinesOfTheirOwnLeaveNoTrace() throws {
    let template = try TextTemplate("a\n{{#first}}\nb\n{{/first}}\n{{^first}}\nc\n{{/first}}\nd")
    #expect(template.render(["first": true]) == "a\nb\nd")
    #expect(template.render(["first": false]) == "a\nc\nd")
    #expect(template.render([:]) == "a\nc\nd")
  }

  @Test func plainTextIsNotEscapedAndHTMLIs() throws {
    let template = try TextTemplate("<p>{{name}}</p>{{#people}}<i>{{name}}</i>{{/people}}")
    let values: [String: any Sendable] = ["name": "A & \"B\" <c>", "people": [["name": "<d>"]]]
    #expect(template.render(values) == "<p>A & \"B\" <c></p><i><d></i>")
    #expect(
      template.render(values, as: .html) == "<p>A &amp; &quot;B&quot; &lt;c&gt;</p><i>&lt;d&gt;</i>")
  }

  @Test func valuesAreNeverTemplates() throws {
    let template = try TextTemplate("{{name}}")
    #expect(template.render(["name": "{{secret}}", "secret": "x"]) == "{{secret}}")
  }

  @Test func nestedNamesAndListsAreFound() throws {
    let template = try TextTemplate(
      "{{mentor.name}}:{{#groups}} {{group}}{{#members}}-{{name}}{{/members}}{{/groups}}")
    let values: [String: any Sendable] = [
      "mentor": ["name": "Ann"],
      "groups": [
        ["group": "A", "members": [["name": "x"], ["name": "y"]]] as [String: any Sendable],
        ["group": "B", "members": [[String: any Sendable]]()],
      ],
    ]
    #expect(template.render(values) == "Ann: A-x-y B")
  }

  @Test(arguments: [
    ("a {{name", "`{{` is never closed: add `}}`", 1, 3),
    ("a\n {{na\nme}}", "`{{` is never closed: add `}}`", 2, 2),
    ("{{{name}}", "`{{{` is never closed: add `}}}`", 1, 1),
    ("a\n  {{#first}}b", "the section `first` is never closed: add `{{/first}}`", 2, 3),
    ("{{#a}}{{#b}}{{/a}}", "`{{/a}}` closes `b` of line 1: write `{{/b}}`", 1, 13),
    ("é{{/a}}", "`{{/a}}` closes a section that none opens: delete it, or add `{{#a}}`", 1, 2),
    ("{{ }}", "an empty tag: name a variable, or delete it", 1, 1),
    ("{{> partial}}", "`{{>` is not for texts: write the words out", 1, 1),
    ("{{=<% %>=}}", "`{{=` is not for texts: write the words out", 1, 1),
    ("{{% CONTENT_TYPE:HTML}}", "`{{%` is not for texts: write the words out", 1, 1),
    ("{{$block}}{{/block}}", "`{{$` is not for texts: write the words out", 1, 1),
    ("a\n{{na me}}", "the template cannot be read: look at its tags", 2, 6),
  ])
  func aFaultIsNamedWithItsPlaceAndRemedy(source: String, message: String, line: Int, column: Int) {
    let fault = #expect(throws: TextTemplate.Fault.self) { try TextTemplate(source) }
    #expect(fault?.message == message)
    #expect(fault?.line == line)
    #expect(fault?.column == column, "\(source)")
  }

  @Test func noBytesCrashIt() {
    let pieces = [
      "{{", "}}", "{", "}", "#", "/", "^", "a", " ", "\n", "\r\n", ".", "&", "!", "\u{301}", "(", ")", "é",
    ]
    var state: UInt64 = 42
    var read = 0
    for _ in 0..<4000 {
      var source = ""
      for _ in 0..<8 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        source += pieces[Int(state >> 33) % pieces.count]
      }
      if let template = try? TextTemplate(source) {
        read += 1
        _ = template.render(["a": "x"])
      }
    }
    #expect(read > 50)
  }
}
