import Foundation

/// The processor time of the thread at hand: what work costs, whatever else the machine does.
public enum ThreadTime {
  /// How long the thread worked at the body, which must not hand its work to others.
  public static func measure(_ body: () throws -> Void) rethrows -> Duration {
    let start = now
    try body()
    return now - start
  }

  private static var now: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
