/// Which of a tandem's topics each session is about.
package enum SessionTopics {
  /// The first session, where the two get to know each other and write their list of keywords, has all topics; the
  /// others go through them in order: as many topics a session, or sessions a topic, as even runs give, so that every
  /// topic has its session and the order of wishes is kept.
  package static func distribute(_ topics: [String], over sessions: Int) -> [[String]] {
    guard sessions > 1, !topics.isEmpty else { return Array(repeating: topics, count: max(0, sessions)) }
    let rest = sessions - 1
    return [topics]
      + (0..<rest).map { session in
        let from = session * topics.count / rest
        let until = max(from + 1, (session + 1) * topics.count / rest)
        return Array(topics[from..<min(until, topics.count)])
      }
  }
}
