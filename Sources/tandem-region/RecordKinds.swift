import Basics
import Finding
import Intake
import Mailing
import Matching
import Programme
import RecordStream
import Regions
import Scheduling
import Surveys
import Workshops

/// Every kind of record that the tools write, each with the table of its fields beside its type.
enum RecordKinds {
  /// Those of the stream in the order in which they arise, then the others by name.
  static let descriptions: [RecordDescription] =
    Record.descriptions + [
      AlternativeRecord.fields.description, BatchEnd.fields.description, DeliveryEntry.fields.description,
      Explanation.fields.description, FoundRecord.fields.description, FoundRecord.invitation.description,
      JournalEntry.fields.description, WorkshopOption.fields.description, ProgressRecord.fields.description,
      ForgetReceipt.fields.description, Region.fields.description, PartialAggregate.Header.fields.description,
      SurveyTable.Cell.fields.description, PartialAggregate.SurplusLine.fields.description,
      Diagnostic.fields.description,
    ]

  /// Their JSON Schemas, by file name under Config/schemas/records.
  static var schemas: [(name: String, text: String)] {
    descriptions.map { ("\($0.kind).json", RecordSchema.text(of: $0)) }
  }
}
