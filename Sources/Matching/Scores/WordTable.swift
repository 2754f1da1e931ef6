import Basics
import Programme
import Regions

/// The free words of all applicants as vectors, in flat arrays: 100,000 people must not be 300,000 small arrays.
struct WordTable: Sendable {
  enum Field: Int, CaseIterable, Sendable {
    case learn, teach, interests

    var key: String {
      switch self {
      case .learn: "learn"
      case .teach: "teach"
      case .interests: "interests"
      }
    }
  }

  /// One for each language in which questionnaires are answered.
  private(set) var measures: [String: WordsMeasure] = [:]
  /// Vector `applicant * 3 + field` lies at `starts[…] ..< starts[… + 1]`. Pieces of two languages have two numbers.
  private(set) var starts: [Int] = [0]
  private(set) var pieces: [Int32] = []
  private(set) var weights: [UInt16] = []
  private(set) var pieceCount = 0

  /// O(characters of all answers).
  init(_ applicants: Applicants) {
    let share = applicants.settings.map(\.freeWords).max() ?? 0
    guard share > 0 else {
      starts = [Int](repeating: 0, count: applicants.count * Field.allCases.count + 1)
      return
    }
    let languageOf = applicants.regions.map { WordTable.language(of: $0) }
    let languages = Set(languageOf).sorted { $0.precedesByBytes($1) }
    var base: [String: Int32] = [:]
    for language in languages {
      let answers = (0..<applicants.count).lazy
        .filter { languageOf[Int(applicants.regionOf[$0])] == language }
        .flatMap { index in Field.allCases.compactMap { applicants.people[index].said[$0.key] } }
      let measure = WordsMeasure(answers: answers)
      base[language] = Int32(truncatingIfNeeded: pieceCount)
      pieceCount += measure.pieceCount
      measures[language] = measure
    }
    starts.reserveCapacity(applicants.count * Field.allCases.count + 1)
    for index in 0..<applicants.count {
      let language = languageOf[Int(applicants.regionOf[index])]
      for field in Field.allCases {
        if let said = applicants.people[index].said[field.key], let measure = measures[language] {
          let vector = measure.vector(of: said)
          let offset = base[language] ?? 0
          for piece in vector.pieces { pieces.append(offset + piece) }
          for weight in vector.weights { weights.append(UInt16(clamping: weight)) }
        }
        starts.append(pieces.count)
      }
    }
  }

  /// The language in which a region's people answer.
  static func language(of region: Region) -> String {
    String(region.language.prefix { $0 != "-" && $0 != "_" }).lowercased()
  }

  func range(_ applicant: Int, _ field: Field) -> Range<Int> {
    let vector = applicant * Field.allCases.count + field.rawValue
    return starts[vector]..<starts[vector + 1]
  }

  /// In thousandths; 0 for two languages.
  func likeness(_ a: Int, _ aField: Field, _ b: Int, _ bField: Field) -> Int {
    let first = range(a, aField)
    let second = range(b, bField)
    var i = first.lowerBound
    var j = second.lowerBound
    var product = 0
    while i < first.upperBound, j < second.upperBound {
      if pieces[i] == pieces[j] {
        product += Int(weights[i]) * Int(weights[j])
        i += 1
        j += 1
      } else if pieces[i] < pieces[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return WordsMeasure.thousandths(product)
  }
}
