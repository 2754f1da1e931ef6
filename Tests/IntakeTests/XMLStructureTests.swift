import Testing

@testable import Intake

@Suite("XML structure")
struct XMLStructureTests {
  func found(_ text: String, isWhole: Bool = true) throws -> XMLStructure {
    try XMLStructure.found(in: Array(text.utf8), isWhole: isWhole, name: "t.xml")
  }

  @Test("tells root, namespaces, paths, rows and fields")
  func rows() throws {
    let structure = try found(
      """
      <feed xmlns="http://www.w3.org/2005/Atom" xmlns:snx="http://www.ibm.com/xmlns/prod/sn">
      <title>t</title><link href="x"/><link href="y"/>
      <entry><id>1</id><snx:tag term="golf"/></entry><entry><id>2</id><name>n</name></entry></feed>
      """)
    #expect(structure.root == "feed")
    #expect(structure.namespaces == ["http://www.w3.org/2005/Atom", "http://www.ibm.com/xmlns/prod/sn"])
    #expect(structure.has("feed/entry/tag/@term"))
    #expect(!structure.has("feed/entry/nothing"))
    #expect(structure.rowPath == "feed/entry")
    #expect(structure.fields == ["id", "tag", "tag/@term", "name"])
    #expect(try found("<d><z a='1' b='2'/><z a='3'/></d>").rowPath == "d/z")
  }

  @Test("takes the shallowest element that repeats and holds something as the row")
  func rowPath() throws {
    let structure = try found(
      "<d><fields><f>1</f><f>2</f></fields><rows><row><a>1</a><b><c>2</c><c>3</c></b></row><row><a/></row></rows></d>"
    )
    #expect(structure.rowPath == "d/rows/row")
    #expect(structure.fields == ["a", "b/c"])
  }

  @Test("judges a document that is cut, and none that is empty or hostile")
  func cut() throws {
    #expect(try found("<d><r><a>1</a></r><r><a>2", isWhole: false).rowPath == "d/r")
    #expect(try found("<d><r><a>1</a></r><r><a>2", isWhole: true).rowPath == "d/r")
    #expect(throws: SourceProblem.self) { try found("", isWhole: true) }
    #expect(throws: SourceProblem.self) { try found("<!DOCTYPE a [<!ENTITY e 'x'>]><a/>") }
  }

  @Test("has no row where nothing repeats")
  func single() throws {
    let structure = try found("<d><r><a>1</a></r></d>")
    #expect(structure.rowPath == nil)
    #expect(structure.fields == [])
  }
}
