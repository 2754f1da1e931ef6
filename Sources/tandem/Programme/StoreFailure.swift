import Store
import ToolSupport

/// The store's errors as exit codes.
enum StoreFailure {
  static func told<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as StoreError {
      throw ToolFailure(status(of: error), error.message)
    }
  }

  private static func status(of error: StoreError) -> ToolStatus {
    switch error {
    case .cannotOpen, .notAStore: .noInput
    case .busy, .disconnected, .uncertain, .refused: .ioError
    case .conflict, .damaged, .unreadable: .badInput
    }
  }
}
