/// The distance of two words in their letters' insertions, deletions, replacements and swaps of neighbours, up to a bound.
///
/// The restricted Damerau–Levenshtein distance (optimal string alignment: no part is edited twice). Answers nil where it
/// exceeds `bound`. O(*k* · *m*) for a bound of *k* and *m* letters, because a cell farther than *k* from the diagonal
/// costs more than *k* already (E. Ukkonen, Algorithms for approximate string matching, 1985).
@inlinable package func editDistance<Letter: Equatable>(_ a: [Letter], _ b: [Letter], bound: Int) -> Int? {
  guard bound >= 0, abs(a.count - b.count) <= bound else { return nil }
  if a == b { return 0 }
  let beyond = bound + 1
  var before = [Int](repeating: beyond, count: b.count + 1)
  var above = (0...b.count).map { min($0, beyond) }
  var row = before
  for i in 1...max(1, a.count) where i <= a.count {
    let low = max(1, i - bound)
    let high = min(b.count, i + bound)
    row[0] = min(i, beyond)
    if low > 1 { row[low - 1] = beyond }
    var least = row[0]
    if low <= high {
      for j in low...high {
        var cost = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        cost = min(cost, row[j - 1] + 1, above[j] + 1)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          cost = min(cost, before[j - 2] + 1)
        }
        row[j] = min(cost, beyond)
        least = min(least, row[j])
      }
    }
    if high < b.count { row[high + 1] = beyond }
    if least > bound { return nil }
    (before, above, row) = (above, row, before)
  }
  return above[b.count] <= bound ? above[b.count] : nil
}
