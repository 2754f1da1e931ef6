import Basics
import Programme
package import RecordStream

extension Traces {
  /// Lines of text without the person: a line that is nothing but an id, an address or a name goes, from others the
  /// words; nil where nothing is left.
  package func forget(text bytes: [UInt8], isRecords: Bool, _ removal: inout Removal) -> [UInt8]? {
    if let wide = ContentKind.wide(bytes) {
      guard let kept = forget(text: wide.utf8(of: bytes), isRecords: isRecords, &removal) else { return nil }
      return removal.isEmpty ? bytes : kept.withUnsafeBufferPointer(Transcoder(wide).original)
    }
    var kept: [UInt8] = []
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: 10).map { $0 + 1 } ?? bytes.endIndex
      let line = Array(bytes[start..<end])
      start = end
      guard let erased = spellings.erased(line) else {
        kept += line
        continue
      }
      if isRecords || Traces.isOneWord(line) || !Traces.hasWords(erased) {
        removal.add("line")
      } else {
        removal.add("mention")
        kept += erased
      }
    }
    // What goes over the end of a line.
    if let erased = spellings.erased(kept) {
      removal.add("mention")
      kept = erased
    }
    if !removal.isEmpty, kept.allSatisfy({ $0 <= 0x20 }) {
      removal.isDeleted = true
      return nil
    }
    return kept
  }

  private static func isOneWord(_ line: [UInt8]) -> Bool { line.split { $0 <= 0x20 }.count == 1 }

  private static func hasWords(_ line: [UInt8]) -> Bool {
    let text = String(decoding: line, as: UTF8.self)
    return text.contains { $0.isLetter || $0.isNumber }
  }

  /// A page without the person's words; its tags stay.
  package func forget(page bytes: [UInt8], _ removal: inout Removal) -> [UInt8] {
    if let wide = ContentKind.wide(bytes) {
      let kept = forget(page: wide.utf8(of: bytes), &removal)
      return removal.isEmpty ? bytes : kept.withUnsafeBufferPointer(Transcoder(wide).original)
    }
    guard let erased = spellings.erased(bytes) else { return bytes }
    removal.add("page")
    return erased
  }

  /// Address cards but the person's own; nil where none is left.
  package func forget(cards bytes: [UInt8], _ removal: inout Removal) -> [UInt8]? {
    var kept: [UInt8] = []
    var card: [UInt8] = []
    var start = bytes.startIndex
    var left = 0
    func end() {
      if spellings.occur(in: card) {
        removal.add("card")
      } else {
        kept += card
        if card.contains(where: { $0 > 0x20 }) { left += 1 }
      }
      card = []
    }
    while start < bytes.endIndex {
      let stop = bytes[start...].firstIndex(of: 10).map { $0 + 1 } ?? bytes.endIndex
      card += bytes[start..<stop]
      if String(decoding: bytes[start..<stop].prefix(9), as: UTF8.self).uppercased() == "END:VCARD" { end() }
      start = stop
    }
    end()
    if !removal.isEmpty, left == 0 {
      removal.isDeleted = true
      return nil
    }
    return kept
  }

  /// JSON of another program; nil where it was about nobody else.
  ///
  /// - Throws: `RecordError` where it is no JSON.
  package func forget(document bytes: [UInt8], _ removal: inout Removal) throws(RecordError) -> [UInt8]? {
    guard spellings.occur(in: bytes) else { return bytes }
    let text = Array(ContentKind.withoutMark(bytes))
    let value: JSONValue
    do throws(JSONError) { value = try JSONValue(parsing: text) } catch {
      throw RecordError(error.message, offset: error.offset)
    }
    return forget(document: value, &removal).map { removal.isEmpty ? bytes : $0.line + [10] }
  }

  /// A key of pseudonyms without the person, and without what others wrote of the person.
  ///
  /// - Throws: `RecordError` where it is none.
  package func forget(key bytes: [UInt8], _ removal: inout Removal) throws(RecordError) -> [UInt8] {
    var key = try PseudonymKey(parsing: bytes)
    for id in ids.sorted() where key.forget(id: id) { removal.add("key") }
    for (token, words) in key.sealed.sorted(by: { $0.key < $1.key }) {
      guard let erased = erased(words) else { continue }
      key.replace(sealed: token, with: erased)
      removal.add("mention")
    }
    return removal.isEmpty ? bytes : key.bytes
  }
}
