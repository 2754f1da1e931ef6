package import Basics

/// How a delimited file is written: detected from its first piece, or given by the caller.
package struct CSVDialect: Equatable, Sendable {
  package enum LineEnd: String, Sendable {
    case crlf = "CRLF"
    case lf = "LF"
    case cr = "CR"
  }

  package var encoding: TextEncoding
  package var hasByteOrderMark: Bool
  /// `,` `;` tab or `|`; any ASCII byte when the caller says so.
  package var delimiter: UInt8
  /// nil when quotes mean nothing.
  package var quote: UInt8?
  /// The first line end outside quotes. It is reported, not enforced: any of the three ends a row.
  package var lineEnd: LineEnd
  package var headingRows: Int
  /// Whether signs are written as LimeSurvey's VV export writes them: `{newline}`, `{question_not_shown}`.
  package var hasMarkers = false
  /// Whether Excel's line `sep=;` is before the headings.
  package var hasSeparatorLine: Bool
  /// Whether a line break within a cell is no line of its own: rows of a sheet are numbered, not lines.
  package var rowsAreLines = false
  /// Set while nothing but ASCII was seen: the languages to judge by when the first other byte comes.
  package var undecidedLanguages: [String]?

  package init(
    encoding: TextEncoding = .utf8, hasByteOrderMark: Bool = false, delimiter: UInt8 = UInt8(ascii: ","),
    quote: UInt8? = UInt8(ascii: "\""), lineEnd: LineEnd = .lf, headingRows: Int = 1,
    hasSeparatorLine: Bool = false
  ) {
    self.encoding = encoding
    self.hasByteOrderMark = hasByteOrderMark
    self.delimiter = delimiter
    self.quote = quote
    self.lineEnd = lineEnd
    self.headingRows = headingRows
    self.hasSeparatorLine = hasSeparatorLine
  }

  /// What the caller knows better than any guess. A value that is nil is found out.
  package struct Overrides: Equatable, Sendable {
    package var encoding: TextEncoding?
    package var delimiter: UInt8?
    /// `.some(nil)` says that there are no quotes.
    package var quote: UInt8??
    package var headingRows: Int?
    /// Languages of the region, which code pages are judged by.
    package var languages: [String] = []
    /// What the first piece was judged to be already.
    package var guess: EncodingGuess?
  }

  package var summary: String { summary(guessed: nil) }

  /// `windows-1250 (99% sure), ';', CRLF, 1 heading row`
  ///
  /// - Parameter guess: how the encoding was found out.
  package func summary(guessed guess: EncodingGuess?) -> String {
    let judged = guess?.encoding == encoding ? guess?.judgement.map { " (\($0))" } : nil
    var parts = [encoding.rawValue + (hasByteOrderMark ? " with BOM" : "") + (judged ?? "")]
    parts.append(CSVDialect.word(delimiter))
    switch quote {
    case UInt8(ascii: "\""): break
    case nil: parts.append("no quotes")
    case let quote?: parts.append("quote \(Character(UnicodeScalar(quote)))")
    }
    if hasMarkers { parts.append("VV markers") }
    parts.append(lineEnd.rawValue)
    parts.append(headingRows == 0 ? "no heading row" : counted(headingRows, "heading row"))
    return parts.joined(separator: ", ")
  }
}
