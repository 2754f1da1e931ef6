import Basics
import Programme

/// What headquarters fixes or bounds, held against what a region states.
struct Headquarters {
  let programme: Value

  /// What in programme.yaml's `fixed` and `bounds` names no setting.
  func mistakes() -> [Diagnostic] {
    let known = Headquarters.paths(RegionSchema.settings.allowed(in: .programme))
    var found: [Diagnostic] = []
    let named =
      (programme["fixed"]?.items ?? []).compactMap { value in value.text.map { ($0, value.origin) } }
      + (programme["bounds"]?.entries ?? []).map { ($0.name, $0.origin) }
    for (path, origin) in named where !known.contains(path) {
      let nearest = NearestName.question(path, among: known)
      found.append(
        origin.error(
          "`\(path)` is not a setting\(nearest ?? ": name it from the top, as `matching.objective`")",
          code: "unknown-setting"))
    }
    return found
  }

  /// What a region, one of its sites or one of its cohorts states and may not.
  func violations(of stated: Value) -> [Diagnostic] {
    var found: [Diagnostic] = []
    let lower = (stated["sites"]?.entries ?? []) + (stated["cohorts"]?.entries ?? [])
    for value in [stated] + lower.map(\.value) {
      for path in programme["fixed"]?.items ?? [] {
        guard let name = path.text, let own = value[path: Headquarters.split(name)] else { continue }
        found.append(
          own.origin.error(
            "`\(name)` is fixed by headquarters (\(path.origin.file):\(path.origin.line)): take it out here",
            code: "fixed"))
      }
      for bound in programme["bounds"]?.entries ?? [] {
        guard let own = value[path: Headquarters.split(bound.name)], let number = own.whole else { continue }
        if let least = bound.value["least"]?.whole, number < least {
          found.append(
            own.origin.error(Headquarters.beyond(bound, number, "at least \(least)"), code: "bounded"))
        }
        if let most = bound.value["most"]?.whole, number > most {
          found.append(
            own.origin.error(Headquarters.beyond(bound, number, "at most \(most)"), code: "bounded"))
        }
      }
      for path in Headquarters.rising {
        guard let own = value[path: path], let number = own.whole, let base = programme[path: path],
          let least = base.whole, number < least
        else { continue }
        found.append(
          own.origin.error(
            "`\(path.joined(separator: "."))` is \(number), and may only be raised: headquarters asks for "
              + "\(least) (\(base.origin.file):\(base.origin.line))", code: "lowered"))
      }
    }
    return found
  }

  private static func beyond(_ bound: Value.Entry, _ number: Int, _ allowed: String) -> String {
    "`\(bound.name)` is \(number), and headquarters allows \(allowed) (\(bound.origin.file):\(bound.origin.line))"
  }

  private static func split(_ path: String) -> [String] {
    path.split(separator: ".").map(String.init)
  }

  private static let rising = paths(RegionSchema.settings, where: \.mayOnlyRise).map(split)

  /// Every setting's path from the top, sections included.
  static func paths(
    _ settings: [Setting], below prefix: String = "", where isWanted: (Setting) -> Bool = { _ in true }
  ) -> [String] {
    settings.flatMap { setting in
      let path = prefix + setting.name
      let own = isWanted(setting) ? [path] : []
      guard case .record(let inner) = setting.shape else { return own }
      return own + paths(inner, below: path + ".", where: isWanted)
    }
  }
}
