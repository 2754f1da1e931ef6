import Foundation
import Synchronization

/// A proxy on loopback that drops a connection when the client sends a certain text: a network that fails at the worst moment.
public final class CuttingProxy: Sendable {
  public enum Moment: Sendable, CaseIterable {
    /// The server never sees the text.
    case beforeDelivery
    /// The server has it and has answered; the client never sees the answer.
    case beforeAnswer
  }

  public let port: Int
  private let listener: Int32

  /// - Parameter server: the port of the server behind it.
  public init(to server: Int, at text: String, _ moment: Moment) throws {
    (listener, port) = try LoopbackSocket.listening()
    Thread.detachNewThread { [listener] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return }
        guard let peer = LoopbackSocket.connected(to: server) else {
          close(client)
          continue
        }
        CuttingProxy.serve(client, peer, Array(text.utf8), moment)
      }
    }
  }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
    close(listener)
  }

  private static func serve(_ client: Int32, _ peer: Int32, _ text: [UInt8], _ moment: Moment) {
    let shared = Shared()
    Thread.detachNewThread {
      pass(from: client, to: peer) { bytes in
        guard Data(bytes).range(of: Data(text)) != nil else { return true }
        shared.isCutting.store(true, ordering: .sequentiallyConsistent)
        return moment == .beforeAnswer
      }
    }
    Thread.detachNewThread {
      pass(from: peer, to: client) { _ in !shared.isCutting.load(ordering: .sequentiallyConsistent) }
    }
  }

  private final class Shared: Sendable {
    let isCutting = Atomic(false)
  }

  /// Hands bytes on until either side closes, or `mayPass` says no; then both are closed for good.
  private static func pass(from source: Int32, to target: Int32, _ mayPass: ([UInt8]) -> Bool) {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(source, &bytes, bytes.count, 0)
      guard count > 0, mayPass(Array(bytes[..<count])) else { break }
      var sent = 0
      while sent < count {
        let more = bytes[sent..<count].withUnsafeBytes {
          send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard more > 0 else { break }
        sent += more
      }
    }
    shutdown(source, Int32(SHUT_RDWR))
    shutdown(target, Int32(SHUT_RDWR))
  }
}
