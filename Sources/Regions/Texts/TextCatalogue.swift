package import Basics
package import Programme

/// One language, ready to speak: headquarters' words, overlaid by the region's.
package struct LanguageTexts: Sendable {
  /// BCP 47.
  package var tag: String
  package var layer: TextLayer

  package func date(_ date: LocalDate, weekday: Bool = true) -> String {
    (layer.dates ?? .none).date(date, weekday: weekday)
  }

  package func span(_ start: Timestamp, _ end: Timestamp) -> String {
    (layer.dates ?? .none).span(start, end)
  }

  /// The members in one phrase.
  package func joined(_ parts: [String]) -> String {
    (layer.list ?? ListWording(between: ", ", last: ", ", lastBeforeI: ", ")).joined(parts)
  }

  /// The zone as people call it; its IANA name where the language has none.
  package func zone(_ name: String) -> String { layer.zones[name] ?? name }

  /// The number with its word in the plural form that the language asks for; the number alone where it has none.
  package func counted(_ number: Int, _ word: CountedWord) -> String {
    let forms = layer.counted[word]
    let form = forms?[PluralCategory.of(number, in: tag)] ?? forms?[.other]
    return form?.render(["n": number]) ?? String(number)
  }

  package func has(_ keys: some Sequence<TextKey>) -> Bool { keys.allSatisfy { layer.texts[$0] != nil } }

  /// Nothing where the language lacks the text. A section at the end leaves no empty line behind.
  package func render(
    _ key: TextKey, _ values: [String: any Sendable], as medium: TextTemplate.Medium = .plain
  ) -> String {
    var text = layer.texts[key]?.render(values, as: medium) ?? ""
    while text.utf8.last == 0x0A { text.removeLast() }
    return text
  }
}

/// A region's texts in all of its languages.
package struct TextCatalogue: Sendable {
  /// The languages of the region and its sites that have a file, then those that speak where they are silent.
  package let languages: [LanguageTexts]
  private let fallbacks: [String]

  package init(_ languages: [LanguageTexts], fallbacks: [String]) {
    self.languages = languages
    self.fallbacks = fallbacks
  }

  /// The language asked for, or the first fallback, that has all of a message's texts: no message mixes two.
  ///
  /// - Throws: where none has them, naming the first text that is missing in each, or else the first of all.
  package func language(_ tag: String, for keys: [TextKey]) throws(ConfigurationError) -> LanguageTexts {
    let wanted = [tag] + fallbacks.filter { $0 != tag }
    let chain = wanted.compactMap { tag in languages.first { $0.tag == tag } }
    if let language = chain.first(where: { $0.has(keys) }) { return language }
    let missing = keys.first { key in !chain.contains { $0.has([key]) } } ?? keys.first
    let tags = chain.map { "`\($0.tag)`" }.joined(separator: ", ")
    throw ConfigurationError([
      Diagnostic(
        .error,
        "no text `\(missing?.rawValue ?? "")` in \(tags.isEmpty ? "any language" : tags): add "
          + (chain.first.map { "it to texts/\($0.tag).yaml" } ?? "texts/en.yaml"), code: "missing-text")
    ])
  }
}

extension TextCatalogue {
  /// The texts of a region, and all that is wrong or missing in them.
  ///
  /// - Parameter config: the folder that holds `texts/`.
  package static func load(config: String, region: Region) -> (
    texts: TextCatalogue, diagnostics: [Diagnostic]
  ) {
    load(
      folders: [config, region.folder], languages: [region.language] + region.sites.map(\.language),
      fallbacks: region.fallbackLanguages, country: region.country)
  }

  /// - Parameters:
  ///   - folders: each may hold `texts/LANG.yaml`; a later one speaks where it says something.
  ///   - languages: those that are spoken; of these, what is missing is reported.
  static func load(
    folders: [String], languages spoken: [String], fallbacks: [String], country: String
  ) -> (texts: TextCatalogue, diagnostics: [Diagnostic]) {
    let fallbacks = fallbacks.contains("en") ? fallbacks : fallbacks + ["en"]
    var diagnostics: [Diagnostic] = []
    var languages: [LanguageTexts] = []
    var known: Set<String> = []
    var read: Set<String> = []
    var isListed = true
    var files: [(folder: String, names: [String])] = []
    for folder in folders {
      do throws(ConfigurationError) {
        files.append((folder, try ConfigurationBytes.names(in: folder + "/texts")))
      } catch {
        diagnostics += error.diagnostics
        isListed = false
      }
    }
    for tag in spoken + fallbacks where known.insert(tag).inserted {
      var layer: TextLayer?
      for (folder, _) in files {
        for name in names(of: tag, country: country) {
          let path = "\(folder)/texts/\(name).yaml"
          read.insert(path)
          guard ConfigurationBytes.exists(path) else { continue }
          do throws(ConfigurationError) {
            let bytes = try ConfigurationBytes.read(
              path, shown: path, within: SystemCall.realPath(folder))
            let found = TextLayer.read(bytes, file: path, language: tag)
            var below = layer ?? TextLayer()
            below.overlay(found.layer)
            layer = below
            diagnostics += found.diagnostics
          } catch {
            diagnostics += error.diagnostics
          }
        }
      }
      if let layer { languages.append(LanguageTexts(tag: tag, layer: layer)) }
      // Of a folder that cannot be listed, nobody knows what is missing in it.
      guard isListed, spoken.contains(tag) else { continue }
      let others = fallbacks.filter { $0 != tag }.map { "`\($0)`" }.joined(separator: ", ")
      diagnostics += complaints(of: tag, layer, others, "\(folders.first ?? ".")/texts/\(tag).yaml")
    }
    for (folder, names) in files where folder != folders.first {
      diagnostics += unread(names, of: folder, read)
    }
    return (TextCatalogue(languages, fallbacks: fallbacks), diagnostics.sorted())
  }

  /// A region's files that no language of its own reads: most likely misnamed.
  private static func unread(_ names: [String], of folder: String, _ read: Set<String>) -> [Diagnostic] {
    names.compactMap { name in
      let path = "\(folder)/texts/\(name)"
      guard !read.contains(path) else { return nil }
      let names = read.compactMap { $0.split(separator: "/").last.map(String.init) }
      let remedy = NearestName.of(name, among: names).map { "did you mean `\($0)`?" } ?? "delete it"
      return Diagnostic(
        .warning, "is not used, since no site here has this language: \(remedy)", file: path,
        code: "unread-file")
    }
  }

  /// The files of a language, broad to narrow: `en`, then `en-GB`, also where the region's country alone says so.
  private static func names(of tag: String, country: String) -> [String] {
    let parts = tag.split(separator: "-").map(String.init)
    var names = parts.indices.map { parts[...$0].joined(separator: "-") }
    if parts.count == 1, !country.isEmpty { names.append("\(tag)-\(country)") }
    return names
  }

  private static func complaints(
    of tag: String, _ layer: TextLayer?, _ others: String, _ file: String
  ) -> [Diagnostic] {
    let until = others.isEmpty ? "" : "; until then they come in \(others)"
    guard let layer else {
      return [
        Diagnostic(
          .warning, "there are no texts in `\(tag)`: write this file\(until)", file: file,
          code: "missing-language")
      ]
    }
    var missing = TextKey.allCases.filter { layer.texts[$0] == nil }.map(\.rawValue)
    missing += CountedWord.allCases.filter { layer.counted[$0] == nil }.map { "counted.\($0.rawValue)" }
    if layer.dates == nil { missing.append("dates") }
    if layer.list == nil { missing.append("list") }
    guard !missing.isEmpty else { return [] }
    let shown = missing.prefix(5).map { "`\($0)`" }.joined(separator: ", ")
    let rest = missing.count > 5 ? " and \(missing.count - 5) more" : ""
    return [
      Diagnostic(
        .warning, "the texts in `\(tag)` lack \(shown)\(rest): add them\(until)", file: file,
        code: "missing-text")
    ]
  }
}
