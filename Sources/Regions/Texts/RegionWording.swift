package import Basics
import Programme

/// The texts of several regions, read once: who words the invitations of which region.
package struct RegionWording: Sendable {
  package let regions: [String: Region]
  private let composers: [String: InvitationComposer]

  /// - Returns: also all that is wrong or missing in the texts, each reported once; with an error among them, the texts are not
  ///   to be used.
  /// - Parameter config: the folder that holds `texts/`.
  package static func load(
    _ regions: [Region], config: String
  ) -> (wording: RegionWording, diagnostics: [Diagnostic]) {
    var composers: [String: InvitationComposer] = [:]
    var mistakes: Set<Diagnostic> = []
    for region in regions {
      let (texts, diagnostics) = TextCatalogue.load(config: config, region: region)
      mistakes.formUnion(diagnostics)
      composers[region.id] = InvitationComposer(texts: texts, region: region)
    }
    return (RegionWording(regions: regions.keyed(by: \.id), composers: composers), mistakes.sorted())
  }

  /// nil where the region is none of these.
  package subscript(region: String) -> InvitationComposer? { composers[region] }
}
