package import Programme

// Ids as tests write them.

extension TandemID: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text) }
}

extension SessionID: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text) }
}

extension WorkshopID: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text) }
}
