package import Basics
import Programme

extension Traces {
  /// One record without the person; nil where nothing is left of it. A record that does not speak of the person is
  /// given back as it was.
  package func forget(_ record: JSONValue, _ removal: inout Removal) -> JSONValue? {
    guard case .object(let members) = record else { return record }
    let kind = members["record"]?.string ?? "record"
    func names(_ key: String) -> Bool { members[key]?.string.map(ids.contains) ?? false }
    func holds(_ key: String) -> Bool { members[key]?.string.map(spellings.occur(in:)) ?? false }
    let isGone =
      switch kind {
      case "person": names("id")
      case "tandem": names("mentor") || names("mentee") || holds("id")
      case "unmatched": names("person")
      case "session":
        members["tandem"]?.string.map(tandems.contains) ?? false || holds("tandem") || holds("id")
      default:
        // A notice or a reply of a meeting of the person is about the person, whoever got it.
        names("person") || names("id")
          || ["uid", "recipient", "attendee", "session", "tandem", "file"].contains(where: holds)
      }
    if isGone {
      removal.add(kind)
      return nil
    }
    var mentions = 0
    let kept = without(record, &mentions)
    if mentions > 0 { removal.add("mention", mentions) }
    return kept
  }

  /// A document of another program without the person; nil where it is about nobody else.
  package func forget(document: JSONValue, _ removal: inout Removal) -> JSONValue? {
    if isAbout(document) {
      removal.isDeleted = true
      return nil
    }
    var mentions = 0
    let kept = without(document, isDocument: true, &mentions)
    if mentions > 0 { removal.add("mention", mentions) }
    return kept
  }

  /// The value without the person: elements and members that are the person go, texts lose the words.
  private func without(_ value: JSONValue, isDocument: Bool = false, _ mentions: inout Int) -> JSONValue {
    switch value {
    case .string(let text):
      guard let erased = erased(text) else { return value }
      mentions += 1
      return .string(erased)
    case .array(let elements):
      var kept: [JSONValue] = []
      for element in elements {
        if isPerson(element) || isDocument && isAbout(element) {
          mentions += 1
        } else {
          kept.append(without(element, isDocument: isDocument, &mentions))
        }
      }
      return .array(kept)
    case .object(let members):
      var kept: [String: JSONValue] = [:]
      for key in members.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        guard let member = members[key] else { continue }
        if spellings.occur(in: key) || isPersonsOwn(member) || isDocument && isAbout(member) {
          mentions += 1
        } else {
          kept[key] = without(member, isDocument: isDocument, &mentions)
        }
      }
      return .object(kept)
    default: return value
    }
  }

  private func isPerson(_ value: JSONValue) -> Bool {
    if let text = value.string { return ids.contains(text) || isEmail(text) }
    return value["person"]?.string.map(ids.contains) ?? value["id"]?.string.map(ids.contains) ?? false
  }

  private func isPersonsOwn(_ member: JSONValue) -> Bool {
    if let number = member.integer { return spellings.occur(in: String(number)) }
    return member.string.map { ids.contains($0) } ?? false
  }

  /// As with a row: whose address it has, else whose number, id or name.
  private func isAbout(_ value: JSONValue) -> Bool {
    guard case .object(let members) = value else { return false }
    let cells = members.values.compactMap { $0.string ?? $0.integer.map { String($0) } }
    return isAbout(cells: cells.filter { !$0.isEmpty })
  }
}
