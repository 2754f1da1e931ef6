/// Where a kind of export keeps its values, and what its words mean.
package struct Form: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// HR master data.
    case staff
    /// What applicants answered.
    case questionnaire
    /// What participants answered.
    case survey
    /// Profiles of a social network: interests and tags.
    case profiles
    /// The lists of topics that pairs wrote together in their first session.
    case keywords
  }

  package enum Format: String, CaseIterable, Hashable, Sendable {
    case csv, xml
  }

  package var name: String
  package var kind: Kind
  package var format: Format
  /// Guesses overridden: nil is "found out from the bytes".
  package var encoding: String?
  package var delimiter: String?
  package var headingRows: Int?
  /// Of a workbook: the sheet that the form reads; nil: the one that it fits.
  package var sheet: String?
  /// XML: the path of a row's element by local names (`document/responses/rows/row`).
  package var rowPath: String?
  /// XML: of elements that repeat as time slices, the path below the row and the condition that picks the current one.
  package var slices: Slices?
  /// Where each field is, by the field's name (`employeeNumber`, `email`, `role`, `learn` …). In a survey, a field
  /// that is none of `response`, `employeeNumber`, `email`, `timestamp` and `cohort` is a dimension of that name;
  /// one without columns is taken from master data.
  package var fields: [String: Field]
  /// CSV: an empty cell without quotes was never shown (LimeSurvey); else it was left empty. In XML an absent element
  /// was never shown.
  package var bareEmptyIsNotAsked: Bool
  /// Roles by the words of the form.
  package var roles: [String: String]
  /// Language of the topic words; nil: the region's.
  package var language: String?
  /// The survey's name, for `survey`.
  package var survey: String?
  /// The survey's questions, in order.
  package var questions: [Question]
  /// How the export writes times (`yyyy-MM-dd HH:mm:ss`); nil: the known ways are tried.
  package var timeFormat: String?
  /// Which of `8/2/2026` is the day; nil: what the column proves, else what is usual in the region's country.
  package var dateOrder: DateOrder?
  /// Rows that count: all conditions hold. Drafts, previews and rows of other companies are left out, and counted.
  package var only: [Condition]
  /// Rows that do not count: one of the conditions holds.
  package var except: [Condition]

  package enum DateOrder: String, CaseIterable, Hashable, Sendable {
    case dayFirst = "day-first"
    case monthFirst = "month-first"
  }

  /// What a column says of a row as a whole.
  package struct Condition: Hashable, Sendable {
    /// A field of the form, else a heading, a code, or an element path below the row.
    package var column: String
    /// The words of which the cell holds one; empty: any word, the cell is not empty.
    package var words: [String]
  }

  package struct Slices: Hashable, Sendable {
    /// `employment_information/job_information`
    package var path: String
    /// The element of a slice that ends it (`end_date`).
    package var end: String
    package var start: String?
  }

  package struct Field: Hashable, Sendable {
    /// Headings (any of them), codes, or element paths below the row. A heading `code` also takes the columns
    /// `code[choice]`, which exports make of a multiple choice.
    package var columns: [String]
    /// Several values in one cell are joined by any of these (`;`, `, `, `；`); empty: one value.
    package var separators: [String]
    package var required: Bool
    /// Words and what they mean (`"ja": "true"`), where the field needs it.
    package var values: [String: String]
    /// Columns of a multiple choice, and the choice that a tick in each stands for (`learn___1: Logistics`).
    package var choices: [String: String]
    /// What a tick is (`"2"`, where `"1"` means no); empty: what means yes in any export.
    package var ticked: [String]
  }

  package struct Question: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
      case likert, nps, choice, choices, number, text
    }

    package var name: String
    package var kind: Kind
    package var columns: [String]
    /// likert: 5 or 7.
    package var points: Int?
    package var choices: [String]
    /// Words of the export and the value they stand for (`"stimme voll zu": "5"`); empty: the cell is the value.
    package var values: [String: String]
  }
}
