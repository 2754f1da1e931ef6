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

  /// Connections at a time: a server is no faster with more, and some refuse them.
  package static let connections = 6

  private let place: CalDAVCollection.Place

  package init(_ place: CalDAVCollection.Place) { self.place = place }

  /// Several steps at a time, each over a connection of its own: they concern different events.
  ///
  /// - Parameters:
  ///   - report: gets each event that could not be kept in step, and why, in the order of the plan.
  ///   - progress: gets how many steps are done.
  /// - Throws: `CalDAVError` where nothing more can be done; what was done stays, and another run goes on from there.
  package func run(
    _ plan: PublishPlan, report: (Diagnostic) -> Void, progress: (Int) -> Void = { _ in }
  ) throws(CalDAVError) -> Summary {
    let steps = plan.steps
    let results = SharedWork<Result<Void, CalDAVError>>(count: steps.count).run(
      threads: min(PublishRun.connections, steps.count), progress: progress
    ) { [place] work in
      do throws(CalDAVError) {
        let collection = try CalDAVCollection(place)
        while let index = work.next() {
          do throws(CalDAVError) {
            try PublishRun.carryOut(steps[index], on: collection)
            work.end(index, .success(()))
          } catch {
            work.end(index, .failure(error), isOver: !error.isOfOneEvent)
          }
        }
      } catch {
        while let index = work.next() { work.end(index, .failure(error), isOver: true) }
      }
    }
    var summary = Summary()
    for (step, result) in zip(steps, results) {
      switch result {
      case .success?:
        switch step {
        case .add: summary.added += 1
        case .change: summary.changed += 1
        case .remove: summary.removed += 1
        }
      case .failure(let error)?:
        guard error.isOfOneEvent else { throw error }
        summary.failed += 1
        report(
          Diagnostic(
            .error, "\(step.uid) could not be updated: \(error.message)", file: step.path(in: place.path),
            code: error == .changed ? "changed-by-others" : "refused"))
      case nil: break
      }
    }
    return summary
  }

  private static func carryOut(
    _ step: PublishPlan.Step, on collection: CalDAVCollection
  ) throws(CalDAVError) {
    switch step {
    case .add(let event): try put(event, at: collection.path + event.fileName, if: .isNew, on: collection)
    case .change(let event, let object):
      try put(event, at: object.path, if: .isStill(object.etag), on: collection)
    case .remove(_, _, let object): try collection.delete(object)
    }
  }

  /// An answer may be lost after the server did what it was asked; asked again, it says that the event changed.
  private static func put(
    _ event: PublishedEvent, at path: String, if condition: CalDAVCollection.Condition,
    on collection: CalDAVCollection
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
  fileprivate func path(in collection: String) -> String {
    switch self {
    case .add(let event): collection + event.fileName
    case .change(_, let object), .remove(_, _, let object): object.path
    }
  }
}
