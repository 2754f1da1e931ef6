import Programme
import Testing

@Suite struct UIDPartTests {
  @Test func usualIdentifiersAreAsTheyWere() {
    #expect("2026-autumn/pl:100001+de:A7".asUIDPart == "2026-autumn-pl-100001-de-A7")
    #expect("2026-autumn/pl/workshop-12".asUIDPart == "2026-autumn-pl-workshop-12")
  }

  @Test func othersAreEscaped() {
    #expect("2026-autumn/pl:1-2+de:Å".asUIDPart == "2026_2Dautumn_2Fpl_3A1_2D2_2Bde_3A_C3_85")
    #expect("a_b".asUIDPart == "a_5Fb")
    #expect("".asUIDPart == "")
  }

  /// All identifiers of few signs, and those that differ from a usual one in one place.
  @Test func noTwoAreAlike() {
    var texts: Set<String> = [""]
    for _ in 0..<5 {
      for text in texts { for sign in "a1-/:+_" { texts.insert(text + String(sign)) } }
    }
    let usual = [
      "c/p:1+p:2", "c-p/p:1+p:2", "c/p/workshop-1", "c-p-1/p:1+p:workshop1", "c-p-1/p:1+p:workshop",
    ]
    for base in usual {
      for index in base.indices {
        for sign in "a1-/:+_Å;\r\n" {
          var text = base
          text.replaceSubrange(index...index, with: String(sign))
          texts.insert(text)
        }
      }
    }
    var seen: [String: String] = [:]
    for text in texts {
      let part = text.asUIDPart
      #expect(seen[part] == nil, "\(text) and \(seen[part] ?? "")")
      seen[part] = text
      #expect(part.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
    }
    #expect(texts.count > 10_000)
  }
}
