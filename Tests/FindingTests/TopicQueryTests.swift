import Finding
import Testing

@Suite struct TopicQueryTests {
  @Test(arguments: [
    ("video", ["video"]), ("WIDEO, E-Bike", ["video", "e-bike"]), ("video;video", ["video"]), ("cooking", []),
    ("", []), ("clips、blog", ["video", "blog"]),
  ])
  func wordsThatNameTopics(_ words: String, _ topics: [String]) {
    #expect(TopicQuery.topics(in: words, of: SearchTests.catalogue) == topics)
  }
}
