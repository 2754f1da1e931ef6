import Testing

@testable import ToolSupport

@Suite struct VersionTests {
  @Test func theCommitFollowsTheNumber() {
    #expect(Version.text(commit: "817cd23") == "tandem \(Version.number) (817cd23)")
    #expect(Version.text(commit: "817cd23, modified") == "tandem \(Version.number) (817cd23, modified)")
  }

  @Test func aTarballSaysThatItsCommitIsUnknown() {
    #expect(Version.text(commit: "").hasSuffix(" (built without git: commit unknown)"))
  }
}
