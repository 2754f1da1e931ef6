import Basics

/// Plain text as a source for troff: escaped, a sentence a line, lines of fewer than 80 bytes (mandoc -T lint).
enum Roff {
  /// Everything that troff would take for something else; other letters than ASCII by their number, so that a page reads
  /// the same in each locale.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "~": result += "\\(ti"
      case "^": result += "\\(ha"
      case "\"": result += "\\(dq"
      case _ where scalar.value > 126:
        result += "\\[u" + scalar.value.digits(4, radix: 16, uppercase: true) + "]"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// One argument of a macro.
  static func word(_ text: String) -> String {
    // An argument that is punctuation alone, or a macro's name, would not be taken for a word.
    "\\&" + escaped(text).replacing(" ", with: "\\ ")
  }

  /// A line that is shown as it is written.
  static func literal(_ line: String) -> String {
    let text = escaped(line).replacing("`", with: "\\(ga")
    return text.hasPrefix(".") ? "\\&" + text : text
  }

  /// Flowing text: what is between backticks is bold.
  static func prose(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    var isBold = false
    for word in text.split(whereSeparator: \.isWhitespace) {
      var source = ""
      for part in escaped(String(word)).split(separator: "`", omittingEmptySubsequences: false).enumerated() {
        if part.offset > 0 {
          isBold.toggle()
          source += isBold ? "\\fB" : "\\fP"
        }
        source += part.element
      }
      if source.hasPrefix(".") { source = "\\&" + source }
      // What is typed or looked up is not hyphenated: names, options, paths, columns.
      let core = word.drop { !$0.isLetter }.reversed().drop { !$0.isLetter }
      if core.dropLast().contains(where: { !$0.isLetter || $0.isUppercase }) || word.hasPrefix("-") {
        source = "\\%" + source
      }
      if !line.isEmpty, line.utf8.count + source.utf8.count > 76 {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? source : " " + source
      if !isBold, let last = word.last(where: { !")\"".contains($0) }), ".?!".contains(last) {
        lines.append(line)
        line = ""
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// Paragraphs parted by an empty line; a paragraph's own lines, where it has several, stay lines; a record's pattern may
  /// be broken behind its commas.
  static func paragraphs(_ text: String) -> [String] {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n\n", omittingEmptySubsequences: true) {
      for line in paragraph.split(separator: "\n") {
        if line.hasPrefix("{") {
          lines += record(String(line))
        } else {
          lines += (lines.isEmpty ? [] : [".Pp"]) + prose(String(line))
        }
      }
    }
    return lines
  }

  /// `\:` allows a break and shows nothing, `\c` goes on without a space.
  private static func record(_ text: String) -> [String] {
    let parts = text.split(separator: ",").map { literal(String($0)) }
    return [".Bd -ragged -offset indent"]
      + parts.enumerated().map { $1 + ($0 + 1 < parts.count ? ",\\:\\c" : "") } + [".Ed"]
  }
}
