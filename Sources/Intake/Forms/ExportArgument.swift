import Basics

/// An export as a call names it: a file, and what is said of it alone.
///
/// `staff.csv@form=staff,encoding=cp1250`; a file whose name has such a part itself is that file.
package struct ExportArgument: Sendable {
  package let path: String
  package let wishes: FormWishes

  /// The exports of a call; standard input where there are none.
  ///
  /// A file that is named twice is one export.
  package static func all(_ arguments: [String]) throws(ExportFault) -> [ExportArgument] {
    var all: [ExportArgument] = []
    var wishes: [String: FormWishes] = [:]
    for text in arguments.isEmpty ? ["-"] : arguments {
      let argument = try ExportArgument(text)
      if let known = wishes.updateValue(argument.wishes, forKey: argument.path) {
        guard known == argument.wishes else {
          throw ExportFault(
            argument: text, message: "the file is named twice, with other options: name it once")
        }
      } else {
        all.append(argument)
      }
    }
    return all
  }

  /// Opens the file, or standard input.
  package func open() throws(SourceProblem) -> ByteSource {
    path == "-" ? try ByteSource(descriptor: 0, name: name) : try ByteSource(path: path)
  }

  /// The name of the input in messages, and in what is said of one.
  package var name: String { path == "-" ? "standard input" : path }

  /// Throws what is wrong with the options, in words.
  package init(_ text: String) throws(ExportFault) {
    let at = text.lastIndex(of: "@").flatMap { at in
      let options = text[text.index(after: at)...]
      // An address in a file's name says nothing of the file.
      return options.contains("=") && !options.contains("/") && !ExportArgument.exists(text) ? at : nil
    }
    guard let at else {
      path = text
      wishes = FormWishes()
      return
    }
    path = String(text[..<at])
    var values: [FormWishes.Option: String?] = [:]
    for part in ExportArgument.parts(text[text.index(after: at)...]) {
      let name = part.prefix { $0 != "=" }
      guard let option = FormWishes.Option(rawValue: String(name)) else {
        let known = FormWishes.Option.allCases.map(\.rawValue)
        throw ExportFault(
          argument: text,
          message:
            "no option \(Quoted.word(String(name)))\(Nearest.phrase(String(name), among: known)): after the file's name "
            + "write \(known.map { "\($0)=…" }.joined(separator: ", "))")
      }
      values[option] = String(part.dropFirst(name.count + 1))
    }
    do throws(FormWishes.Fault) {
      wishes = try FormWishes(values)
    } catch {
      throw ExportFault(argument: text, message: "\(error.option): \(error.advice)")
    }
  }

  /// Options end at a comma behind which another begins: a delimiter and the name of a sheet may hold commas.
  private static func parts(_ text: Substring) -> [Substring] {
    var parts: [Substring] = []
    var start = text.startIndex
    for comma in text.indices where text[comma] == "," {
      let rest = text[text.index(after: comma)...]
      guard rest.prefix(while: { $0.isLetter || $0 == "-" }).count > 1,
        rest.drop(while: { $0.isLetter || $0 == "-" }).first == "="
      else { continue }
      parts.append(text[start..<comma])
      start = rest.startIndex
    }
    return parts + [text[start...]]
  }

  private static func exists(_ path: String) -> Bool { (try? FileKind.at(path)) != nil }
}

/// What is wrong with an export's options.
package struct ExportFault: Error, Sendable {
  package let argument: String
  package let message: String
}
