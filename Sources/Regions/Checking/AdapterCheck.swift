import Basics
import Programme

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Adapters that could not be run, or that would get nothing to read.
enum AdapterCheck {
  static func mistakes(in region: Value, folder: String) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let home = SystemCall.realPath(folder)
    for adapter in region["adapters"]?.entries ?? [] {
      guard let command = adapter.value["command"], let program = command.items.first, let name = program.text
      else {
        continue
      }
      let path = name.hasPrefix("/") ? name : folder + "/" + name
      if let real = SystemCall.realPath(path), let home {
        if !ConfigurationBytes.isInside(real, home) {
          found.append(
            program.origin.error(
              "`\(name)` is outside the region's folder: put the program into it", code: "outside-folder")
          )
        } else if ConfigurationBytes.isFolder(real) || SystemCall.access(real, X_OK) != 0 {
          found.append(
            program.origin.error(
              "`\(name)` may not be run: make it executable (chmod +x)", code: "not-executable"))
        }
      } else {
        found.append(program.origin.error("no program `\(path)`: put it there", code: "no-file"))
      }
      if !command.items.dropFirst().contains(where: { $0.text?.contains("{file}") ?? false }) {
        found.append(
          command.origin.error(
            "`command` lacks `{file}`, so the program would not get the export: add it",
            code: "no-file-argument"))
      }
    }
    return found
  }
}
