import Basics
import Programme

/// Rules of matching that rest on nothing.
enum RuleCheck {
  static func mistakes(in region: Value, attributes: Set<String>) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let sections =
      [region["matching"]] + (region["sites"]?.entries ?? []).map { $0.value["matching"] }
      + (region["cohorts"]?.entries ?? []).map { $0.value["matching"] }
    let own = sections.flatMap { $0?["rules"]?.entries.map(\.name) ?? [] }
    for case .some(let matching) in sections {
      let names = MatchingRules.names + own
      for entry in matching["unknown"]?.entries ?? [] where !names.contains(entry.name) {
        let nearest = NearestName.of(entry.name, among: names).map { "; did you mean `\($0)`?" }
        found.append(
          entry.origin.error(
            "no rule `\(entry.name)`\(nearest ?? "; rules are \(names.joined(separator: ", "))")",
            code: "unknown-rule"))
      }
      for rule in matching["rules"]?.entries ?? [] {
        let parts = (rule.value["forbid"]?.entries ?? []) + (rule.value["require"]?.entries ?? [])
        if parts.isEmpty, rule.value.content != .bad {
          found.append(
            rule.origin.error(
              "the rule `\(rule.name)` tests nothing: write `forbid: {same: costCentre}` or "
                + "`require: {level-gap: \">= 2\"}`", code: "empty-rule"))
        }
        for part in parts where part.name == "same" {
          guard let name = part.value.text, ConfiguredRule.facts[name] == nil, !attributes.contains(name)
          else {
            continue
          }
          let known = attributes.union(ConfiguredRule.facts.keys)
          let nearest = NearestName.of(name, among: known.sorted { $0.precedesByBytes($1) })
            .map { "; did you mean `\($0)`?" }
          found.append(
            part.value.origin.error(
              "no form fills `\(name)`\(nearest ?? ": add it to the fields of a form")", code: "unknown-field"
            ))
        }
      }
    }
    return found
  }
}
