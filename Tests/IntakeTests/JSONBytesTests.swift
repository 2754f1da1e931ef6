import Basics
import Programme
import RecordStream
import Testing

@testable import Intake

struct JSONBytesTests {
  /// Every text comes out as the stream's own writer gives it.
  @Test func theSameAsTheStreamsWriter() {
    var generator = SplitMix(seed: 2)
    let pieces = [
      "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1F}", "\u{7F}", "ł", "数", "👩‍💻", "a", "bcdefgh", " ",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int(generator.next() % 20)).map { _ in
        pieces[Int(generator.next() % UInt64(pieces.count))]
      }.joined()
      var bytes = JSONBytes()
      Array(text.utf8).withUnsafeBufferPointer { bytes.append(string: $0) }
      #expect(bytes.bytes == JSONValue.string(text).line, "\(text.debugDescription)")
    }
  }
}
