package import Basics
import Foundation

/// Copies new mails of a mailbox into a folder, each once, and changes nothing in the mailbox.
///
/// The folder remembers the highest UID that it has of each mailbox, and the UIDVALIDITY that makes UIDs comparable
/// (RFC 9051, section 2.3.1.1): UIDs only ever rise while that stays.
package struct MailPickup {
  package struct Summary: Hashable, Sendable {
    package var taken = 0
    /// Larger than any answer.
    package var tooLarge = 0
    /// The mailbox was made anew since the last run, so that everything was read again.
    package var startedOver = false
  }

  /// Larger mails are named and left where they are.
  static let largest = 32 << 20
  private static let memoryName = ".tandem-pickup"

  private let folder: String
  private let memory: String

  /// - Parameter folder: made where it is missing.
  /// - Throws: `IMAPError.folder`.
  package init(into folder: String) throws(IMAPError) {
    self.folder = folder
    memory = FolderListing.path(folder, MailPickup.memoryName)
    do throws(FileError) {
      try Folders.make(folder)
      try FileDraft.sweep(folder)
    } catch {
      throw .folder(path: folder, reason: error.message)
    }
  }

  /// - Parameters:
  ///   - name: of the server, part of the files' names and of what is remembered.
  ///   - since: of the first run, only mails that arrived on this day or later.
  ///   - report: gets each mail that was left out.
  /// - Throws: `IMAPError`.
  package func run(
    _ connection: IMAPConnection, server name: String, mailbox: String, since: String? = nil,
    report: (Diagnostic) -> Void, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> Summary {
    let key = "\(name)/\(mailbox)"
    var known = try remembered()
    let opened = try connection.run("EXAMINE \(IMAPConnection.quoted(mailbox))")
    guard opened.isGood else { throw IMAPError.noMailbox(mailbox, reason: opened.words) }
    guard
      let validity = opened.responses.compactMap({ MailPickup.number(behind: "[UIDVALIDITY ", in: $0.line) })
        .first
    else { throw IMAPError.badAnswer("it gives no UIDVALIDITY") }
    var summary = Summary()
    var place = known[key] ?? Place(validity: validity, last: 0)
    if place.validity != validity {
      summary.startedOver = true
      place = Place(validity: validity, last: 0)
    }
    var uids: [Int] = []
    let limit = place.last == 0 ? since.map { " SINCE \($0)" } ?? "" : ""
    let found = try connection.run("UID SEARCH UID \(place.last + 1):*\(limit)")
    guard found.isGood else { throw IMAPError.badAnswer("it refuses a search: \(found.words)") }
    for (line, _) in found.responses where line.uppercased().hasPrefix("* SEARCH") {
      // `n:*` names the last mail, whatever its number.
      uids += line.split(separator: " ").dropFirst(2).compactMap { Int($0) }.filter { $0 > place.last }
    }
    uids.sort()
    let sizes = try sizes(of: uids, connection)
    for (index, uid) in uids.enumerated() {
      if let size = sizes[uid], size > MailPickup.largest {
        summary.tooLarge += 1
        report(
          Diagnostic(
            .warning,
            "mail \(uid) of \(mailbox) has \(size >> 20) MB and is left there: no answer is as large",
            code: "too-large"))
      } else if let bytes = try mail(uid, connection) {
        let file = MailPickup.fileName(name, mailbox, validity, uid)
        do throws(FileError) {
          try AtomicFile.write(bytes, to: FolderListing.path(folder, file), synchronize: false)
        } catch {
          throw IMAPError.folder(path: error.path, reason: error.message)
        }
        summary.taken += 1
      }
      place.last = uid
      known[key] = place
      // Not after each: what a killed run fetched is fetched once more, under the same names.
      if index % 50 == 49 { try remember(known) }
      progress(index + 1, uids.count)
    }
    known[key] = place
    try remember(known)
    connection.leave()
    return summary
  }

  private func sizes(of uids: [Int], _ connection: IMAPConnection) throws -> [Int: Int] {
    guard let first = uids.first, let last = uids.last else { return [:] }
    var sizes: [Int: Int] = [:]
    let answer = try connection.run("UID FETCH \(first):\(last) (RFC822.SIZE)")
    for (line, _) in answer.responses {
      guard let uid = MailPickup.number(behind: "UID ", in: line),
        let size = MailPickup.number(behind: "RFC822.SIZE ", in: line)
      else { continue }
      sizes[uid] = size
    }
    return sizes
  }

  /// nil where it was deleted in the meantime.
  private func mail(_ uid: Int, _ connection: IMAPConnection) throws -> [UInt8]? {
    let answer = try connection.run("UID FETCH \(uid) (BODY.PEEK[])")
    for (line, literals) in answer.responses
    where MailPickup.number(behind: "UID ", in: line) == uid && line.uppercased().contains("BODY[]") {
      if let bytes = literals.first { return bytes }
    }
    return nil
  }

  private static func number(behind word: String, in line: String) -> Int? {
    guard let range = line.range(of: word, options: .caseInsensitive) else { return nil }
    return Int(line[range.upperBound...].prefix { $0.isASCII && $0.isNumber })
  }

  /// Of letters and digits alone, whatever the server and its mailbox are called.
  static func fileName(_ server: String, _ mailbox: String, _ validity: Int, _ uid: Int) -> String {
    let safe = "\(server)-\(mailbox)".utf8.prefix(80).map { $0.isASCIILetterOrDigit ? $0 : 0x2D }
    return "\(String(decoding: safe, as: UTF8.self))-\(validity)-\(uid).eml"
  }

  struct Place: Hashable {
    var validity: Int
    var last: Int
  }

  private func remembered() throws(IMAPError) -> [String: Place] {
    let bytes: [UInt8]
    do throws(InputError) {
      guard try FileKind.at(memory) != nil else { return [:] }
      bytes = try OpenedFile.bytes(memory, limit: 1 << 24)
    } catch {
      throw .folder(path: memory, reason: error.message)
    }
    guard case .object(let members)? = try? JSONValue(parsing: bytes) else {
      throw .folder(
        path: memory, reason: "is damaged; delete it, and all mails are copied again under the same names")
    }
    return members.compactMapValues { value in
      guard case .integer(let validity)? = value["uidvalidity"], case .integer(let last)? = value["last"]
      else {
        return nil
      }
      return Place(validity: validity, last: last)
    }
  }

  private func remember(_ known: [String: Place]) throws(IMAPError) {
    var writer = JSONWriter()
    writer.value(
      .object(
        known.mapValues { .object(["last": .integer($0.last), "uidvalidity": .integer($0.validity)]) }))
    do throws(FileError) {
      try AtomicFile.write(writer.bytes + [10], to: memory)
    } catch {
      throw .folder(path: error.path, reason: error.message)
    }
  }
}
