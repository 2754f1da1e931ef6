import Programme
import Testing

@testable import Regions

@Suite struct DateWordingTests {
  private func span(_ wording: DateWording, _ start: Int, _ end: Int) -> String {
    wording.span(Timestamp(minute: start, offset: 0), Timestamp(minute: end, offset: 0))
  }

  @Test func timesOfTwentyFourHours() {
    #expect(span(.none, 480, 570) == "08:00–09:30")
    #expect(span(.none, 0, 5) == "00:00–00:05")
    #expect(span(.none, 1380, 1440) == "23:00–00:00")
  }

  @Test func timesOfTwelveHoursNameTheirHalf() {
    let wording = DateWording(months: [], weekdays: [], long: nil, short: nil, halves: ["AM", "PM"])
    #expect(span(wording, 600, 690) == "10:00–11:30 AM")
    #expect(span(wording, 660, 750) == "11:00 AM – 12:30 PM")
    #expect(span(wording, 720, 810) == "12:00–1:30 PM")
    #expect(span(wording, 0, 30) == "12:00–12:30 AM")
  }

  @Test func aTimeIsThatOfItsOwnOffset() {
    let start = Timestamp(minute: 480, offset: 7200)
    #expect(DateWording.none.span(start, Timestamp(minute: 570, offset: 7200)) == "10:00–11:30")
  }

  @Test func withoutWordsADateIsAsISO8601WritesIt() {
    #expect(DateWording.none.date(LocalDate(daysSinceEpoch: 0)) == "1970-01-01")
  }

  @Test func listsAreJoinedAsTheLanguageDoes() {
    let spanish = ListWording(between: ", ", last: " y ", lastBeforeI: " e ")
    #expect(spanish.joined([]) == "")
    #expect(spanish.joined(["a"]) == "a")
    #expect(spanish.joined(["a", "b", "c"]) == "a, b y c")
    #expect(spanish.joined(["datos", "inteligencia"]) == "datos e inteligencia")
    #expect(spanish.joined(["Lucía", "Íñigo"]) == "Lucía e Íñigo")
    #expect(spanish.joined(["padres", "hijos"]) == "padres e hijos")
    #expect(spanish.joined(["agua", "hielo"]) == "agua y hielo")
  }
}
