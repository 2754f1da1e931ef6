import Programme
import Regions

/// Groups of applicants outside of which no rule on sites allows a pair: nobody looks at pairs of two blocks.
///
/// A site is a block; a region that lets people of unknown site pass is one; all regions that allow tandems of two sites
/// are one together.
struct BlockPlan {
  /// Applicants by index, ascending; blocks in the order of their first applicant.
  let blocks: [[Int32]]

  init(_ applicants: Applicants) {
    struct Key: Hashable {
      var region: Int32?
      var site: String?
    }
    var isOpen = applicants.regions.map { _ in false }
    for index in 0..<applicants.count where applicants.people[index].site.isEmpty {
      let unknown = applicants.settings(of: index).unknown[SiteRule.name] ?? .allow
      if unknown != .forbid { isOpen[Int(applicants.regionOf[index])] = true }
    }
    let isRemote = applicants.settings.map { $0[SiteRule.remote] }
    var blockOf: [Key: Int] = [:]
    var blocks: [[Int32]] = []
    for index in 0..<applicants.count {
      let region = applicants.regionOf[index]
      let key =
        isRemote[Int(applicants.settingsOf[index])]
        ? Key() : Key(region: region, site: isOpen[Int(region)] ? nil : applicants.people[index].site)
      let block = blockOf[key] ?? blocks.count
      if block == blocks.count {
        blockOf[key] = block
        blocks.append([])
      }
      blocks[block].append(Int32(truncatingIfNeeded: index))
    }
    self.blocks = blocks
  }
}
