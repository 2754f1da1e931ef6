import Basics
import Testing

@Suite struct PathPartsTests {
  @Test(arguments: [
    ("r", "", "r"), ("r/", "", "r"), ("/", "/", ""), ("//", "/", ""), ("", "", ""), ("/r", "/", "r"),
    ("a/b", "a", "b"), ("a/b//", "a", "b"), ("a//b", "a", "b"), ("/a/b", "/a", "b"), (".", "", "."),
    ("ż/ó", "ż", "ó"), ("a/\u{301}b", "a", "\u{301}b"),
  ])
  func aPathIsItsFolderAndItsName(_ path: String, _ folder: String, _ name: String) {
    #expect(path.parentFolder == folder && path.fileName == name)
  }

  @Test func aStemHasNoLastExtension() {
    #expect("a.b.csv".stem == "a.b" && "a".stem == "a" && ".x".stem == "")
  }
}
