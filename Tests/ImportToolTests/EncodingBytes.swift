import Basics
import Intake

/// A text in an encoding, as an export holds it.
enum EncodingBytes {
  static func gb18030(_ text: String) -> [UInt8] {
    Array(text.utf8).withUnsafeBufferPointer { Transcoder(.gb18030).original($0) }
  }
}
