import Foundation

/// Languages by their names in the languages that a region writes (Unicode CLDR): `čeština`, `German`.
final class LanguageNames {
  private let languages: [String]
  private lazy var tags: [String: String] = {
    var tags: [String: String] = [:]
    // Codes in their order, so that two languages of one name give the same one each time.
    let codes = Locale.LanguageCode.isoLanguageCodes.map(\.identifier).sorted {
      ($0.utf8.count, $0) < ($1.utf8.count, $1)
    }
    for language in languages {
      let locale = Locale(identifier: language)
      for code in codes {
        guard let name = locale.localizedString(forLanguageCode: code), name != code else { continue }
        let key = WordKey(name).strict
        if tags[key] == nil { tags[key] = Locale.Language(identifier: code).minimalIdentifier }
      }
    }
    return tags
  }()

  /// - Parameter languages: BCP 47 tags; English is known everywhere.
  init(_ languages: [String]) { self.languages = languages + ["en"] }

  /// Every language that CLDR has names in.
  static let every = Set(
    Locale.availableIdentifiers.map { Locale.Language(identifier: $0).languageCode?.identifier ?? $0 }
  ).sorted()

  func tag(_ name: String) -> String? { tags[WordKey(name).strict] }
}
