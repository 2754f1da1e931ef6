import Basics
import Foundation
import Intake
import Programme
import RecordStream
import Regions
import ToolSupport

/// The pseudonyms of a run, and the file that keeps their key.
final class Pseudonyms {
  /// Held from the reading of the key to its writing: two runs at once must not each invent pseudonyms of their own.
  private let draft: FileDraft
  private var pseudonymizer: Pseudonymizer

  /// Goes on with the key in the file where there is one, else begins a new one.
  init(path: String, regions: [Region], on console: Console) throws {
    draft = try FileDraft(path)
    var key = PseudonymKey()
    if FileManager.default.fileExists(atPath: path) {
      key = try Pseudonyms.key(path, on: console)
    }
    let indexes = regions.map { region in
      TopicIndex(
        catalogue: region.topics.catalogue, languages: [region.language] + region.fallbackLanguages,
        distance: 0)
    }
    var texts: Set<String> = []
    for form in regions.flatMap(\.forms) {
      for question in form.questions where question.kind != .text {
        texts.insert("\(form.survey ?? form.name) \(question.name)")
      }
    }
    let known = texts
    pseudonymizer = Pseudonymizer(
      key: key, isKnownWord: { word in indexes.contains { $0.exact(word) != nil } },
      // A question that no form declares may hold anything.
      isText: { survey, question in !known.contains("\(survey) \(question)") })
  }

  static func key(_ path: String, on console: Console) throws -> PseudonymKey {
    do throws(RecordError) {
      let input: Input
      do throws(InputError) { input = try Input(path: path) } catch { throw RecordError(error.message) }
      let bytes: [UInt8]
      do throws(InputError) { bytes = try input.readAll() } catch { throw RecordError(error.message) }
      return try PseudonymKey(parsing: bytes)
    } catch {
      throw ToolFailure(.noInput, error.message, file: path)
    }
  }

  func hide(_ record: JSONValue) -> JSONValue { pseudonymizer.hide(record) }

  func save() throws { try draft.place(pseudonymizer.key.bytes) }

  /// Puts back, in every record of the streams, what the key knows.
  static func reveal(_ paths: [String], key: String, on console: Console) throws {
    let revealer = Revealer(key: try Pseudonyms.key(key, on: console))
    for input in try console.open(paths) {
      var runs = PersonRuns {
        revealer.reveal($0)
      } write: {
        try console.output.writeLine($0)
      }
      try RecordReader(input, log: console.report).forEachLine { line in try runs.take(line.bytes) }
      try runs.flush()
    }
  }
}
