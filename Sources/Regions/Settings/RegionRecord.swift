import Basics
package import Programme

extension Region {
  package static let fields = WrittenTable<Region>(
    "region", "A region of the configuration.", place: "`tandem-region list`",
    [
      .required("id", \.id, "the region's id"),
      .required("name", \.name, "its name"),
      .required("country", \.country, "ISO 3166"),
      .required("language", \.language, "BCP 47"),
      .required("timeZone", \.timeZone, "IANA name"),
      .required("sites", { $0.sites.map(\.name) }, "its sites"),
      .required("cohorts", { $0.cohorts.map(\.id) }, "its cohorts"),
      .required("forms", { $0.forms.map(\.name) }, "its forms"),
    ])
}
