import Foundation
import Intake
import Testing

@Suite struct ScratchPagesTests {
  @Test func pagesComeBackAndTheFirstStay() throws {
    let scratch = ScratchPages(keep: 3000)
    let pages = (0..<20).map { page in (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7 + page) } }
    let places = pages.map { page in page.withUnsafeBytes { scratch.shelf.put($0) } }
    #expect(places.prefix(3).allSatisfy { $0 == nil }, "so many bytes stay in memory")
    #expect(places.dropFirst(3).allSatisfy { $0 != nil })
    var back = [UInt8](repeating: 0, count: 1000)
    for (page, place) in zip(pages, places).reversed() {
      guard let place else { continue }
      #expect(back.withUnsafeMutableBytes { scratch.shelf.get(place, $0) })
      #expect(back == page)
      // A part of it.
      #expect(back[..<10].withUnsafeMutableBytes { scratch.shelf.get(place + 500, $0) })
      #expect(back[..<10] == page[500..<510])
    }
    #expect(!back.withUnsafeMutableBytes { scratch.shelf.get(1 << 30, $0) }, "nothing stands there")
  }
}
