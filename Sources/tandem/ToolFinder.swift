import Basics
import Foundation
import Programme
import Regions

/// Finds the programs named `tandem-NAME`: beside `tandem`, then in the `tools` folders of the regions at work, then on
/// the PATH. The first wins, so that nothing on a PATH can replace our own tools.
struct ToolFinder {
  let folders: [String]

  /// - Parameters:
  ///   - executable: the path of `tandem` itself.
  ///   - arguments: of the call; `--config` and `--region` in them say whose `tools` count.
  init(executable: String, arguments: [String], environment: [String: String]) {
    func option(_ name: String) -> String? {
      for (index, argument) in arguments.enumerated() {
        if argument == name, index + 1 < arguments.count { return arguments[index + 1] }
        if argument.hasPrefix(name + "=") { return String(argument.dropFirst(name.count + 1)) }
      }
      return nil
    }
    let config = ConfigurationFolder.found(
      asked: option("--config"), environment: environment, executable: executable
    ).path
    let regions = (option("--region") ?? environment["TANDEM_REGION"] ?? "").split(separator: ",").map(
      String.init
    )
    .filter { !$0.contains("/") && !$0.hasPrefix(".") }
    folders =
      [executable.parentFolder]
      + regions.map { "\(config)/regions/\($0)/tools" }
      + (environment["PATH"] ?? "").split(separator: ":").map(String.init)
  }

  /// The program's path; nil where there is none. A name that is a path is none: only what was put into one of the folders
  /// is run.
  func path(of name: String) -> String? {
    guard !name.isEmpty, !name.hasPrefix("-"), !name.contains("/") else { return nil }
    for folder in folders {
      let path = "\(folder)/tandem-\(name)"
      if FileManager.default.isExecutableFile(atPath: path), !ConfigurationBytes.isFolder(path) {
        return path
      }
    }
    return nil
  }

  /// All names that can be run, in byte order, and the folders that could not be looked into.
  func tools() -> (names: [String], unreadable: [InputError]) {
    var names: Set<String> = []
    var unreadable: [InputError] = []
    for folder in folders {
      do throws(InputError) {
        for entry in try FolderListing.namesIfPresent(in: folder)
        where entry.hasPrefix("tandem-") && !entry.contains(".") {
          let name = String(entry.dropFirst("tandem-".count))
          if path(of: name) != nil { names.insert(name) }
        }
      } catch {
        unreadable.append(error)
      }
    }
    return (names.sorted { $0.precedesByBytes($1) }, unreadable)
  }

  var names: [String] { tools().names }

  var overview: String {
    let (names, unreadable) = tools()
    let rest = unreadable.map { "\($0.path) \($0.message)\n" }.joined()
    return """
      tandem runs a reverse-mentoring programme, in small tools that are chained.

      USAGE: tandem NAME [ARGUMENTS]     runs tandem-NAME; tandem NAME --help shows more

      TOOLS: \(names.isEmpty ? "none found" : names.joined(separator: ", "))
      \(rest)
      """
  }

  func complaint(about name: String) -> String {
    let known = names
    return "there is no tool tandem-\(name); "
      + (known.isEmpty ? "is tandem installed completely?" : "there are \(known.joined(separator: ", "))")
  }
}
