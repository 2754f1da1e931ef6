// Fuzzes the reader of calendar files, its recurrences and its zones: no input may crash it, hang it or make it grow.
// fuzz-modules: Basics Programme
// fuzz-sources: Sources/Calendars
import Programme

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCalendar(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: data, count: count)
  let file = CalendarFile.read(bytes, fileName: "fuzz.ics", depth: .texts)
  let first = LocalDate(daysSinceEpoch: 20_732)
  let window = MinuteInterval(
    start: ZoneTable.utc.minute(of: first), end: ZoneTable.utc.minute(of: first.adding(days: 31)))
  let zone = (try? ZoneDatabase.zone("Europe/Warsaw")) ?? .utc
  let busy = file.busyTime(in: window, zone: zone, owners: ["ann@example.com"])
  precondition(busy.intervals.allSatisfy { $0.start >= window.start && $0.end <= window.end && !$0.isEmpty })
  let days = file.wholeDays(from: first, through: first.adding(days: 31))
  precondition(days.allSatisfy { $0.date >= first && $0.date <= first.adding(days: 31) })
  _ = file.replies(zone: zone)
  return file.ownerCandidates.isEmpty ? -1 : 0
}
