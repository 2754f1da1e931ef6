import Foundation

/// The regularised incomplete beta function, from which the distributions of t and F follow.
///
/// Continued fraction by Lentz's method (Numerical Recipes 6.4; DLMF 8.17.22); its factor is taken relative to the
/// mode, with Stirling's corrections, so that a million degrees of freedom lose no digits to differences of
/// logarithms of the gamma function. Both parameters must be positive.
package struct IncompleteBeta: Sendable {
  /// Positive, as is `b`.
  package let a: Double
  package let b: Double

  /// Iₓ(a, b). O(√max(a, b)) steps.
  package func value(_ x: Double) -> Double {
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    // Beyond the mean the fraction of the complement converges faster.
    if x < (a + 1) / (a + b + 2) { return factor(x) * IncompleteBeta.fraction(a, b, x) / a }
    return 1 - factor(x) * IncompleteBeta.fraction(b, a, 1 - x) / b
  }

  /// The x at which the function is p: bracketed Newton, until x no longer changes.
  package func quantile(_ p: Double) -> Double {
    if p <= 0 { return 0 }
    if p >= 1 { return 1 }
    var low = 0.0
    var high = 1.0
    var x = a / (a + b)
    for _ in 0..<200 {
      let error = value(x) - p
      if error == 0 { break }
      if error > 0 { high = x } else { low = x }
      let slope = factor(x) / (x * (1 - x))
      var next = x - error / slope
      if !(next > low && next < high) { next = (low + high) / 2 }
      if abs(next - x) <= 1e-16 * max(x, 1e-300) { break }
      x = next
    }
    return x
  }

  /// xᵃ (1−x)ᵇ / B(a, b)
  private func factor(_ x: Double) -> Double {
    let total = a + b
    // a ln(x / mean) + b ln((1−x) / (1−mean)), each logarithm of a number near one.
    let logarithms =
      a * IncompleteBeta.log(ratio: x * total, to: a)
      + b * IncompleteBeta.log(ratio: (1 - x) * total, to: b)
    let corrections =
      IncompleteBeta.correction(total) - IncompleteBeta.correction(a) - IncompleteBeta.correction(b)
    return (a * b / (2 * Double.pi * total)).squareRoot() * exp(logarithms + corrections)
  }

  private static func log(ratio x: Double, to y: Double) -> Double { log1p((x - y) / y) }

  /// ln Γ(z) − ((z − ½) ln z − z + ½ ln 2π)
  private static func correction(_ z: Double) -> Double {
    if z < 15 {
      return lgamma(z) - ((z - 0.5) * Foundation.log(z) - z + 0.5 * Foundation.log(2 * Double.pi))
    }
    let square = 1 / (z * z)
    return (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square * (1 / 1680.0 - square / 1188))))
      / z
  }

  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    var c = 1.0
    var d = 1 - (a + b) * x / (a + 1)
    if abs(d) < tiny { d = tiny }
    d = 1 / d
    var result = d
    for step in 1...20_000 {
      let m = Double(step)
      for term in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 + term * d
        if abs(d) < tiny { d = tiny }
        c = 1 + term / c
        if abs(c) < tiny { c = tiny }
        d = 1 / d
        result *= d * c
      }
      if abs(d * c - 1) < 1e-16 { break }
    }
    return result
  }
}

/// Quantiles of the distributions that intervals are made of.
package enum Quantile {
  /// The normal distribution's at 0.975: of every 95 % interval.
  package static let normal = 1.959963984540054

  /// Student's t at 0.975; nil below one degree of freedom.
  package static func t(degrees: Double) -> Double? {
    guard degrees >= 1 else { return nil }
    if degrees >= 1000 { return expansion(degrees) }
    // P(|T| > t) = I_{ν/(ν+t²)}(ν/2, ½); near 1 the complement keeps the digits.
    let x = IncompleteBeta(a: 0.5, b: degrees / 2).quantile(0.95)
    return (degrees * x / (1 - x)).squareRoot()
  }

  /// Of F(d1, d2), the value below which a share p lies.
  package static func f(_ p: Double, _ d1: Double, _ d2: Double) -> Double {
    let x = IncompleteBeta(a: d1 / 2, b: d2 / 2).quantile(p)
    return d2 * x / (d1 * (1 - x))
  }

  /// Cornish and Fisher's expansion in 1/ν (Abramowitz and Stegun 26.7.5): its next term is below 10⁻¹³ here.
  private static func expansion(_ degrees: Double) -> Double {
    let z = normal
    let s = z * z
    let g1 = z * (s + 1) / 4
    let g2 = z * ((5 * s + 16) * s + 3) / 96
    let g3 = z * (((3 * s + 19) * s + 17) * s - 15) / 384
    let g4 = z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160
    return z + (g1 + (g2 + (g3 + g4 / degrees) / degrees) / degrees) / degrees
  }
}
