import Basics
import Foundation
import Programme
import Regions

/// How each kind of question is answered: checked by bytes, written as JSON without a String in between where that can be.
extension ResponseEncoder {
  mutating func writeAnswers(_ row: SourceRow) throws(Fault) {
    output.append(0x7B)
    var needsComma = false
    for index in questions.indices {
      if let column = questions[index].column,
        row.valueCountIsOne(column) || questions[index].question.kind != .choices
      {
        if row.isNull(column), binding.form.format == .xml || binding.form.bareEmptyIsNotAsked { continue }
        if needsComma { output.append(0x2C) }
        needsComma = true
        output.append(questions[index].prefix)
        let bytes = CellBytes.trimmed(row.bytes(column))
        if bytes.isEmpty {
          output.append(ResponseEncoder.null)
        } else {
          try writeAnswer(index, bytes, column)
        }
      } else {
        let words = questions[index].place.texts(row)
        if needsComma { output.append(0x2C) }
        needsComma = true
        output.append(questions[index].prefix)
        try writeChoices(index, words, questions[index].place.choices.keys.min() ?? 0)
      }
    }
    output.append(0x7D)
  }

  private static let null = Array("null".utf8)

  @inline(__always)
  private mutating func writeAnswer(
    _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ column: Int
  ) throws(Fault) {
    switch questions[index].question.kind {
    case .text:
      output.append(string: bytes)
    case .likert, .nps:
      // One or two digits are what nearly every cell holds.
      if bytes.count <= 2, bytes.allSatisfy({ $0 &- 0x30 < 10 }), bytes.count == 1 || bytes[0] != 0x30 {
        var value = 0
        for byte in bytes { value = value * 10 + Int(byte - 0x30) }
        if value >= questions[index].lowest, value <= questions[index].highest,
          questions[index].values.isEmpty
        {
          output.append(raw: bytes)
          return
        }
      }
      output.append(Array(String(try scaleValue(index, bytes, column)).utf8))
    case .number:
      try writeNumber(index, bytes, column)
    case .choice, .choices:
      try writeWords(index, bytes, column)
    }
  }

  /// The value on the question's scale that a cell means.
  func scaleValue(
    _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ column: Int
  ) throws(Fault) -> Int {
    let question = questions[index]
    let word = String(decoding: bytes, as: UTF8.self)
    let meant = question.values.isEmpty ? word : question.values[WordKey(word)] ?? word
    guard let value = FieldText.integer(meant), value >= question.lowest, value <= question.highest else {
      throw Fault(
        code: "out-of-scale",
        text: "\(Quoted.word(word)) is not on the scale of \(question.name), \(question.lowest) to "
          + "\(question.highest): correct it, or state in the form's values what it means", column: column)
    }
    return value
  }

  private mutating func writeNumber(
    _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ column: Int
  ) throws(Fault) {
    if let plain = ResponseEncoder.plainDecimal(bytes) {
      output.append(raw: UnsafeBufferPointer(rebasing: bytes[..<plain.whole]))
      if plain.end > plain.whole {
        output.append(UInt8(ascii: "."))
        output.append(raw: UnsafeBufferPointer(rebasing: bytes[(plain.whole + 1)..<plain.end]))
      }
      return
    }
    var writer = JSONWriter(reserving: 24)
    writer.double(try numberValue(index, bytes, column))
    output.append(writer.bytes)
  }

  /// The number that a cell means.
  func numberValue(
    _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ column: Int
  ) throws(Fault) -> Double {
    let word = String(decoding: bytes, as: UTF8.self)
    let values = questions[index].values
    let meant = values.isEmpty ? word : values[WordKey(word)] ?? word
    // Where a comma is alone it is the decimal mark of most of our languages.
    let plain = meant.contains(".") ? meant : String(meant.map { $0 == "," ? "." : $0 })
    guard let value = Double(plain), value.isFinite, !plain.lowercased().contains("x") else {
      throw Fault(
        code: "out-of-scale",
        text: "\(Quoted.word(word)) is not a number, which \(questions[index].name) asks for: "
          + "correct it", column: column)
    }
    return value
  }

  /// Where the whole part of a decimal ends, and its fraction without trailing zeros; nil where the shortest text of the
  /// number may be another one (a sign, leading zeros, more than 15 digits, less than a thousandth).
  @inline(__always)
  static func plainDecimal(_ bytes: UnsafeBufferPointer<UInt8>) -> (whole: Int, end: Int)? {
    guard bytes.count <= 16 else { return nil }
    var whole = bytes.count
    for index in 0..<bytes.count where bytes[index] &- 0x30 >= 10 {
      guard whole == bytes.count, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ",")
      else {
        return nil
      }
      whole = index
    }
    guard whole > 0, whole == 1 || bytes[0] != 0x30, bytes.count < 16 || whole < bytes.count else {
      return nil
    }
    if whole == bytes.count { return (whole, whole) }
    guard whole + 1 < bytes.count else { return nil }
    var end = bytes.count
    while end > whole + 1, bytes[end - 1] == 0x30 { end -= 1 }
    if end == whole + 1 { return (whole, whole) }
    let isSmall = bytes[0] == 0x30 && bytes[(whole + 1)..<end].prefix(3).allSatisfy { $0 == 0x30 }
    return isSmall ? nil : (whole, end)
  }

  private mutating func writeWords(
    _ index: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ column: Int
  ) throws(Fault) {
    let key = Array(bytes)
    if let known = questions[index].memo[key] {
      output.append(known)
      return
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let start = output.count
    if questions[index].question.kind == .choice {
      output.append(JSONValue.string(try choice(index, text, column)).line)
    } else {
      try writeChoices(index, questions[index].splitter.split(text), column)
    }
    if questions[index].memo.count < ResponseEncoder.longestMemo {
      questions[index].memo[key] = Array(output.bytes[start...])
    }
  }

  private mutating func writeChoices(_ index: Int, _ words: [String], _ column: Int) throws(Fault) {
    if words.isEmpty {
      output.append(ResponseEncoder.null)
      return
    }
    output.append(JSONValue.array(try chosen(index, words, column).map { .string($0) }).line)
  }

  /// The choices that words mean, each once.
  func chosen(_ index: Int, _ words: [String], _ column: Int) throws(Fault) -> [String] {
    var chosen: [String] = []
    for word in words {
      let choice = try choice(index, word, column)
      if !chosen.contains(choice) { chosen.append(choice) }
    }
    // In the order of the form, so that two sheets with the same ticks are the same.
    let order = questions[index].question.choices
    return order.filter(chosen.contains) + chosen.filter { !order.contains($0) }
  }

  func choice(_ index: Int, _ word: String, _ column: Int) throws(Fault) -> String {
    let question = questions[index]
    let meant = question.values[WordKey(word)] ?? word
    if question.choices.isEmpty { return meant }
    if let choice = question.choices[WordKey(meant)] { return choice }
    throw Fault(
      code: "out-of-scale",
      text: "\(Quoted.word(word)) is not a choice of \(question.name)"
        + "\(Nearest.phrase(word, among: question.question.choices)): correct it, or add it to the choices of the "
        + "question", column: column)
  }
}
