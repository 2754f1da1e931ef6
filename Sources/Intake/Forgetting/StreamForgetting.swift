package import Programme

extension Traces {
  /// One record without the person; nil where nothing is left of it. A record that does not speak of the person is
  /// given back as it was.
  package func forget(_ record: JSONValue, _ removal: inout Removal) -> JSONValue? {
    guard case .object(let members) = record else { return record }
    let kind = members["record"]?.string ?? "record"
    func names(_ key: String) -> Bool { members[key]?.string.map(ids.contains) ?? false }
    let isGone =
      switch kind {
      case "person": names("id")
      case "tandem": names("mentor") || names("mentee")
      case "unmatched": names("person")
      case "session": members["tandem"]?.string.map(tandems.contains) ?? false
      default: names("person") || names("id")
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

  /// The value without the person: elements and members that are the person go, texts lose the words.
  private func without(_ value: JSONValue, _ mentions: inout Int) -> JSONValue {
    switch value {
    case .string(let text):
      guard let erased = erased(text) else { return value }
      mentions += 1
      return .string(erased)
    case .array(let elements):
      var kept: [JSONValue] = []
      for element in elements {
        if isPerson(element) { mentions += 1 } else { kept.append(without(element, &mentions)) }
      }
      return .array(kept)
    case .object(let members):
      var kept: [String: JSONValue] = [:]
      for key in members.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        guard let member = members[key] else { continue }
        if ids.contains(key) || member.string.map(ids.contains) ?? false {
          mentions += 1
        } else {
          kept[key] = without(member, &mentions)
        }
      }
      return .object(kept)
    default: return value
    }
  }

  private func isPerson(_ value: JSONValue) -> Bool {
    if let text = value.string { return ids.contains(text) || emails.contains(text.lowercased()) }
    return value["person"]?.string.map(ids.contains) ?? value["id"]?.string.map(ids.contains) ?? false
  }
}
