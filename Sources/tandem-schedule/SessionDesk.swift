import Basics
import Calendars
import Programme
import RecordStream
import Regions
import Scheduling
import ToolSupport

/// A plan while one session of one tandem takes another time.
struct SessionDesk {
  let tandem: Tandem
  let region: Region
  /// What holds at the mentee's site.
  let frame: ProgrammeFrame
  /// The clock of the tandem's sessions.
  let zone: ZoneTable
  let zoneName: String
  let input: CohortInput
  private(set) var isClean: Bool

  /// - Throws: exit code 65 where the tandem's sessions cannot change.
  init(
    of id: TandemID, _ contents: StreamContents, regions: [Region], _ calendars: CalendarFolder,
    _ absences: BusyOptions, at now: Timestamp, on console: Console
  ) throws {
    guard let tandem = contents.tandems.last(where: { $0.id == id }) else {
      throw ToolFailure(
        .badInput, "the tandem \(id) is not on the stream; pass the tandem records on with the sessions")
    }
    if tandem.status == .ended || tandem.status == .completed {
      throw ToolFailure(
        .badInput, "tandem \(tandem.id) is \(tandem.status.rawValue): its sessions stay as they are")
    }
    guard let mentee = contents.people[tandem.mentee], contents.people[tandem.mentor] != nil else {
      throw ToolFailure(
        .badInput, "the people of \(id) are not on the stream; pass the person records on with the tandems")
    }
    guard let region = regions.first(where: { $0.id == tandem.region }) else {
      throw ToolFailure(.badInput, "the region \(tandem.region) of \(id) is not at work; name it in --region")
    }
    let site = region.site(named: mentee.site)
    let settings = region.at(site: site?.name, cohort: tandem.cohort)
    let isInRoom = settings.scheduling.place == .room && site?.rooms.isEmpty == false
    zoneName = isInRoom ? site?.timeZone ?? mentee.timeZone : mentee.timeZone
    guard let zone = try? ZoneDatabase.zone(zoneName) else {
      throw ToolFailure(.badInput, "there is no time zone \(zoneName)")
    }
    self.zone = zone
    (self.tandem, self.region, frame) = (tandem, region, settings.frame)
    let sites = try SiteCalendars(regions, cohort: tandem.cohort, on: console)
    var input = CohortInput(
      cohort: tandem.cohort, regions: regions, people: contents.people, tandems: contents.tandems,
      holidays: sites.holidays, roomBookings: sites.bookings, now: now)
    contents.sortAsPlan(into: &input, on: console)
    // Only the calendars of the two count, and only theirs are reported as missing.
    var both = input
    both.tandems = input.tandems.filter { $0.id == tandem.id }
    let isRead = try Availability.read(
      calendars, absences, recorded: contents.absences, in: sites.window, into: &both, on: console)
    input.busy = both.busy
    input.absences = both.absences
    self.input = input
    isClean = sites.isClean && isRead
  }

  /// Puts a session at a time, and reports all that speaks against it.
  ///
  /// - Parameter agreed: whether the people agreed, so that only what cannot be speaks against it.
  /// - Returns: nil where it cannot be there.
  /// - Throws: exit codes 64 and 65 where the records do not say enough.
  func place(
    _ session: Session, at interval: MinuteInterval, agreed: Bool, on console: Console
  ) throws -> SessionAlternatives.Alternative? {
    let found: (alternative: SessionAlternatives.Alternative, faults: [SessionFault])
    do throws(SchedulingError) {
      found = try SessionPlacement(of: session, length: interval.length, in: input).place(at: interval)
    } catch {
      throw ToolFailure(error.isUsage ? .usage : .badInput, error.message)
    }
    let start = zone.timestamp(minute: interval.start).clockText
    let refusals = agreed ? found.faults.filter(\.isPhysical) : found.faults
    for fault in found.faults {
      let isRefused = refusals.contains(fault)
      console.report(
        Diagnostic(
          isRefused ? .error : .warning,
          isRefused
            ? "session \(session.id) cannot be on \(start): \(fault.reason)"
            : "session \(session.id) is on \(start) although \(fault.reason)", code: "rule"))
    }
    guard refusals.isEmpty else {
      if !agreed, !found.faults.contains(where: \.isPhysical) {
        console.report(Diagnostic(.note, "if the people agreed on it all the same, add --agreed"))
      }
      return nil
    }
    return found.alternative
  }
}
