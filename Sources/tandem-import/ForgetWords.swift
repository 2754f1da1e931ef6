/// The words of a call of `forget`: people and paths, told apart by their shape alone. Whether a file is there does not
/// matter: a mistyped file must not become a person, nor a mistyped person a file.
struct ForgetWords {
  private(set) var people: [String] = []
  private(set) var paths: [String] = []

  init(_ words: [String]) {
    for word in words {
      if ForgetWords.isPerson(word) { people.append(word) } else { paths.append(word) }
    }
  }

  private static func isPerson(_ word: String) -> Bool {
    if word.contains("/") || word.hasPrefix(".") { return false }
    let ending = word.lastIndex(of: ".").map { word[word.index(after: $0)...].lowercased() }
    if word.contains("@") { return !(ending.map(fileEndings.contains) ?? false) }
    if let colon = word.firstIndex(of: ":") {
      return colon != word.startIndex && word.index(after: colon) != word.endIndex
    }
    // An employee number: digits, perhaps behind a few letters.
    let digits = word.drop { $0.isLetter && $0.isASCII }
    let isNumber = !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber }
    return isNumber && (digits.count == word.count || digits.count > 2 && word.count - digits.count < 4)
  }

  private static let fileEndings: Set<String> = [
    "asc", "csv", "docx", "eml", "htm", "html", "ics", "json", "ndjson", "pdf", "sss", "tsv", "txt", "xls",
    "xlsx",
    "xml", "zip",
  ]
}
