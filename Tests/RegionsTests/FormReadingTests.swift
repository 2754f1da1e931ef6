import Basics
import Testing

@testable import Regions

/// A form out of a text that is in no folder, with all that is wrong with it.
@Suite struct FormReadingTests {
  private static let form = """
    kind: questionnaire
    format: csv
    fields: {email: Email, role: Role}
    roles: {Mentor: mentor}

    """

  @Test func `a sound form is read`() throws {
    let read = Form.read(Self.form, named: "own", file: "own.yaml")
    #expect(read.diagnostics.isEmpty, "\(read.diagnostics)")
    #expect(read.form?.name == "own")
    #expect(read.form?.fields["email"]?.columns == ["Email"])
  }

  @Test(arguments: ["", "\n\n", "# a comment\n"])
  func `an empty text is an error, as in a folder`(_ text: String) {
    let read = Form.read(text, named: "own", file: "own.yaml")
    #expect(read.form == nil)
    #expect(
      read.diagnostics.map(\.description) == [
        "own.yaml: error: is empty: state what differs, or delete the file"
      ])
  }

  @Test func `what is wrong is reported with its place`() {
    let read = Form.read(Self.form + "fruit: apple\n", named: "own", file: "own.yaml")
    #expect(read.form == nil && read.diagnostics.first?.line == 5, "\(read.diagnostics)")
  }
}
