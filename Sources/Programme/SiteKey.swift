/// A site of a region: sites of two regions may have one name.
package struct SiteKey: Hashable, Sendable {
  package var region: String
  package var site: String

  package init(region: String, site: String) {
    self.region = region
    self.site = site
  }
}
