import Dispatch
import Foundation
import Synchronization

/// Pieces of work that threads take one by one, and what became of them: for requests, which wait more than they compute.
final class SharedWork<Output: Sendable>: Sendable {
  private struct State {
    var next = 0
    var isOver = false
    var outputs: [Output?]
    var threadsLeft = 0
  }

  private let state: Mutex<State>
  /// Signalled with each piece that is done, and with each thread that ends.
  private let news = DispatchSemaphore(value: 0)

  init(count: Int) { state = Mutex(State(outputs: Array(repeating: nil, count: count))) }

  /// nil where nothing is left to do, or no more is to be begun.
  func next() -> Int? {
    state.withLock { state in
      guard !state.isOver, state.next < state.outputs.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  /// - Parameter isOver: no further piece is begun.
  func end(_ index: Int, _ output: Output, isOver: Bool = false) {
    state.withLock { state in
      state.outputs[index] = output
      if isOver { state.isOver = true }
    }
    news.signal()
  }

  private func leave() {
    state.withLock { $0.threadsLeft += 1 }
    news.signal()
  }

  /// Runs the body on so many threads of their own, since they wait: a queue has no more of them than there are cores.
  ///
  /// - Parameters:
  ///   - progress: gets how many pieces are done, on this thread.
  ///   - body: takes pieces with `next` until there are none, and ends each.
  /// - Returns: when all threads have left, nil for a piece that was not begun.
  func run(
    threads: Int, progress: (Int) -> Void, _ body: @escaping @Sendable (SharedWork<Output>) -> Void
  ) -> [Output?] {
    guard threads > 0 else { return state.withLock { $0.outputs } }
    for _ in 0..<threads {
      Thread.detachNewThread {
        body(self)
        self.leave()
      }
    }
    while true {
      news.wait()
      let (done, isOver) = state.withLock { ($0.outputs.count { $0 != nil }, $0.threadsLeft == threads) }
      progress(done)
      if isOver { return state.withLock { $0.outputs } }
    }
  }
}
