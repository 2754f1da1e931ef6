import Dispatch
import Synchronization

/// Work shared out over the cores, its results in the order of its inputs.
package enum Parallel {
  /// Inputs are handed out one by one, so that a long one delays no other; put the longest first where they differ.
  ///
  /// - Parameter parallel: false: one after the other, on this thread.
  /// - Complexity: as the transformations.
  package static func map<Inputs: RandomAccessCollection & Sendable, Output: Sendable>(
    _ inputs: Inputs, parallel: Bool = true, _ transform: @Sendable (Inputs.Element) -> Output
  ) -> [Output] where Inputs.Index == Int {
    guard parallel, inputs.count > 1 else { return inputs.map(transform) }
    let outputs = Mutex([Output?](repeating: nil, count: inputs.count))
    DispatchQueue.concurrentPerform(iterations: inputs.count) { place in
      let output = transform(inputs[inputs.startIndex + place])
      outputs.withLock { $0[place] = output }
    }
    return outputs.withLock { outputs in outputs.compactMap { $0 } }
  }
}
