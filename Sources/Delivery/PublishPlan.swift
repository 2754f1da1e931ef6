package import Basics
import Calendars
package import Mailing
import Programme

/// What must change in a calendar so that it agrees with the stream: a pure value, known before anything is done.
///
/// An event is ours if it carries our mark. What is ours and holds what was last written is ours to change; what holds
/// something else was changed by somebody, and is left alone. What is not ours is never touched.
package struct PublishPlan: Sendable {
  package enum Step: Hashable, Sendable {
    case add(PublishedEvent)
    case change(PublishedEvent, CalDAVCollection.Object)
    case remove(uid: String, summary: String, CalDAVCollection.Object)
  }

  /// By UID.
  package var steps: [Step] = []
  /// What somebody changed, and what is wanted: reported, and left alone.
  package var conflicts: [Diagnostic] = []
  package var unchanged = 0

  /// - Parameters:
  ///   - isWhole: false where part of the stream could not be read: what is missing from it is left alone.
  ///   - overwrites: what others changed of our events is taken back.
  package init(
    _ programme: PublishedProgramme, over objects: [CalDAVCollection.Object], isWhole: Bool = true,
    overwrites: Bool = false
  ) {
    var seen: Set<String> = []
    var stored: [(event: StoredEvent, object: CalDAVCollection.Object)] = []
    /// What nobody can read, by its name.
    var broken: [Substring: CalDAVCollection.Object] = [:]
    for object in objects {
      if let event = CalendarFile.read(object.bytes, depth: .texts).storedEvent {
        stored.append((event, object))
      } else if let name = object.path.split(separator: "/").last {
        broken[name] = object
      }
    }
    for (event, object) in stored.sorted(by: { $0.event.uid.precedesByBytes($1.event.uid) }) {
      if let wanted = programme.events[event.uid] {
        guard seen.insert(event.uid).inserted else { continue }
        keep(event, object, as: wanted, overwrites: overwrites)
      } else if !event.mark.digest.isEmpty, programme.sources.contains(event.mark.source),
        !programme.standing.contains(event.uid)
      {
        remove(event, object, overwrites: overwrites)
      }
    }
    if !isWhole {
      let known = programme.known
      steps.removeAll { if case .remove(let uid, _, _) = $0 { !known.contains(uid) } else { false } }
    }
    for (uid, event) in programme.events.sorted(by: { $0.key.precedesByBytes($1.key) })
    where !seen.contains(uid) {
      guard let object = broken[event.fileName[...]] else {
        steps.append(.add(event))
        continue
      }
      if overwrites {
        steps.append(.change(event, object))
      } else {
        conflict(
          "'\(event.summary)' (\(uid))", object,
          "was changed by somebody and cannot be read any more: it is left alone; delete it there, or give --overwrite"
        )
      }
    }
    steps.sort { $0.uid.precedesByBytes($1.uid) }
  }

  /// What is on the server, of an event that the stream has.
  private mutating func keep(
    _ event: StoredEvent, _ object: CalDAVCollection.Object, as wanted: PublishedEvent, overwrites: Bool
  ) {
    let isOurs = !event.mark.digest.isEmpty
    let actual = PublishedEvent.digest(of: event)
    let name = "'\(event.summary)' (\(event.uid))"
    if actual == wanted.digest, event.mark.digest == actual {
      unchanged += 1
    } else if isOurs && [event.mark.digest, wanted.digest].contains(actual) || overwrites {
      steps.append(.change(wanted, object))
    } else if !isOurs {
      conflict(
        name, object,
        "has the UID of a session, but was not made here: it is left alone; delete it there, or give --overwrite"
      )
    } else if wanted.digest == event.mark.digest {
      conflict(
        name, object,
        "was changed by somebody: it is left alone; change the plan, or give --overwrite to take it back")
    } else {
      conflict(
        name, object,
        "was changed by somebody, and by the plan: it is left alone; give --overwrite to write the plan's")
    }
  }

  /// What is on the server, of an event that was cancelled on the stream, or is gone from it.
  private mutating func remove(
    _ event: StoredEvent, _ object: CalDAVCollection.Object, overwrites: Bool
  ) {
    if PublishedEvent.digest(of: event) == event.mark.digest || overwrites {
      steps.append(.remove(uid: event.uid, summary: event.summary, object))
    } else {
      conflict(
        "'\(event.summary)' (\(event.uid))", object,
        "is cancelled, but was changed by somebody: it is left alone; delete it there, or give --overwrite")
    }
  }

  private mutating func conflict(_ name: String, _ object: CalDAVCollection.Object, _ what: String) {
    conflicts.append(
      Diagnostic(.warning, "\(name) \(what)", file: object.path, code: "changed-by-others"))
  }
}

extension PublishPlan.Step {
  package var uid: String {
    switch self {
    case .add(let event), .change(let event, _): event.uid
    case .remove(let uid, _, _): uid
    }
  }
}
