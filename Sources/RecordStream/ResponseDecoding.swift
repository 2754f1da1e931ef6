import Programme

extension Response {
  /// Keys beside `id`, `survey`, `region`, `cohort` and `answers` that hold a text are dimensions.
  init(_ scanner: inout JSONScanner) throws {
    var id: String?
    var survey: String?
    var region: String?
    var rest = Response(id: "", survey: "", region: "", answers: [:])
    try scanner.beginObject()
    while let key = try scanner.nextKey() {
      if try scanner.null() { continue }
      switch key {
      case "record": try scanner.skipValue()
      case "id": id = try scanner.string()
      case "survey": survey = try scanner.string()
      case "region": region = try scanner.string()
      case "cohort": rest.cohort = try scanner.string()
      case "answers":
        try scanner.beginObject()
        while let question = try scanner.nextKey() { rest.answers[question] = try Answer(&scanner) }
      default:
        if scanner.peek() == 0x22 {
          rest.dimensions[key] = try scanner.string()
        } else {
          try scanner.skipValue()
        }
      }
    }
    self = rest
    self.id = try required(id, "id", of: .response)
    self.survey = try required(survey, "survey", of: .response)
    self.region = try required(region, "region", of: .response)
  }
}

extension Answer {
  init(_ scanner: inout JSONScanner) throws(JSONError) {
    if try scanner.null() {
      self = .notAnswered
      return
    }
    switch scanner.peek() {
    case 0x22: self = .text(try scanner.string())
    case 0x5B: self = .choices(try scanner.strings())
    default: self = .number(try scanner.double())
    }
  }
}

extension Summary {
  init(_ scanner: inout JSONScanner) throws {
    var survey: String?
    var question: String?
    var rest = Summary(survey: "", question: "", slice: [:], figures: [:])
    try scanner.beginObject()
    while let key = try scanner.nextKey() {
      if try scanner.null() { continue }
      switch key {
      case "survey": survey = try scanner.string()
      case "question": question = try scanner.string()
      case "slice": rest.slice = try scanner.map()
      case "suppressed": rest.suppressed = try scanner.string()
      case "figures":
        try scanner.beginObject()
        while let name = try scanner.nextKey() { rest.figures[name] = try scanner.double() }
      default: try scanner.skipValue()
      }
    }
    self = rest
    self.survey = try required(survey, "survey", of: .summary)
    self.question = try required(question, "question", of: .summary)
  }
}
