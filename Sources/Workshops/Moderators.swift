internal import Programme

/// Who moderates which group: a mentor who sits in a group moderates that one, others any; nobody two at the same time.
enum Moderators {
  struct Group {
    var interval: MinuteInterval
    var members: Set<PersonID>
  }

  /// - Parameters:
  ///   - candidates: in the region's order: who is asked first.
  ///   - isFree: whether one who is no member could come.
  ///   - kept: by group: the moderator of an earlier plan, who stays where free.
  static func assign(
    _ groups: [Group], candidates: [PersonID], kept: [PersonID?],
    isFree: (PersonID, MinuteInterval) -> Bool
  ) -> [PersonID?] {
    var chosen = [PersonID?](repeating: nil, count: groups.count)
    func isTaken(_ person: PersonID, _ interval: MinuteInterval) -> Bool {
      groups.indices.contains { chosen[$0] == person && groups[$0].interval.overlaps(interval) }
    }
    func sitsElsewhere(_ person: PersonID, _ group: Int) -> Bool {
      groups.indices.contains {
        $0 != group && groups[$0].members.contains(person)
          && groups[$0].interval.overlaps(groups[group].interval)
      }
    }
    func may(_ person: PersonID, _ group: Int) -> Bool {
      guard !isTaken(person, groups[group].interval), !sitsElsewhere(person, group) else { return false }
      return groups[group].members.contains(person) || isFree(person, groups[group].interval)
    }
    for (group, moderator) in kept.enumerated() {
      if let moderator, candidates.contains(moderator), may(moderator, group) { chosen[group] = moderator }
    }
    // A member serves one group only, so members go first.
    for group in groups.indices where chosen[group] == nil {
      chosen[group] = candidates.first { groups[group].members.contains($0) && may($0, group) }
    }
    for group in groups.indices where chosen[group] == nil {
      chosen[group] = candidates.first { may($0, group) }
    }
    return chosen
  }
}
