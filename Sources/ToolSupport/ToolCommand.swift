package import ArgumentParser
import Basics
import Foundation
import Programme
import RecordStream

/// A command of a Tandem tool: options in, exit status out, everything else through the console.
package protocol ToolCommand: ParsableCommand {
  var shared: SharedOptions { get }

  /// Does the work. Diagnostics go to `console.log`; an error that is thrown ends the tool (see `ToolRun.status(of:)`).
  func run(on console: Console) throws -> ToolStatus
}

extension ToolCommand {
  /// Kept so that a command run by ArgumentParser alone does the same work.
  package mutating func run() throws {
    let status = ToolRun.execute(self, on: .ofProcess())
    throw ExitCode(status.rawValue)
  }
}

/// The one place where errors become messages and exit codes.
package enum ToolRun {
  /// Parses the process's arguments, runs the command and exits. Called by each tool's `@main`.
  package static func main(_ root: any ParsableCommand.Type) -> Never {
    main { run(root, $0, on: $1) }
  }

  /// The same of a tool that has its own way from the words of its call to a command.
  package static func main(_ run: (_ words: [String], Console) -> ToolStatus) -> Never {
    // Writing to a closed pipe must be an error that ends the tool quietly, not a signal.
    signal(SIGPIPE, SIG_IGN)
    takeStandardPlaces()
    exit(run(Array(CommandLine.arguments.dropFirst()), .ofProcess()).rawValue)
  }

  /// A stream that was closed (`>&-`) must not become the next file that is opened: what is in its place refuses to be
  /// read or written.
  private static func takeStandardPlaces() {
    for descriptor in 0...2 as ClosedRange<Int32> where fcntl(descriptor, F_GETFD) < 0 {
      _ = SystemCall.open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// The same with arguments and console given, for tests.
  package static func run(
    _ root: any ParsableCommand.Type, _ arguments: [String], on console: Console
  ) -> ToolStatus {
    let command: any ParsableCommand
    do {
      command = try root.parseAsRoot(arguments)
    } catch {
      return tell(error, of: root, called: arguments, on: console)
    }
    guard let tool = command as? any ToolCommand else {
      // Help and completions are commands of ArgumentParser's own.
      var other = command
      do {
        try other.run()
        return .done
      } catch {
        return tell(error, of: root, called: arguments, on: console)
      }
    }
    return execute(tool, on: console)
  }

  static func execute(_ command: some ToolCommand, on console: Console) -> ToolStatus {
    console.log.style = command.shared.diagnostics
    console.log.isQuiet = command.shared.quiet
    var status: ToolStatus
    do {
      if let planned = command as? any PlanRewriting, let path = planned.planFile.path {
        status = try PlanFile.run(planned, path, on: console)
      } else {
        status = try command.run(on: console)
      }
    } catch {
      status = self.status(of: error, on: console)
    }
    status = flushed(status, on: console)
    try? console.errors.flush()
    return status
  }

  /// The exit status when all that is left was written too.
  private static func flushed(_ status: ToolStatus, on console: Console) -> ToolStatus {
    do throws(OutputError) {
      try console.output.flush()
      return status
    } catch {
      if error == .readerClosed { return .done }
      console.report(Diagnostic(.error, error.message, file: "standard output"))
      return .ioError
    }
  }

  /// Names the error on the console and gives its exit code.
  private static func status(of error: any Error, on console: Console) -> ToolStatus {
    switch error {
    case let failure as ToolFailure:
      for diagnostic in failure.diagnostics { console.report(diagnostic) }
      return failure.status
    case OutputError.readerClosed:
      return .done
    case let error as OutputError:
      console.report(Diagnostic(.error, error.message, file: "standard output"))
      return .ioError
    case let error as InputError:
      console.report(Diagnostic(.error, error.message, file: error.path))
      if case .cannotRead = error { return .ioError }
      return .noInput
    case let error as FileError:
      console.report(Diagnostic(.error, error.message, file: error.path))
      if case .cannotWrite = error { return .ioError }
      return .cannotCreate
    case let error as ValidationError:
      console.report(Diagnostic(.error, error.message))
      return .usage
    default:
      console.report(Diagnostic(.error, String(describing: error)))
      return .ioError
    }
  }

  private static func tell(
    _ error: any Error, of root: any ParsableCommand.Type, called arguments: [String], on console: Console
  ) -> ToolStatus {
    let message = root.fullMessage(for: error)
    if root.exitCode(for: error) == .success {
      try? console.output.write(message + "\n")
      // What is called without a subcommand's name is asked for without it.
      if ["--help", "-h", "help"].contains(arguments.joined(separator: " ")),
        let usual = root.configuration.defaultSubcommand
      {
        try? console.output.write("\nWithout a subcommand:\n\n\(root.helpMessage(for: usual))\n")
      }
      return flushed(.done, on: console)
    }
    if !message.isEmpty { try? console.errors.write(message + "\n") }
    try? console.errors.flush()
    return .usage
  }
}
