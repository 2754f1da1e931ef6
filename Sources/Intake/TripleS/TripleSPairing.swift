import Basics
import Programme

/// Definitions and data of triple-s among the inputs of a call, brought together.
package enum TripleSPairing {
  /// What data files are called beside their definition.
  private static let extensions = ["asc", "dat", "csv", "txt"]

  /// The inputs with each definition's data in the definition's place, and what is wrong with definitions.
  ///
  /// Of a definition the data is, in this order: the input that it names or that has its stem; the only other input,
  /// where that is called `.asc`, `.dat` or `.txt`; the file beside it of that name or stem.
  package static func pair(_ sources: [ByteSource]) -> (sources: [ByteSource], problems: [SourceProblem]) {
    var rest: [ByteSource] = []
    var definitions: [TripleSDefinition] = []
    var problems: [SourceProblem] = []
    for source in sources {
      guard source.kind == .xml, TripleSDefinition.isDefinition(source.firstPiece, name: source.name) else {
        rest.append(source)
        continue
      }
      do {
        definitions.append(try TripleSDefinition(source))
      } catch {
        problems.append(
          (error as? SourceProblem) ?? SourceProblem(file: source.name, fault: .badDefinition("\(error)")))
      }
    }
    for definition in definitions {
      let names = names(of: definition)
      if let named = rest.first(where: { input in
        input.definition == nil && names.contains { Self.file($0) == Self.file(input.name) }
      }) {
        named.definition = definition
      } else if sources.count == 2, let only = rest.first, only.definition == nil,
        ["asc", "dat", "txt"].contains(suffix(only.name))
      {
        only.definition = definition
      } else if let beside = names.first(where: isThere) {
        do throws(SourceProblem) {
          let data = try ByteSource(path: beside)
          data.definition = definition
          rest.append(data)
        } catch {
          problems.append(error)
        }
      } else {
        problems.append(
          SourceProblem(
            file: definition.file, fault: .noData(names.prefix(4).map(file).joined(separator: ", "))))
      }
    }
    return (rest, problems)
  }

  /// Where the system does not say, opening it reports the reason.
  private static func isThere(_ path: String) -> Bool {
    do throws(InputError) { return try FileKind.at(path) != nil } catch { return true }
  }

  /// Paths at which the data may be: never outside the definition's folder, whatever the definition says.
  private static func names(of definition: TripleSDefinition) -> [String] {
    let name = file(definition.file)
    let folder = String(definition.file.dropLast(name.count))
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    var names: [String] = []
    if let href = definition.href.map(file), !href.isEmpty, href != name { names.append(folder + href) }
    for suffix in extensions + extensions.map({ $0.uppercased() }) {
      names.append(folder + stem + "." + suffix)
    }
    return names
  }

  private static func file(_ path: String) -> String {
    path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? path
  }

  private static func suffix(_ path: String) -> String {
    let name = file(path)
    return name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
  }
}
