import Basics
package import Programme
package import Regions

/// What somebody looks for: people of other fields at a site, who know, like or want to learn something.
package struct Search: Sendable {
  package var seeker: Person
  package var site: String
  /// Topics that the words name, and the words themselves.
  package var topics: [String]
  package var words: String
  package var purpose: FindingSettings.Purpose
  package var limit: Int
  package var date: LocalDate

  package init(
    seeker: Person, site: String, topics: [String], words: String, purpose: FindingSettings.Purpose,
    limit: Int,
    date: LocalDate
  ) {
    self.seeker = seeker
    self.site = site
    self.topics = topics
    self.words = words
    self.purpose = purpose
    self.limit = limit
    self.date = date
  }
}

/// Somebody who was found, and why.
package struct Found: Hashable, Sendable {
  /// One field of the person that speaks for them.
  package struct Reason: Hashable, Sendable {
    package enum Field: String, CaseIterable, FieldValue {
      case teach, interests, learn
    }

    package var field: Field
    /// What they named: a topic's id or their own words.
    package var text: String
    /// How near that is to what is looked for, in thousandths.
    package var nearness: Int
  }

  package var person: Person
  /// 0…1000.
  package var relevance: Int
  /// What speaks for the person, the strongest first.
  package var reasons: [Reason]
  /// How often the person was asked within the region's period.
  package var asked: Int
}

/// What a search gave: the people, and how many were left out for which reason.
package struct SearchResult: Hashable, Sendable {
  package enum Exclusion: String, CaseIterable, Hashable, Sendable {
    case otherSite = "at another site"
    case sameField = "of the same field"
    case noConsent = "did not consent to be found"
    case askedEnough = "asked often enough"
    case notRelevant = "name nothing near"
  }

  package var found: [Found]
  package var excluded: [Exclusion: Int]
}

/// Finds people of other fields for a purpose.
package struct PeopleFinder: Sendable {
  private let catalogue: TopicCatalogue
  private let settings: FindingSettings
  private let people: [Person]
  private let measure: WordsMeasure

  /// Prepares a search over all `people`: their words are weighed against each other's.
  /// O(*n*) in the number of characters.
  package init(people: [Person], catalogue: TopicCatalogue, settings: FindingSettings) {
    self.people = people.sorted { $0.id < $1.id }
    self.catalogue = catalogue
    self.settings = settings
    measure = WordsMeasure(
      answers: self.people.flatMap { person in Found.Reason.Field.allCases.map { person.words($0) } })
  }

  /// The best people, spread over departments.
  ///
  /// Chosen is the set that maximises the sum of relevances less `spread` for each pair of one department: within a
  /// department the gains fall from one to the next, so taking the greatest gain each time is exact. Ties go to the smaller id.
  ///
  /// O(*n* log *n* + *n* × limit), because candidates are sorted once and looked through once for each place.
  package func search(_ search: Search, asked ledger: AskedLedger) -> SearchResult {
    var excluded: [SearchResult.Exclusion: Int] = [:]
    var candidates: [Found] = []
    for person in people where person.id != search.seeker.id {
      if let reason = exclusion(of: person, in: search, asked: ledger) {
        excluded[reason, default: 0] += 1
        continue
      }
      let found = weigh(person, for: search, asked: ledger)
      if found.relevance >= settings.leastRelevance {
        candidates.append(found)
      } else {
        excluded[.notRelevant, default: 0] += 1
      }
    }
    candidates.sort { ($1.relevance, $0.person.id) < ($0.relevance, $1.person.id) }
    return SearchResult(found: spread(candidates, limit: search.limit), excluded: excluded)
  }

  private func exclusion(
    of person: Person, in search: Search, asked ledger: AskedLedger
  ) -> SearchResult.Exclusion? {
    if person.site != search.site { return .otherSite }
    if person.department.first == search.seeker.department.first { return .sameField }
    // Who was never asked has not consented.
    if person.findable != true || person.consent == false { return .noConsent }
    if ledger.count(of: person.id, until: search.date, period: settings.period) >= settings.asksPerPeriod {
      return .askedEnough
    }
    return nil
  }

  /// The weighted mean over the three fields of how near the field's best entry comes to what is looked for.
  private func weigh(_ person: Person, for search: Search, asked ledger: AskedLedger) -> Found {
    let wanted = measure.vector(of: [search.words])
    var reasons: [Found.Reason] = []
    var sum = 0
    for field in Found.Reason.Field.allCases {
      var best: Found.Reason?
      func offer(_ text: String, _ nearness: Int) {
        if nearness > best?.nearness ?? 0 {
          best = Found.Reason(field: field, text: text, nearness: nearness)
        }
      }
      for topic in person.topics(field) {
        let nearness = search.topics.map { catalogue.nearness($0, topic) }.max() ?? 0
        offer(topic, Int((nearness * 1000).rounded()))
      }
      for text in person.words(field) {
        offer(text, WordsMeasure.similarity(wanted, measure.vector(of: [text])))
      }
      if let best {
        reasons.append(best)
        sum += best.nearness * field.weight(search.purpose)
      }
    }
    let weights = Found.Reason.Field.allCases.reduce(0) { $0 + $1.weight(search.purpose) }
    reasons.sort { ($1.nearness, $0.field.rawValue) < ($0.nearness, $1.field.rawValue) }
    return Found(
      person: person, relevance: weights > 0 ? (sum + weights / 2) / weights : 0, reasons: reasons,
      asked: ledger.count(of: person.id, until: search.date, period: settings.period))
  }

  private func spread(_ candidates: [Found], limit: Int) -> [Found] {
    var left = candidates
    var chosen: [Found] = []
    var ofDepartment: [String: Int] = [:]
    while chosen.count < limit, !left.isEmpty {
      var bestIndex = 0
      var bestGain = Int.min
      for (index, candidate) in left.enumerated() {
        let department = candidate.person.department.first ?? ""
        let gain = candidate.relevance - settings.spread * ofDepartment[department, default: 0]
        if gain > bestGain {
          bestGain = gain
          bestIndex = index
        }
      }
      let next = left.remove(at: bestIndex)
      ofDepartment[next.person.department.first ?? "", default: 0] += 1
      chosen.append(next)
    }
    return chosen
  }
}

extension Found.Reason.Field {
  func weight(_ purpose: FindingSettings.Purpose) -> Int {
    switch self {
    case .teach: purpose.teach
    case .interests: purpose.interests
    case .learn: purpose.learn
    }
  }
}

extension Person {
  func topics(_ field: Found.Reason.Field) -> [String] {
    switch field {
    case .teach: teach
    case .interests: interests
    case .learn: learn
    }
  }

  func words(_ field: Found.Reason.Field) -> [String] { said[field.rawValue] ?? [] }
}
