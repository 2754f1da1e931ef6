package import Basics

/// What a call says of an input, where guessing is not wanted.
package struct FormWishes: Sendable, Equatable {
  /// What can be said, by the names of the options.
  package enum Option: String, CaseIterable, Sendable {
    case form, encoding, delimiter, sheet
    case headingRows = "heading-rows"
  }

  /// A value that an option cannot have: what to write.
  package struct Fault: Error, Sendable {
    package let option: String
    package let advice: String
  }

  package private(set) var form: String?
  package private(set) var encoding: TextEncoding?
  package private(set) var delimiter: UInt8?
  package private(set) var headingRows: Int?
  /// The sheet of a workbook.
  package private(set) var sheet: String?

  package init(
    form: String? = nil, encoding: TextEncoding? = nil, delimiter: UInt8? = nil, headingRows: Int? = nil,
    sheet: String? = nil
  ) {
    self.form = form
    self.encoding = encoding
    self.delimiter = delimiter
    self.headingRows = headingRows
    self.sheet = sheet
  }

  /// - Parameter values: what is said, by the option; nil says nothing.
  package init(_ values: [Option: String?]) throws(Fault) {
    for option in Option.allCases {
      guard case let value?? = values[option] else { continue }
      try set(option, value)
    }
  }

  private mutating func set(_ option: Option, _ text: String) throws(Fault) {
    func fault(_ advice: String) -> Fault { Fault(option: option.rawValue, advice: advice) }
    switch option {
    case .form: form = text
    case .sheet: sheet = text
    case .encoding:
      encoding = TextEncoding(name: text)
      if encoding == nil {
        throw fault("write UTF-8, UTF-16, windows-1250, ISO-8859-2, KOI8-R, Shift-JIS or such")
      }
    case .delimiter:
      delimiter = FormWishes.delimiter(text)
      if delimiter == nil { throw fault("write one ASCII character, or tab") }
    case .headingRows:
      headingRows = Int(text).flatMap { (0...10).contains($0) ? $0 : nil }
      if headingRows == nil { throw fault("write a number from 0 to 10") }
    }
  }

  /// What is said of one file, before what is said of all.
  package func over(_ others: FormWishes) -> FormWishes {
    var wishes = self
    wishes.form = form ?? others.form
    wishes.encoding = encoding ?? others.encoding
    wishes.delimiter = delimiter ?? others.delimiter
    wishes.headingRows = headingRows ?? others.headingRows
    wishes.sheet = sheet ?? others.sheet
    return wishes
  }

  /// The same without a form, whose name is an adapter's.
  package var withoutForm: FormWishes {
    var wishes = self
    wishes.form = nil
    return wishes
  }

  /// A delimiter as people write it: one character, `tab` or `\t`.
  static func delimiter(_ text: String) -> UInt8? {
    switch text.lowercased() {
    case "tab", "\\t", "\t": 0x09
    case "semicolon": UInt8(ascii: ";")
    case "comma": UInt8(ascii: ",")
    default: text.utf8.count == 1 ? text.utf8.first.flatMap { $0 < 0x80 ? $0 : nil } : nil
    }
  }
}
