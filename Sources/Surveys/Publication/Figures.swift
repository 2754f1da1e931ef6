package import Regions

extension QuestionFigures {
  /// The figures of a question by its kind. Coarsened: only how many were asked and answered.
  package init(
    _ aggregate: QuestionAggregate, kind: SurveyDefinition.Question.Kind, isCoarsened: Bool = false
  ) {
    self.init(asked: aggregate.asked, answered: aggregate.answered)
    self.isCoarsened = isCoarsened
    rate = Proportion.wilson(aggregate.answered, of: aggregate.asked)
    guard !isCoarsened else { return }
    switch kind {
    case .likert:
      counts = aggregate.counts
      describe(aggregate.counts, lowest: 1)
      top = Proportion.wilson(aggregate.counts.suffix(2).reduce(0, +), of: aggregate.answered)
    case .nps:
      counts = aggregate.counts
      describe(aggregate.counts, lowest: 0)
      top = Proportion.wilson(aggregate.counts.suffix(2).reduce(0, +), of: aggregate.answered)
      nps = NetPromoter.score(aggregate.counts)
    case .choice, .choices: counts = aggregate.counts
    case .number:
      let numbers = aggregate.numbers.sorted
      describe(Moments(numbers), Quartiles(numbers))
    case .text: break
    }
  }

  private mutating func describe(_ counts: [Int], lowest: Int) {
    describe(Moments(counts: counts, lowest: lowest), Quartiles(counts: counts, lowest: lowest))
  }

  private mutating func describe(_ moments: Moments?, _ quartiles: Quartiles?) {
    mean = moments?.meanEstimate ?? moments.map { Estimate(value: $0.mean, low: $0.mean, high: $0.mean) }
    sd = moments?.sd
    median = quartiles?.median
    lowerQuartile = quartiles?.lower
    upperQuartile = quartiles?.upper
  }
}

extension ScaleFigures {
  /// Coarsened: only how many responses were complete.
  package init(_ aggregate: ScaleAggregate, isCoarsened: Bool = false) {
    let items = aggregate.complete * aggregate.sums.count
    self.init(
      complete: aggregate.complete, alpha: isCoarsened ? nil : CronbachAlpha.estimate(aggregate),
      mean: isCoarsened || items == 0 ? nil : Double(aggregate.total) / Double(items))
  }
}

extension ChangeFigures {
  /// Coarsened: only how many people are in both.
  package init(_ aggregate: ChangeAggregate, isCoarsened: Bool = false) {
    var before = NumberTally()
    var after = NumberTally()
    var difference = NumberTally()
    for (pair, count) in aggregate.pairs {
      before.add(pair.before, times: count)
      after.add(pair.after, times: count)
      difference.add(pair.after - pair.before, times: count)
    }
    guard !isCoarsened, let first = Moments(before.sorted), let last = Moments(after.sorted) else {
      self.init(people: aggregate.people)
      return
    }
    self.init(people: aggregate.people)
    self.before = first.mean
    self.after = last.mean
    change = Moments(difference.sorted).map {
      $0.meanEstimate ?? Estimate(value: $0.mean, low: $0.mean, high: $0.mean)
    }
    let test = WilcoxonSignedRank(difference.sorted)
    statistic = test?.statistic
    p = test?.p
    isExact = test?.isExact ?? false
    effect = test?.effect
  }
}
