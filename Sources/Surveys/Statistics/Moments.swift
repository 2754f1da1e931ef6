/// Number, mean and standard deviation of a multiset, the same whatever the order in which it was gathered.
package struct Moments: Hashable, Sendable {
  package let count: Int
  package let mean: Double
  /// Of a sample (n − 1); nil of fewer than two.
  package let sd: Double?

  /// Whole numbers from `lowest`, by how often each was given: exact but for the last rounding.
  package init?(counts: [Int], lowest: Int) {
    var n = 0
    var sum: Int128 = 0
    var squares: Int128 = 0
    for (index, count) in counts.enumerated() {
      let value = Int128(lowest + index)
      n += count
      sum += value * Int128(count)
      squares += value * value * Int128(count)
    }
    guard n > 0 else { return nil }
    count = n
    mean = Double(sum) / Double(n)
    sd =
      n > 1
      ? (Double(Int128(n) * squares - sum * sum) / (Double(n) * Double(n - 1))).squareRoot() : nil
  }

  /// Any numbers. The sum is exact before it is rounded; the squares are of what is left of the mean.
  package init?(_ numbers: [(value: Double, count: Int)]) {
    let n = numbers.reduce(0) { $0 + $1.count }
    guard n > 0 else { return nil }
    count = n
    let mean = ExactSum.of(numbers) / Double(n)
    self.mean = mean
    guard n > 1 else {
      sd = nil
      return
    }
    var squares = ExactSum()
    var rest = ExactSum()
    for number in numbers {
      let distance = number.value - mean
      squares.add(distance * distance, times: number.count)
      rest.add(distance, times: number.count)
    }
    // What the mean lost to rounding comes off again (Chan, Golub and LeVeque 1983).
    let variance = (squares.value - rest.value * rest.value / Double(n)) / Double(n - 1)
    sd = max(0, variance).squareRoot()
  }

  /// The mean with its 95 % interval by Student's t; an interval of no width at a single value stays one.
  package var meanEstimate: Estimate? {
    guard let sd, let t = Quantile.t(degrees: Double(count - 1)) else { return nil }
    let half = t * sd / Double(count).squareRoot()
    return Estimate(value: mean, low: mean - half, high: mean + half)
  }
}

/// A sum of doubles without any error until it is read: partial sums that do not overlap (Shewchuk 1997).
package struct ExactSum: Sendable {
  private var parts: [Double] = []

  package init() {}

  static func of(_ numbers: [(value: Double, count: Int)]) -> Double {
    var sum = ExactSum()
    for number in numbers { sum.add(number.value, times: number.count) }
    return sum.value
  }

  /// O(parts), of which there are rarely more than three.
  package mutating func add(_ value: Double) {
    var x = value
    var kept = 0
    for index in parts.indices {
      var y = parts[index]
      if abs(x) < abs(y) { swap(&x, &y) }
      let high = x + y
      let low = y - (high - x)
      if low != 0 {
        parts[kept] = low
        kept += 1
      }
      x = high
    }
    parts.removeLast(parts.count - kept)
    parts.append(x)
  }

  /// The product is split into two doubles that hold it exactly.
  package mutating func add(_ value: Double, times: Int) {
    let factor = Double(times)
    let product = value * factor
    add(product)
    let error = (-product).addingProduct(value, factor)
    if error != 0 { add(error) }
  }

  /// Correctly rounded.
  package var value: Double {
    var index = parts.count - 1
    guard index >= 0 else { return 0 }
    var high = parts[index]
    var low = 0.0
    while index > 0 {
      index -= 1
      let x = high
      let y = parts[index]
      high = x + y
      low = y - (high - x)
      if low != 0 { break }
    }
    // Half-way cases round to even by what lies below.
    if index > 0, (low < 0) == (parts[index - 1] < 0), parts[index - 1] != 0 {
      let y = low * 2
      let x = high + y
      if y == x - high { high = x }
    }
    return high
  }
}
