import Basics
import Foundation

/// How often a language uses each of its letters beyond ASCII, and in which code pages it is written.
///
/// Per thousand, half by running text (the word frequencies that https://github.com/rspeer/wordfreq collects) and half by
/// names, which is what the files of HR departments consist of.
struct LanguageLetters: Sendable {
  /// Code pages with what it costs, as a logarithm, that an export is in them: Excel writes the ANSI page of Windows'
  /// language unless somebody asks for another.
  enum Pages {
    case central, western, turkish, baltic, russian, ukrainian, balkan, greek, hebrew, arabic, thai,
      vietnamese

    var encodings: [(encoding: TextEncoding, cost: Double)] {
      switch self {
      case .central:
        [
          (.windows1250, 0), (.iso8859Part2, 1.5), (.iso8859Part16, 2.5), (.cp852, 2),
          (.macCentralEurope, 2.5),
        ]
      case .western:
        [
          (.windows1252, 0), (.iso8859Part15, 1.5), (.iso8859Part1, 1.6), (.cp850, 2), (.cp858, 2.1),
          (.macRoman, 2.5), (.cp437, 2.5),
        ]
      case .turkish: [(.windows1254, 0), (.iso8859Part9, 1.5), (.cp857, 2)]
      case .baltic: [(.windows1257, 0), (.iso8859Part13, 1.5), (.iso8859Part4, 2.5), (.cp775, 2)]
      case .russian: [(.windows1251, 0), (.koi8R, 1.5), (.cp866, 1.5), (.iso8859Part5, 2)]
      case .ukrainian: [(.windows1251, 0), (.koi8U, 1.5), (.cp866, 2), (.iso8859Part5, 2)]
      case .balkan: [(.windows1251, 0), (.iso8859Part5, 1.5), (.cp855, 2), (.cp866, 2.5)]
      case .greek: [(.windows1253, 0), (.iso8859Part7, 1.5), (.cp737, 2)]
      case .hebrew: [(.windows1255, 0), (.iso8859Part8, 1.5), (.cp862, 2)]
      case .arabic: [(.windows1256, 0), (.iso8859Part6, 1.5)]
      case .thai: [(.windows874, 0), (.iso8859Part11, 0.5)]
      case .vietnamese: [(.windows1258, 0)]
      }
    }
  }

  let code: String
  let pages: Pages
  /// By the letter in lower case.
  private let logarithms: [UInt32: Double]

  /// A letter that the language does not have, in a name from elsewhere.
  static let foreign = log(0.0005)

  /// - Parameter letters: each with its share per thousand, from the most to the least frequent.
  private init(_ code: String, _ pages: Pages, _ letters: String) {
    self.code = code
    self.pages = pages
    var table: [UInt32: Double] = [:]
    for entry in letters.unicodeScalars.split(separator: " ") {
      guard let letter = entry.first, let share = Int(String(entry.dropFirst())) else { continue }
      table[letter.value] = log(Double(share) / 1030)
    }
    logarithms = table
  }

  func logLikelihood(_ letter: UInt32) -> Double { logarithms[letter] ?? LanguageLetters.foreign }

  func has(_ letter: UInt32) -> Bool { logarithms[letter] != nil }

  /// The codes of this table that a language setting (`pl`, `pt-BR`, `sr-Latn`, `zh-TW`) means.
  static func codes(of setting: String) -> [String] {
    let text = setting.lowercased()
    let parts = text.split { $0 == "-" || $0 == "_" }
    switch parts.first ?? "" {
    case "zh", "yue":
      let isTraditional = !Set(parts.map(String.init)).isDisjoint(with: ["hant", "tw", "hk", "mo"])
      return [isTraditional ? "zh-hant" : "zh-hans"]
    case "sr": return parts.contains("latn") ? ["hr"] : ["sr", "hr"]
    case "bs", "sh", "cnr": return ["hr"]
    case "no", "nn": return ["nb"]
    case "gl": return ["pt", "es"]
    case "eu", "ast": return ["es"]
    case "lb": return ["de", "fr"]
    case "af": return ["nl"]
    case let code: return [String(code)]
    }
  }

  static let all: [LanguageLetters] = [
    LanguageLetters(
      "pl", .central,
      "ł338 ę136 ż128 ś111 ó98 ą86 ć45 ń40 ź17 ü1"),
    LanguageLetters(
      "cs", .central,
      "á293 í160 š110 ě91 č74 ž69 ř67 ý51 é42 ů23 ň6 ú4 ť4 ü3 ď2 ó1"),
    LanguageLetters(
      "sk", .central,
      "á314 š116 í107 č102 ž66 ý59 é49 ú47 ľ39 ť38 ď17 ň16 ó12 ô12 ä5 ĺ1"),
    LanguageLetters(
      "hu", .central,
      "á429 é227 ó150 ö63 ő44 ü31 í27 ú16 ű13"),
    LanguageLetters(
      "ro", .central,
      "ă410 ţ122 ț122 ş108 ș108 î87 â43"),
    LanguageLetters(
      "hr", .central,
      "ć348 š270 č194 ž144 đ44"),
    LanguageLetters(
      "sl", .central,
      "č471 š288 ž223 ć18"),
    LanguageLetters(
      "sq", .central,
      "ë800 ç200"),
    LanguageLetters(
      "de", .western,
      "ü353 ö327 ä279 ß35 é3"),
    LanguageLetters(
      "fr", .western,
      "é671 è118 à74 ç33 ê31 î16 ô15 ë14 ï14 â5 ù4 û3 œ2"),
    LanguageLetters(
      "es", .western,
      "ó234 í234 á226 é161 ñ91 ú49 è1 à1 ü1"),
    LanguageLetters(
      "pt", .western,
      "ã204 é154 ç151 á131 í128 ú67 ó56 ê43 õ25 â23 à11 ô6 º1 ª1"),
    LanguageLetters(
      "it", .western,
      "è329 à255 ò172 ù103 ì82 é54 á1 í1 ó1 ú1"),
    LanguageLetters(
      "nl", .western,
      "ë450 é329 ï58 è54 ö45 ó16 ç15 ü9 á6 í4 à3 ê2 ã1 â1 ñ1 ú1 ä1 ô1 ø1"),
    LanguageLetters(
      "sv", .western,
      "ö458 ä250 å242 é51"),
    LanguageLetters(
      "da", .western,
      "ø537 å263 æ182 é17"),
    LanguageLetters(
      "nb", .western,
      "å466 ø437 æ94 é2"),
    LanguageLetters(
      "fi", .western,
      "ä899 ö97 é4"),
    LanguageLetters(
      "is", .western,
      "ó238 ð202 í154 á111 þ87 ö63 ú52 æ39 é31 ý22"),
    LanguageLetters(
      "ca", .western,
      "í203 ó182 é171 á91 à89 è85 ò58 ú54 ñ31 ç22 ï7 ü5"),
    LanguageLetters(
      "en", .western,
      "é400 ñ90 ü110 ö90 á80 í70 ó60 ç40 è40 ä40 ø15 ô15 ê15 ë15 ï15 å10 ú20 ã10 à10 â8 î8 û3 ß8 æ4"),
    LanguageLetters(
      "tr", .turkish,
      "ı287 ü234 ş143 ç135 ğ96 ö75 â4 û1"),
    LanguageLetters(
      "et", .baltic,
      "ä311 õ283 ü237 š69 ž66 ö34"),
    LanguageLetters(
      "lt", .baltic,
      "ė299 š172 ž159 ū96 ų88 č72 ą55 į42 ę16"),
    LanguageLetters(
      "lv", .baltic,
      "ā256 ī192 ņ180 š128 ē119 ū58 ļ24 ģ13 ķ13 ž12 č5"),
    LanguageLetters(
      "ru", .russian,
      "о109 а104 и81 е77 в69 н69 р55 т50 с49 л47 к38 м33 д27 п22 у20 я17 г16 б15 й14 ь14 з12 ы11 "
        + "ф10 ч9 х8 ш6 ж6 ю5 ц3 э2 щ2"),
    LanguageLetters(
      "uk", .ukrainian,
      "а106 о91 н75 е59 р56 и54 к53 в47 і46 т43 л42 с41 д32 м32 у27 п22 я21 б19 з16 г15 ч15 ь14 й14 "
        + "х10 ю8 ц8 ш8 ж6 є6 ї5 щ4 ф4 ґ1"),
    LanguageLetters(
      "be", .ukrainian,
      "а155 н66 і61 р49 о45 к42 с42 ц36 е38 л36 в38 у35 ы36 я41 д30 т31 м28 п27 б20 г21 з21 ў18 ш13 "
        + "ч13 ь13 х12 э13 ю8 й12 ж8 ё6 ф3"),
    LanguageLetters(
      "bg", .balkan,
      "а126 о102 и82 е75 н68 в68 т55 к52 р52 с44 л40 д31 м27 п25 з17 ч16 у16 я15 б15 г14 ъ14 ш7 ж7 "
        + "й7 ц6 х6 щ5 ф4 ь3 ю2"),
    LanguageLetters(
      "mk", .balkan,
      "а139 о108 е96 и88 н69 т67 с47 р44 д44 в42 к38 м29 л27 п26 у21 г18 ј18 з18 б15 ш11 ч8 ц7 ж6 "
        + "ќ5 ф3 њ3 ѓ1 х1"),
    LanguageLetters(
      "sr", .balkan,
      "а117 о93 и92 е88 н58 р49 с50 т43 ј45 в42 к39 у40 д37 п29 м35 л35 з18 г18 б17 ш11 ч10 ц8 ж8 "
        + "њ7 ћ8 х7 љ6 ђ4 ф3 џ1"),
    LanguageLetters(
      "el", .greek,
      "α107 ο81 τ66 σ59 ν58 ι57 ε49 ρ48 κ42 λ40 η39 υ36 π35 μ35 ς29 ά27 ί27 δ21 γ19 ό17 έ16 ή13 ω12 "
        + "ύ11 χ11 β10 θ10 φ9 ώ6 ζ6 ξ3 ψ1"),
    LanguageLetters(
      "he", .hebrew,
      "י130 ו96 א77 ה77 ל74 ר65 מ53 ב50 ש39 ת37 ד34 נ33 ן29 ע29 ח26 ם22 כ20 ס18 ג18 ק17 פ15 ז12 ט12 "
        + "צ8 ך4 ץ3 ף3"),
    LanguageLetters(
      "ar", .arabic,
      "ا143 ل101 ي89 م63 ن62 ر52 و51 ب47 ع37 د37 ت29 س24 ف24 ة23 ه23 ح21 ق20 ك19 ج17 أ15 ش13 ز11 "
        + "ط10 ص10 خ8 ى6 ض6 ذ5 ث5 ّ5 غ5 إ4 ء4 ئ3 ظ2 ؤ2 آ1 ُ1"),
    LanguageLetters(
      "fa", .arabic,
      "ا144 ی109 ر83 ن76 م73 د57 ه53 و50 س36 ب36 ل35 ت34 ش21 ک20 ع20 ح19 ز19 ي17 ف13 ج12 گ10 پ9 خ8 "
        + "آ8 ق7 ط7 ض6 ص5 چ4 ث3 غ2 ك2 ظ1 ئ1 ذ1"),
    LanguageLetters(
      "th", .thai,
      "น77 ร75 า59 ิ52 ั49 ุ35 ์35 ว32 ย32 ต30 ม29 ก29 ท27 ส27 พ26 เ24 ี24 อ22 ล22 ด20 ช20 ง20 ธ20 "
        + "ะ18 ณ14 ศ14 ภ13 ญ13 บ11 จ11 ป11 ถ9 ค8 ่8 ษ8 ้8 ห7 แ6 ฐ6 ำ6 ู6 ไ5 ข5 โ5 ฉ2 ฒ2 ซ2 ฤ2 ื2 ผ2 ฮ2 "
        + "ฑ1 ็1 ฏ1 ฎ1 ึ1 ฟ1 ใ1 ๊1"),
    LanguageLetters(
      "vi", .vietnamese,
      "\u{300}160 \u{301}150 đ92 ư90 \u{323}160 ê75 ơ75 ô60 â55 \u{309}55 ă45 \u{303}70 à30 á30 ạ20 "
        + "ò5 ó5 ù10 ú10 é4 è4 ý3 í5 ì5"),
  ]
}
