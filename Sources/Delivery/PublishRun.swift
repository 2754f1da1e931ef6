package import Basics
import Calendars
import Mailing
import Programme

/// Does what a plan says, step by step; what fails for one event does not keep the others back.
package struct PublishRun {
  package struct Summary: Hashable, Sendable {
    package var added = 0
    package var changed = 0
    package var removed = 0
    /// Refused by the server, or changed since it was read.
    package var failed = 0

    package init() {}

    package var count: Int { added + changed + removed + failed }
  }

  private let collection: CalDAVCollection

  package init(_ collection: CalDAVCollection) { self.collection = collection }

  /// - Parameters:
  ///   - report: gets each event that could not be kept in step, and why.
  ///   - progress: gets how many steps are done.
  /// - Throws: `CalDAVError` where nothing more can be done; what was done stays, and another run goes on from there.
  package func run(
    _ plan: PublishPlan, report: (Diagnostic) -> Void, progress: (Int) -> Void = { _ in }
  ) throws(CalDAVError) -> Summary {
    var summary = Summary()
    for step in plan.steps {
      do throws(CalDAVError) {
        switch step {
        case .add(let event):
          try put(event, at: collection.path + event.fileName, if: .isNew)
          summary.added += 1
        case .change(let event, let object):
          try put(event, at: object.path, if: .isStill(object.etag))
          summary.changed += 1
        case .remove(_, _, let object):
          try collection.delete(object)
          summary.removed += 1
        }
      } catch {
        guard error.isOfOneEvent else { throw error }
        summary.failed += 1
        report(
          Diagnostic(
            .error, "\(step.uid) could not be updated: \(error.message)", file: step.path(in: collection),
            code: error == .changed ? "changed-by-others" : "refused"))
      }
      progress(summary.count)
    }
    return summary
  }

  /// An answer may be lost after the server did what it was asked; asked again, it says that the event changed.
  private func put(
    _ event: PublishedEvent, at path: String, if condition: CalDAVCollection.Condition
  ) throws(CalDAVError) {
    do throws(CalDAVError) {
      try collection.put(event.bytes, at: path, if: condition)
    } catch .changed {
      guard let object = try collection.object(at: path),
        let stored = CalendarFile.read(object.bytes, depth: .texts).storedEvent,
        stored.mark == CalendarMark(source: event.source, digest: event.digest),
        PublishedEvent.digest(of: stored) == event.digest
      else { throw CalDAVError.changed }
    }
  }
}

extension PublishPlan.Step {
  fileprivate func path(in collection: CalDAVCollection) -> String {
    switch self {
    case .add(let event): collection.path + event.fileName
    case .change(_, let object), .remove(_, _, let object): object.path
    }
  }
}
