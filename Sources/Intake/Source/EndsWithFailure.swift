/// A reader that ends for good with the first error that comes out of it, its own or a body's.
///
/// An error leaves the reader in the middle of its buffer, where nothing that it holds can be trusted. So it never goes on:
/// each later call throws the same error.
protocol EndsWithFailure: AnyObject {
  /// What came out of the reader; set by ``untilFailure(_:)`` alone.
  var failure: (any Error)? { get set }
}

extension EndsWithFailure {
  @inline(__always)
  func untilFailure<Result>(_ work: () throws -> Result) throws -> Result {
    if let failure { throw failure }
    do {
      return try work()
    } catch {
      failure = error
      throw error
    }
  }
}
