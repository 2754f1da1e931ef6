import Basics
import Foundation
import Intake
import Programme
import RecordStream
import Regions
import ToolSupport

/// The inputs of a call, opened before any work.
struct Exports {
  private(set) var sources: [ByteSource] = []
  /// What is said of one file, by its name.
  private(set) var wishes: [String: FormWishes] = [:]
  /// Inputs that are records already.
  private(set) var streams: [Input] = []
  /// Inputs that were opened and are nothing that can be read.
  private(set) var broken = 0

  private let console: Console
  private let adapters: [(name: String, adapter: Adapter, folder: String)]

  private init(console: Console, regions: [Region]) {
    self.console = console
    adapters = regions.flatMap { region in
      region.adapters.keys.sorted { $0.precedesByBytes($1) }.compactMap { name in
        region.adapters[name].map { (name, $0, region.folder) }
      }
    }
  }

  /// - Parameters:
  ///   - form: what `--form` names: a region's adapter by that name turns every input into rows or records first.
  ///     Without it, an adapter takes the inputs whose extension is its name.
  ///   - allowsAdapters: whether programs of a region may run at all.
  /// - Throws: `ToolFailure` with exit code 66 after every input that cannot be opened was named.
  static func open(
    _ paths: [String], regions: [Region], form: String?, allowsAdapters: Bool, on console: Console
  ) throws(ToolFailure) -> Exports {
    var exports = Exports(console: console, regions: regions)
    var isComplete = true
    let arguments: [ExportArgument]
    do throws(ExportFault) {
      arguments = try ExportArgument.all(paths)
    } catch {
      throw ToolFailure(.usage, error.message, file: error.argument)
    }
    for argument in arguments {
      let path = argument.path
      let form = argument.wishes.form ?? form
      if argument.wishes != FormWishes() { exports.wishes[argument.name] = argument.wishes }
      do throws(SourceProblem) {
        let found = exports.adapters.filter { adapter in
          adapter.name == form || form == nil && path.lowercased().hasSuffix("." + adapter.name.lowercased())
        }
        if let adapter = found.first, path != "-" {
          guard allowsAdapters else {
            throw SourceProblem(
              file: path,
              fault: .notATable(
                "a file for the adapter \(adapter.name)",
                advice: "use --allow-adapters, so that the region's program runs"))
          }
          try exports.adapt(path, by: adapter.adapter, in: adapter.folder)
        } else {
          try exports.add(argument)
        }
      } catch {
        console.report(Rejection(error).diagnostic)
        if error.isMissing { isComplete = false } else { exports.broken += 1 }
      }
    }
    let paired = TripleSPairing.pair(exports.sources)
    exports.sources = paired.sources
    for problem in paired.problems { console.report(Rejection(problem).diagnostic) }
    exports.broken += paired.problems.count
    exports.streams.sort { $0.name.precedesByBytes($1.name) }
    guard isComplete else { throw ToolFailure(.noInput) }
    return exports
  }

  private mutating func add(_ argument: ExportArgument) throws(SourceProblem) {
    let source = try argument.open()
    if source.isRecords {
      streams.append(try source.records())
    } else {
      sources.append(source)
    }
  }

  /// What the region's program makes of the export, in the export's place and under its name.
  private mutating func adapt(_ path: String, by adapter: Adapter, in folder: String) throws(SourceProblem) {
    let output: AdapterRun.Output
    do throws(IntakeError) {
      output = try AdapterRun(adapter, in: folder, over: path).output()
    } catch {
      if case .noExport = error { throw SourceProblem(file: path, fault: .cannotOpen("no such file")) }
      for diagnostic in error.adapterDiagnostics { console.report(diagnostic) }
      broken += 1
      return
    }
    for diagnostic in output.diagnostics { console.report(diagnostic) }
    if output.isRecords {
      streams.append(Input(name: path, bytes: output.bytes))
      return
    }
    // The readers take descriptors: the rows go through a file without a name.
    guard let file = tmpfile() else {
      throw SourceProblem(file: path, fault: .readFailed(SystemCall.reason(errno)))
    }
    defer { fclose(file) }
    guard fwrite(output.bytes, 1, output.bytes.count, file) == output.bytes.count, fflush(file) == 0,
      lseek(fileno(file), 0, SEEK_SET) == 0
    else { throw SourceProblem(file: path, fault: .readFailed(SystemCall.reason(errno))) }
    sources.append(try ByteSource(descriptor: dup(fileno(file)), name: path, ownsDescriptor: true))
  }
}
