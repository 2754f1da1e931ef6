import Programme
import Testing

@Suite struct ClockSpanTests {
  @Test func everyMinuteOfADayIsReadAsItIsWritten() {
    for minute in 0...1440 {
      let time = ClockTime(minuteOfDay: minute)
      #expect(ClockTime(time.description) == time)
      #expect(time.description.utf8.count == 5)
    }
    #expect(ClockTime("8:05")?.minute == 485)
    #expect(ClockTime(minuteOfDay: -5).minute == 0)
    #expect(ClockTime(minuteOfDay: 9999).description == "24:00")
  }

  @Test(arguments: [
    "", "8", "08", "8:5", "08:5", ":30", "24:01", "25:00", "08:60", "+8:00", "08:+1", "008:00", "08:00:00",
    "a8:00", "8.30", "08:00 ", "٠٨:٠٠", "8:00h",
  ])
  func whatNoClockShowsIsNoTime(_ text: String) {
    #expect(ClockTime(text) == nil)
  }

  @Test func aSpanEndsAfterItBegins() {
    #expect(ClockSpan("08:00-17:30") == ClockSpan(480..<1050))
    #expect(ClockSpan("0:00-24:00") == ClockSpan(0..<1440))
    #expect(ClockSpan(480..<1050).description == "08:00-17:30")
    for text in [
      "", "08:00", "17:00-08:00", "08:00-08:00", "08:00-09:00-10:00", "08:00–09:00", "-08:00-09:00",
    ] {
      #expect(ClockSpan(text) == nil, "\(text)")
    }
    #expect(ClockSpan(-5..<2000) == ClockSpan(0..<1440))
    #expect(ClockSpan(0..<60).overlaps(ClockSpan(59..<80)))
    #expect(!ClockSpan(0..<60).overlaps(ClockSpan(60..<80)))
  }
}
