import Basics
import Foundation
import Programme

/// Plain words that YAML readers of different ages take for something else than a text.
enum YAMLWord {
  /// `yes` and its like, as YAML 1.1 reads them.
  static func truth(_ word: String) -> Bool? {
    switch word.lowercased() {
    case "yes", "on", "true", "y": true
    case "no", "off", "false", "n": false
    default: nil
    }
  }

  /// What a reader may take the plain word for; nil: for a text, and nothing else.
  static func otherMeaning(_ word: String) -> String? {
    if let truth = truth(word), word.count > 1 { return "the truth value \(truth)" }
    if !word.isEmpty, Double(word) != nil { return "a number" }
    return nil
  }
}

extension Shape.Text {
  /// Free words, for which a number or a truth value would be a misreading.
  var isWord: Bool {
    switch self {
    case .line, .prose, .identifier, .country, .language, .path, .encoding: true
    default: false
    }
  }

  /// What is wrong with the text, to follow "`name` is `text`, "; nil: nothing.
  package func fault(_ text: String) -> String? {
    switch self {
    case .prose: return nil
    case .line:
      if text.contains(where: \.isNewline) { return "which has several lines: write it in one" }
      return text.allSatisfy(\.isWhitespace) ? "which is empty: write a word" : nil
    case .identifier:
      let isPlain =
        !text.isEmpty && text.utf8.count <= 64
        && text.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E }
        && !text.hasPrefix(".") && !text.hasPrefix("-")
      return isPlain ? nil : "which is not an id: use letters a to z, digits, `-` and `_`"
    case .email:
      return EmailAddress.fault(of: text) == nil
        ? nil : "which is not an e-mail address: write it as `office@example.com`"
    case .link:
      let isLink = (text.hasPrefix("https://") || text.hasPrefix("http://")) && URL(string: text)?.host != nil
      return isLink ? nil : "which is not a link: write it as `https://example.com/page`"
    case .timeZone:
      guard !ZoneNames.isKnown(text) else { return nil }
      let nearest =
        ZoneNames.nearest(text).map { "; did you mean `\($0)`?" } ?? ": write it as `Europe/Warsaw`"
      return "which is not a time zone of the IANA database\(nearest)"
    case .country:
      return CountryCodes.all.contains(text)
        ? nil : "which is not a country of ISO 3166: write two capital letters, `PL`"
    case .language:
      return LanguageTag.isWellFormed(text)
        ? nil : "which is not a language tag: write it as `pl`, `zh-Hans` or `pt-BR`"
    case .date:
      return LocalDate(iso8601: text) == nil ? "which is not a date: write it as `2026-10-05`" : nil
    case .yearDay:
      return YearDay(text) == nil
        ? "which is not a day: write it as `12-24`, of every year, or as `2026-12-24`" : nil
    case .clock:
      return ClockTime(text) == nil ? "which is not a time of day: write it as `17:00`" : nil
    case .span:
      return ClockSpan(text) == nil
        ? "which is not a span of a day: write it as `08:00-18:00`, the end after the beginning" : nil
    case .path(let ending):
      if text.hasPrefix("/") || text.split(separator: "/").contains("..") {
        return "which leads out of the folder: put the file into it, and name it from there"
      }
      return text.hasSuffix(ending) && text.utf8.count > ending.utf8.count
        ? nil : "which does not name a file that ends in `\(ending)`"
    case .comparison:
      return Comparison(text) == nil ? "which compares nothing: write it as `\">= 2\"`" : nil
    case .settingPath:
      return text.isEmpty ? "which names no setting: write it as `matching.objective`" : nil
    case .delimiter:
      return text == "tab" || text.unicodeScalars.count == 1
        ? nil : "which does not separate: write one character, or `tab`"
    case .elementPath:
      let parts = text.split(separator: "/", omittingEmptySubsequences: false)
      return parts.allSatisfy { !$0.isEmpty && !$0.contains(where: \.isWhitespace) }
        ? nil : "which is not a path of elements: write local names joined by `/`"
    case .encoding:
      return Shape.Text.encodings.contains(text.lowercased())
        ? nil
        : "which is not an encoding that is read: use one of \(Shape.Text.encodings.joined(separator: ", "))"
    case .holidayDay:
      return HolidayDay(text) == nil
        ? "which is not a day of a year: write it as `6 January`, `last monday of may`, `monday before 3 June`, "
          + "`easter + 39 days`, `orthodox easter - 2 days`, or the name of a festival" : nil
    case .weekdays:
      return Weekday.range(text) == nil
        ? "which is not a weekday: write `friday`, or `monday-friday`" : nil
    }
  }

  package static let encodings =
    ["utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be", "us-ascii", "gb18030", "gbk"]
    + ["shift-jis", "euc-jp", "euc-kr", "big5", "koi8-r", "koi8-u", "mac-roman", "mac-central-europe"]
    + ([874] + (1250...1258)).map { "windows-\($0)" }
    + (1...16).filter { $0 != 12 }.map { "iso-8859-\($0)" }
    + [437, 737, 775, 850, 852, 855, 857, 858, 862, 866].map { "cp\($0)" }
}

/// `>= 2`
struct Comparison: Hashable {
  let sign: String
  let number: Int

  init?(_ text: String) {
    let trimmed = text.filter { !$0.isWhitespace }
    for sign in [">=", "<=", "==", "!=", ">", "<"] where trimmed.hasPrefix(sign) {
      guard let number = Int(trimmed.dropFirst(sign.count)), number.magnitude < 1_000_000 else { return nil }
      self.sign = sign
      self.number = number
      return
    }
    return nil
  }
}

/// Language tags as texts are named: language, script and region (BCP 47, section 2.1, without the rest).
enum LanguageTag {
  static func isWellFormed(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    func all(_ part: Substring, _ test: (Unicode.Scalar) -> Bool) -> Bool {
      part.unicodeScalars.allSatisfy(test)
    }
    let lower: (Unicode.Scalar) -> Bool = { ("a"..."z").contains($0) }
    let upper: (Unicode.Scalar) -> Bool = { ("A"..."Z").contains($0) }
    guard let first = parts.first, (2...3).contains(first.count), all(first, lower) else { return false }
    var rest = parts.dropFirst()
    if let script = rest.first, script.count == 4, all(script.prefix(1), upper),
      all(script.dropFirst(), lower)
    {
      rest = rest.dropFirst()
    }
    if let region = rest.first,
      region.count == 2 && all(region, upper)
        || region.count == 3 && all(region, { ("0"..."9").contains($0) })
    {
      rest = rest.dropFirst()
    }
    return rest.isEmpty
  }
}

/// Names of the IANA time zone database.
enum ZoneNames {
  static func isKnown(_ name: String) -> Bool {
    guard name == "UTC" || name.contains("/"), !name.hasPrefix("/"), !name.contains(".") else { return false }
    return TimeZone(identifier: name) != nil
  }

  static func nearest(_ name: String) -> String? {
    NearestName.of(name, among: TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") })
  }
}

/// ISO 3166-1 alpha-2, as of 2026.
enum CountryCodes {
  static let all = Set(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA \
    CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM \
    JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP \
    MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY \
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN \
    TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split(separator: " ").map(String.init))
}
