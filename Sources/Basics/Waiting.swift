import Dispatch
import Synchronization

/// The result of asynchronous work for a synchronous caller, as the tools are. Holds the thread of its caller: for a
/// program's own, not for a task's.
package func waiting<Value: Sendable>(
  for work: @escaping @Sendable () async -> Value
) -> Value {
  let done = DispatchSemaphore(value: 0)
  let result = Mutex<Value?>(nil)
  Task.detached {
    let own = await work()
    result.withLock { $0 = own }
    done.signal()
  }
  while true {
    done.wait()
    if let own = result.withLock({ $0 }) { return own }
  }
}
