/// Something that `make test` installs and that is not here: the test fails and says how to get it.
public struct Missing: Error, CustomStringConvertible {
  public let description: String

  public init(_ what: String, remedy: String = "run `make test-setup`") {
    description = "\(what); \(remedy)"
  }
}
