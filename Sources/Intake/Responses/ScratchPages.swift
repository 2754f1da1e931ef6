import Foundation
import Synchronization

/// A file without a name for what does not fit into memory: gone when the process is, and never seen by another.
///
/// What goes there is as personal as what is in memory: answers by the hash of who gave them.
package final class ScratchPages: Sendable {
  private struct State {
    var kept = 0
    var end = 0
    var file: File?
    var hasFailed = false
  }

  private struct File: @unchecked Sendable {
    // Closed by deinit alone; read and written by offsets.
    let stream: UnsafeMutablePointer<FILE>
    var descriptor: Int32 { fileno(stream) }
  }

  private let state = Mutex(State())
  private let keep: Int

  /// - Parameter keep: bytes that stay in memory before any goes to the file.
  package init(keep: Int) { self.keep = keep }

  deinit { state.withLock { if let file = $0.file { fclose(file.stream) } } }

  package var shelf: PageShelf {
    PageShelf {
      self.put($0)
    } get: {
      self.get($0, $1)
    }
  }

  /// A disk that is full or not there leaves the page where it is.
  private func put(_ page: UnsafeRawBufferPointer) -> Int? {
    let place = state.withLock { state -> (File, Int)? in
      if state.kept < keep || state.hasFailed {
        state.kept += page.count
        return nil
      }
      if state.file == nil { state.file = tmpfile().map { File(stream: $0) } }
      guard let file = state.file else {
        state.hasFailed = true
        return nil
      }
      state.end += page.count
      return (file, state.end - page.count)
    }
    guard let (file, offset) = place else { return nil }
    var done = 0
    while done < page.count, let base = page.baseAddress {
      let count = pwrite(file.descriptor, base + done, page.count - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        state.withLock { $0.hasFailed = true }
        return nil
      }
      done += count
    }
    return offset
  }

  private func get(_ offset: Int, _ page: UnsafeMutableRawBufferPointer) -> Bool {
    guard let file = state.withLock({ $0.file }) else { return false }
    var done = 0
    while done < page.count, let base = page.baseAddress {
      let count = pread(file.descriptor, base + done, page.count - done, off_t(offset + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}
