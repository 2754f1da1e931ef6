import Programme
import Testing

@Suite struct TopicCatalogueTests {
  private func topic(_ id: String, under parent: String? = nil) -> Topic {
    Topic(id: id, parent: parent, names: [:], aliases: [:])
  }

  @Test func nearTopicsCountInPart() {
    let catalogue = TopicCatalogue([
      topic("digital"), topic("video", under: "digital"), topic("blog", under: "digital"),
      topic("podcast", under: "blog"), topic("leadership"),
    ])
    #expect(catalogue.nearness("video", "video") == 1)
    #expect(catalogue.nearness("video", "blog") == 0.5)
    #expect(catalogue.nearness("blog", "podcast") == 0.8)
    #expect(catalogue.nearness("video", "leadership") == 0)
    #expect(catalogue.nearness("blog", "podcast") == catalogue.nearness("podcast", "blog"))
  }

  @Test func aCycleInTheTreeEnds() {
    let catalogue = TopicCatalogue([topic("a", under: "b"), topic("b", under: "a")])
    #expect(catalogue.ancestry(of: "a") == ["a", "b"])
  }
}
