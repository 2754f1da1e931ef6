import Basics

/// A command line as the log keeps it.
enum CommandLineText {
  /// The words after `tandem`, quoted where a shell needs it; passwords in addresses are left out.
  static func withoutSecrets(_ words: [String]) -> String {
    words.map { quoted(withoutPassword($0)) }.joined(separator: " ")
  }

  /// `scheme://user:password@host` without the password.
  private static func withoutPassword(_ word: String) -> String {
    guard let scheme = word.firstRange(of: "://"),
      let at = word[scheme.upperBound...].prefix(while: { $0 != "/" }).lastIndex(of: "@"),
      let colon = word[scheme.upperBound..<at].firstIndex(of: ":")
    else { return word }
    return word[...colon] + "***" + word[at...]
  }

  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        byte >= 0x80 || byte.isASCIIDigit || byte.isASCIILetter || "-_./:=,@+%#".utf8.contains(byte)
      }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
