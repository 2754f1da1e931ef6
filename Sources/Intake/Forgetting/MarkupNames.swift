import CLibXML2
import Foundation

/// Letters by their names in HTML, as far as they occur in names and addresses.
enum MarkupNames {
  /// The letter that `&name;` stands for; nil where none does.
  static func letter(_ name: String) -> String? {
    if let text = others[name] { return text }
    // HTML makes the names of most Latin letters from the letter and its mark: `Zdot`, `eogon`, `Oacute`.
    for (ending, mark) in marks where name.hasSuffix(ending) && name.utf8.count == ending.utf8.count + 1 {
      return (String(name.prefix(1)) + mark).precomposedStringWithCanonicalMapping
    }
    guard let entity = htmlEntityLookup(name) else { return nil }
    return Unicode.Scalar(entity.pointee.value).map { String($0) }
  }

  private static let marks = [
    ("acute", "\u{301}"), ("grave", "\u{300}"), ("circ", "\u{302}"), ("uml", "\u{308}"),
    ("tilde", "\u{303}"), ("ring", "\u{30A}"), ("cedil", "\u{327}"), ("caron", "\u{30C}"), ("dot", "\u{307}"),
    ("ogon", "\u{328}"), ("macr", "\u{304}"), ("breve", "\u{306}"), ("dblac", "\u{30B}"),
  ]

  private static let others = [
    "apos": "'", "commat": "@", "period": ".", "comma": ",", "colon": ":", "semi": ";", "plus": "+",
    "sol": "/",
    "lowbar": "_", "hyphen": "-", "dash": "-", "num": "#", "percnt": "%", "equals": "=", "Tab": "\t",
    "NewLine": "\n", "Lstrok": "Ł", "lstrok": "ł", "Dstrok": "Đ", "dstrok": "đ", "Tstrok": "Ŧ", "tstrok": "ŧ",
    "Hstrok": "Ħ", "hstrok": "ħ", "imath": "ı", "inodot": "ı", "ENG": "Ŋ", "eng": "ŋ", "AMP": "&", "LT": "<",
    "GT": ">", "QUOT": "\"",
  ]
}
