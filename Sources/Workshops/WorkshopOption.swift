import Basics
package import Programme

/// A choice of dates on the stream: a record of a kind of its own, which every other tool passes on.
package struct WorkshopOption: Sendable {
  let plan: WorkshopPlan
  let number: Int
  let region: String
  let cohort: String

  package init(_ plan: WorkshopPlan, number: Int, region: String, cohort: String) {
    self.plan = plan
    self.number = number
    self.region = region
    self.cohort = cohort
  }

  package static let fields = WrittenTable<WorkshopOption>(
    "workshop-option", "A choice of dates for a region's workshops.", place: "`tandem-workshop --options`",
    [
      .required("cohort", \.cohort, "the cohort's id"),
      .required("region", \.region, "the region's id"),
      .required("option", \.number, "its number, for `--choose`"),
      .required("cost", \.plan.cost, "what it costs"),
      .required(
        "bound", \.plan.bound, "no plan costs less; after the first, none without the days that it leaves out"
      ),
      .required("gap", \.plan.gap, "by how much the cost may exceed the best, of the bound"),
      .count("coming", \.plan.comers, "mentors who can come"),
      .required("sessionsToMove", { $0.plan.collisions.map(\.id) }, "ids of sessions in its way"),
      .required("missing", \.plan.missing, "mentors who cannot come"),
      .required("workshops", { $0.plan.workshops.map(Occasion.init) }, "its dates"),
    ])

  /// One date of it.
  private struct Occasion: WrittenObject {
    let workshop: Workshop

    static let fields = WrittenTable<Occasion>([
      .required("start", \.workshop.start, "when it begins"),
      .required("end", \.workshop.end, "when it ends"),
      .required("timeZone", \.workshop.timeZone, "IANA name"),
      .required("venue", \.workshop.venue, "the venue's name"),
      .count("groups", \.workshop.groups.count, "how many groups"),
      .required("sizes", { $0.workshop.groups.map(\.members.count) }, "members of each group"),
      .count(
        "coming", { $0.workshop.groups.reduce(0) { $0 + $1.members.count } }, "how many people"),
    ])
  }
}
